import Foundation
import Testing

@Suite("Columns of a view as CSV")
struct ViewColumnTests {
  /// Columns that say what no member of the row does by itself.
  private static let derived: [String: Set<String>] = [
    "environments": ["context", "freeze", "drift"], "services": ["state"], "people": ["authority"],
    "approvals": ["release", "what"], "escalations": ["release", "state"], "obligations": ["state"],
    "capabilities": ["state"], "procedures": ["state"], "policies": ["state"], "holds": ["state"],
    // What runs and what is rolled out stand in rows of their own.
    "running": ["version", "since", "deployment", "share", "though", "byRollback"], "ledger": [],
  ]

  private static func schema(_ path: String) throws -> [String: Any] {
    try Desk.object(String(contentsOf: Desk.checkout.appending(path: "schemas/\(path)"), encoding: .utf8))
  }

  /// What a schema says of a member, however it says it.
  private static func member(_ name: String, of schema: [String: Any], in file: [String: Any]) throws
    -> [String: Any]?
  {
    var (schema, file) = (schema, file)
    while true {
      if let members = schema["properties"] as? [String: Any] { return members[name] as? [String: Any] }
      if let items = schema["items"] as? [String: Any] {
        schema = items
      } else if let reference = schema["$ref"] as? String, let place = reference.firstIndex(of: "#") {
        let document = String(reference[..<place])
        if document == "urn:relm:common:1" { file = try Self.schema("common.v1.json") }
        let name = String(reference.split(separator: "/").last ?? "")
        guard let found = (file["$defs"] as? [String: Any])?[name] as? [String: Any] else { return nil }
        schema = found
      } else if let reference = schema["$ref"] as? String, reference.hasPrefix("urn:relm:") {
        file = try Self.schema(reference.dropFirst(9).replacing(":", with: ".v") + ".json")
        schema = file
      } else {
        return nil
      }
    }
  }

  @Test(
    "are called as the members of its JSON are, by their paths",
    arguments: [
      ("releases", "release"), ("environments", "environment"), ("running", "running"), ("services", "service"),
      ("people", "person"), ("approvals", "approval"), ("escalations", "escalation"),
      ("obligations", "obligation"),
      ("capabilities", "capability"), ("procedures", "procedure"), ("policies", "policy"),
      ("incidents", "incident"),
      ("holds", "hold"), ("ledger", "ledger"),
    ])
  func names(view: String, file: String) throws {
    let desk = try Desk.withLedger()
    let header = try #require(try desk.done("state", view, "--format", "csv").split(separator: "\r\n").first)
    let schema = try Self.schema("view/\(file).v1.json")
    for column in header.split(separator: ",") where Self.derived[view]?.contains(String(column)) != true {
      var (place, root): ([String: Any]?, [String: Any]) = (schema, schema)
      for name in column.split(separator: ".") {
        place = try place.flatMap { try Self.member(String(name), of: $0, in: root) }
        if let reference = place?["$ref"] as? String, reference.hasPrefix("urn:relm:"), !reference.contains("#")
        {
          root = try Self.schema(reference.dropFirst(9).replacing(":", with: ".v") + ".json")
        }
      }
      #expect(place != nil, "\(view) has no \(column)")
    }
  }
}
