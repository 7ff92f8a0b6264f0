import Foundation
import Testing

@Suite("Tables on a terminal")
struct TerminalWidthTests {
  private let desk: Desk
  private static let environment = "production/europe/frankfurt-on-the-main/zone-a"

  init() throws {
    desk = try Desk.withLedger()
    try desk.record(
      "environment.registered", "environment/\(Self.environment)", "context=production", "tier=gold")
    try desk.record("release.planned", "release/payments-of-the-whole-house/2026.11.3", "class=normal")
    try desk.record(
      "approval.given", "release/payments-of-the-whole-house/2026.11.3", "scope=deployment",
      "environment=\(Self.environment)")
  }

  /// What is drawn on a terminal of so many columns, line by line and without styles.
  private func lines(_ words: [String], columns: UInt16) throws -> [String] {
    let console = try Console(desk, words, columns: columns)
    #expect(console.end() == 0)
    return console.drawn.replacing(/\u{1B}\[[0-9;]*m/, with: "").split(separator: "\r\n").map(String.init)
  }

  /// The cells of a column put together again.
  private func column(_ title: String, of lines: [String]) throws -> String {
    let start = try #require(lines[0].range(of: title)).lowerBound.utf16Offset(in: lines[0])
    return lines.dropFirst().map { line in
      String(line.dropFirst(start).prefix { $0 != " " })
    }.joined()
  }

  @Test("are as wide as it is, with all of each cell in several lines; as COLUMNS says where that is set")
  func width() throws {
    for words in [["state", "approvals"], ["state", "environments"], ["state"]] {
      let wide = try lines(words, columns: 400)
      for columns in [120, 80] {
        let narrow = try lines(words, columns: UInt16(columns))
        #expect(narrow.allSatisfy { $0.count <= columns }, "\(words) \(columns): \(narrow)")
        #expect(narrow.count >= wide.count && !narrow.joined().contains("…"))
      }
    }
    #expect(try column("ENVIRONMENT", of: lines(["state", "environments"], columns: 80)) == Self.environment)
    let wide = try lines(["state", "environments"], columns: 300)
    let narrow = try lines(["state", "environments"], columns: 80)
    desk.environment["COLUMNS"] = "300"
    #expect(try lines(["state", "environments"], columns: 80) == wide)
    for none in ["", "0", "-1", "many"] {
      desk.environment["COLUMNS"] = none
      #expect(try lines(["state", "environments"], columns: 80) == narrow)
    }
  }

  @Test("and only there: in a pipe, and as JSON or CSV, nothing is cut or broken, whatever COLUMNS says")
  func elsewhere() throws {
    let formats = ["table", "json", "ndjson", "csv"]
    let free = try formats.map { try desk.done("state", "approvals", "--format", $0) }
    desk.environment["COLUMNS"] = "40"
    #expect(try formats.map { try desk.done("state", "approvals", "--format", $0) } == free)
    for format in formats.dropFirst() {
      let console = try Console(desk, ["state", "approvals", "--format", format], columns: 40)
      #expect(console.end() == 0)
      #expect(console.drawn.contains(Self.environment), "\(format)")
    }
  }
}
