import Foundation
import Testing

/// What somebody typed or recorded, on its way to a terminal, a spreadsheet and a page.
@Suite("Hostile text")
struct HostileTextTests {
  private static let hostile = "x\u{1B}[2J\u{9B}1m\u{202E}\u{200B}y"
  private static let shown = #"x\u{1B}[2J\u{9B}1m\u{202E}\u{200B}y"#

  private let desk: Desk

  init() throws {
    desk = try Desk.withLedger()
    try desk.done(
      "record", "release.planned", "--subject", "release/web/1.0", "class=normal", "purpose=" + Self.hostile)
    try desk.done("record", "activity.recorded", "--subject", "release/web/1.0", "activity=" + Self.hostile)
    try desk.done("person", "name", "ana@example.org", "Ana\u{202E}\u{200B}")
  }

  private func isHarmless(_ text: String) -> Bool {
    !text.unicodeScalars.contains { scalar in
      scalar.value < 0x20 && scalar != "\n" || (0x7F...0x9F).contains(scalar.value)
        || scalar.properties.isBidiControl
        || scalar == "\u{200B}"
    }
  }

  @Test(
    "nothing that is printed for people steers a terminal, in a pipe as well",
    arguments: [
      ["state"], ["state", "release/web/1.0"], ["log"], ["show", "1"], ["show", "2"], ["timeline", "web/1.0"],
      ["replay"],
      ["person"], ["diff", "0", "now"], ["obligations"], ["timeline", "web/1.0", "--format", "markdown"],
      ["timeline", "web/1.0", "--format", "html"], ["review", "draft", "web/1.0"], ["report", "compliance"],
      ["report", "compliance", "--format", "markdown"], ["report", "compliance", "--format", "html"],
    ])
  func output(command: [String]) throws {
    let run = try desk.run(Desk.program, command)
    #expect(run.status == 0 && isHarmless(run.text) && isHarmless(run.remarks), "\(command): \(run.remarks)")
  }

  @Test("what is escaped can be searched for")
  func searchable() throws {
    #expect(try desk.done("show", "2").contains(Self.shown))
    #expect(try desk.done("timeline", "web/1.0", "--format", "html").contains(Self.shown))
  }

  @Test(
    "an error repeats what was typed and steers nothing",
    arguments: [
      ["state", hostile], ["show", hostile], ["log", "--since", hostile],
      ["state", "--ledger", hostile],
      ["record", hostile, "--subject", "release/a/1"],
      ["record", "activity.recorded", "--subject", hostile, "activity=x"],
      ["record", "activity.recorded", "--subject", "release/a/1", hostile + "=x"], [hostile], ["--" + hostile],
      ["append", hostile],
      ["policy", "check", hostile], ["verify", "--against", hostile], ["gate", hostile, "--to", hostile],
      ["show", "1", "--format", hostile],
      ["record", "activity.recorded", "--subject", "release/a/1", "activity=x", "--actor", hostile],
    ])
  func errors(command: [String]) throws {
    let run = try desk.run(Desk.program, command)
    #expect(run.status != 0 && isHarmless(run.remarks) && isHarmless(run.text), "\(command): \(run.remarks)")
  }

  @Test("JSON stays exact, and escapes as RFC 8785 does")
  func json() throws {
    let text = try desk.done("show", "2", "--format", "json")
    #expect(text.contains("\u{202E}") && text.contains(#"\u001b[2J"#))
  }

  @Test(
    "a cell that a spreadsheet would run begins with an apostrophe, a number stays a number, and --raw-cells leaves all as it is"
  )
  func cells() throws {
    try desk.done("append", input: Desk.activity("=HYPERLINK(1)"))
    try desk.done("append", input: Desk.activity("-5"))
    try desk.done("append", input: Desk.activity("@SUM"))
    let guarded = try desk.done("log", "--format", "csv")
    #expect(guarded.contains(",'=HYPERLINK(1),") && guarded.contains(",-5,") && guarded.contains(",'@SUM,"))
    let raw = try desk.done("log", "--format", "csv", "--raw-cells")
    #expect(raw.contains(",=HYPERLINK(1),") && raw.contains(",@SUM,"))
    #expect(try desk.done("append", "--format", "csv", input: Desk.activity("+x")).contains(",'+x"))
    #expect(try desk.done("report", "compliance", "--format", "csv", "--raw-cells").hasPrefix("attempt,"))
  }
}
