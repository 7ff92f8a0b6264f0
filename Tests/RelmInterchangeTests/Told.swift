import RelmDomain
import RelmInterchange
import Testing

/// An event of a draft, read back for a test.
struct Told: Equatable, CustomStringConvertible {
  let json: String
  let id: String
  let description: String

  /// "started release/a:all/1 2026-11-24T06:00:00Z host/deb": type without its prefix, subject, time, and what the data
  /// says of environment, outcome, backfilling and reason.
  init(_ draft: Draft) throws {
    let document = try JSONDocument(draft.json)
    #expect(document.canonicalBytes() == draft.json)
    json = String(decoding: draft.json, as: UTF8.self)
    func text(_ pointer: String) -> String? { document.node(at: pointer)?.string }
    #expect(text("/specversion") == "1.0")
    id = try #require(text("/id"))
    #expect(UUIDText(id)?.version == 8)
    var words = [try #require(text("/type")), try #require(text("/subject")), try #require(text("/time"))]
    words[0] = String(words[0].split(separator: ".").last ?? "")
    if document.node(at: "/data/backfilled")?.bool == true { words.append("backfilled") }
    for member in ["outcome", "reason", "digest", "purpose"] {
      if let word = text("/data/\(member)") { words.append(word) }
    }
    if let account = text("/authid") { words.append("by \(account)") }
    description = words.joined(separator: " ")
  }

  /// The value at a JSON pointer.
  func text(_ pointer: String) throws -> String? {
    try JSONDocument(Array(json.utf8)).node(at: pointer)?.string
  }
}

extension [Draft] {
  /// What the drafts say, one line each.
  var told: [String] { get throws { try map { try Told($0).description } } }
}
