import RelmDomain
import Testing

@Suite("Strict decoding")
struct StrictDecodingTests {
  @Test(
    "whatever is spoiled in an event's data is refused with the pointer to it", arguments: EventType.allCases)
  func spoiledDataIsRefused(type: EventType) throws {
    let value = try Value(Fixture.data(of: type))
    let mutations = Mutation.all(of: value, fields: EventCatalogue.description(of: type).fields)
    #expect(mutations.count > 10)
    for mutation in mutations {
      do throws(DecodingFailure) {
        let decoded = try Event.decode(
          type: type.rawValue, dataschema: nil, data: CanonicalReader(mutation.value.bytes))
        Issue.record("\(type.rawValue): \(mutation.what) at \(mutation.pointer) was taken as \(decoded)")
      } catch {
        #expect(error.pointer == mutation.pointer, "\(type.rawValue): \(mutation.what): \(error)")
      }
    }
  }

  @Test(
    "an event with nothing but its required fields is taken and written as it was",
    arguments: EventType.allCases)
  func requiredFieldsSuffice(type: EventType) throws {
    guard case .object(var members) = try Value(Fixture.data(of: type)) else { return }
    for field in EventCatalogue.description(of: type).fields where !field.isRequired {
      members[field.name] = nil
    }
    let bytes = Value.object(members).bytes
    let event = try Event.decode(type: type.rawValue, dataschema: nil, data: CanonicalReader(bytes))
    var writer = CanonicalWriter()
    event.write(to: &writer)
    #expect(writer.bytes == bytes)
  }

  @Test("a misspelt key and a misspelt word are answered with the nearest")
  func misspellingsAreAnswered() {
    #expect(failure(.buildStarted, #"{"biuld":"b-1"}"#)?.reason.contains("build") == true)
    #expect(
      failure(.buildFinished, #"{"build":"b-1","outcome":"suceeded"}"#)?.reason.contains("succeeded") == true)
  }

  @Test(
    "what only looks like a digest is refused",
    arguments: [
      "sha256:9F86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a0",
      "sha265:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
      "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "sha256:", "sha256", ":", "md5:xyz",
    ])
  func badDigestsAreRefused(text: String) {
    #expect(failure(.packagePublished, #"{"digest":"\#(text)"}"#)?.pointer == "/digest")
    #expect(ContentDigest(text) == nil)
  }

  @Test(
    "every algorithm of the list is taken at its length",
    arguments: [
      ("sha256", 64), ("sha384", 96), ("sha512", 128), ("sha1", 40), ("md5", 32), ("gitCommit", 40),
      ("gitCommit", 64),
    ])
  func goodDigestsAreTaken(algorithm: String, length: Int) {
    let digest = ContentDigest(algorithm + ":" + String(repeating: "0f", count: length / 2))
    #expect(digest?.algorithm == algorithm[...])
  }

  @Test(
    "references are taken only where they are what they say they are",
    arguments: [
      (#"{"basedOn":"release/acme/api/2.0","class":"normal"}"#, nil),
      (#"{"basedOn":"release/api","class":"normal"}"#, "/basedOn"),
      (#"{"basedOn":"release//2.0","class":"normal"}"#, "/basedOn"),
      (#"{"basedOn":"service/api/2.0","class":"normal"}"#, "/basedOn"),
      (#"{"class":"normal","references":["not a uri"]}"#, "/references/0"),
      (#"{"class":"normal","references":["https://example.org/a%2Fb?c#d"]}"#, nil),
      (#"{"class":"normal","components":[{"name":"curl","purl":"pkg:deb/debian/curl@8"}]}"#, nil),
      (#"{"class":"normal","components":[{"name":"curl","purl":"deb/debian/curl"}]}"#, "/components/0/purl"),
      (#"{"class":"normal","manager":"ana@example.org"}"#, "/manager"),
    ] as [(String, String?)])
  func referencesAreChecked(json: String, pointer: String?) {
    #expect(failure(.releasePlanned, json)?.pointer == pointer)
  }

  private func failure(_ type: EventType, _ json: String) -> DecodingFailure? {
    do throws(DecodingFailure) {
      _ = try Event.decode(type: type.rawValue, dataschema: nil, data: CanonicalReader([UInt8](json.utf8)))
      return nil
    } catch { return error }
  }
}
