internal import RelmDomain
internal import RelmViews

/// Names in claims that read as another name, with letters of another alphabet.
///
/// One that reads as a name that is known here is refused: whoever deploys to it seems to deploy to the other. Any other that
/// mixes alphabets is taken, and remarked on. What the log has already goes on.
struct LookAlikes {
  /// A name that an event gives, and where.
  private struct Given {
    let name: String
    /// What it names.
    let subject: Subject
    let pointer: String
  }

  let folded: Views

  /// Why a claim is refused; nil where it is not.
  func refusal(of prepared: PreparedClaim) throws -> Refusal? {
    for given in Self.names(in: prepared.claim.envelope) {
      guard let twin = try folded.twin(of: given.subject) else { continue }
      let letter = MixedAlphabets.stranger(in: given.name).map { ": it has \($0.words)" } ?? ""
      return Refusal(
        .badInput, at: given.pointer,
        "“\(given.name)” reads as “\(twin)”, which is known here, and is another name\(letter)",
        advice: "Write it in one alphabet, or name what is meant")
    }
    return nil
  }

  /// What to say about names that mix alphabets and are taken.
  static func remarks(on envelope: Envelope) -> [String] {
    names(in: envelope).compactMap { given in
      MixedAlphabets.stranger(in: given.name).map { found in
        "“\(given.name)” has \(found.words) among Latin letters, so that it can be taken for another name"
      }
    }
  }

  /// The members of an event's data that name something, and what.
  private static let members: [(name: String, subject: @Sendable (String) -> Subject)] = [
    ("environment", { .environment($0) }), ("environments", { .environment($0) }),
    ("service", { .service($0) }),
    ("services", { .service($0) }), ("capability", { .capability($0) }), ("procedure", { .procedure($0) }),
  ]

  /// The names in an event that hold more than ASCII.
  private static func names(in envelope: Envelope) -> [Given] {
    // Canonical JSON has such letters as they are, and a subject may have them percent-encoded. Most events have none.
    guard
      envelope.bytes.contains(where: { $0 >= 0x80 })
        || envelope.subject?.utf8.contains(UInt8(ascii: "%")) == true
    else { return [] }
    let subject = envelope.subject.flatMap(Subject.named)
    var found = (subject?.names ?? []).compactMap { name in
      subject.map { Given(name: name, subject: $0, pointer: "/subject") }
    }
    found.removeAll { $0.name.utf8.allSatisfy { $0 < 0x80 } }
    guard let data = envelope.data, envelope.bytes[data].contains(where: { $0 >= 0x80 }),
      EventType.named(envelope.type) != nil
    else { return found }
    let document: JSONDocument
    // It is canonical JSON, which reads.
    do { document = try JSONDocument(Array(envelope.bytes[data])) } catch { return found }
    for (name, subject) in members {
      guard let value = document.root[name] else { continue }
      let texts = value.kind == .array ? value.elements.map(\.string) : [value.string]
      for text in texts.compactMap({ $0 }) where text.utf8.contains(where: { $0 >= 0x80 }) {
        found.append(Given(name: text, subject: subject(text), pointer: "/data/" + name))
      }
    }
    return found
  }
}
