import Foundation
import Testing

/// Commands that are printed for a person to run: they are run, with what stands for something filled in.
@Suite("Hints that are printed")
struct HintTests {
  private let desk: Desk

  init() throws {
    desk = try Desk.withLedger()
    try desk.record("release.planned", "release/web/1.0", "class=normal")
  }

  /// What stands for something in a hint, and something.
  private static let words = [
    "PACKAGE/VERSION": "web/1.0", "VERSION": "1.0", "PACKAGE": "web", "ACCOUNT…": "bo@example.org",
    "ACCOUNT": "ci@example.org",
    "HUMAN": "ana@example.org", "reason=…": "reason=Why", "reason='…'": "reason='Why'",
    "ENVIRONMENT": "production/eu",
    "FILE": "file.txt", "'…'": "'Why'", "=…": "=x",
  ]

  /// The commands in some words: in quotes, behind a colon, to the end of the line or sentence.
  private func commands(in text: String) -> [String] {
    var found: [String] = []
    for match in text.matches(of: #/'(relm [^']+)'|[:;] (relm [^\n;]+)/#) {
      guard let words = match.output.1 ?? match.output.2 else { continue }
      var command = String(words)
      for (name, value) in Self.words.sorted(by: { $0.key.count > $1.key.count }) {
        command = command.replacingOccurrences(of: name, with: value)
      }
      found.append(command)
    }
    return found
  }

  /// Runs a hint as a shell would.
  private func run(_ command: String) throws -> Desk.Run {
    try desk.run(
      "bash",
      [
        "-c",
        "relm() { '\(Desk.program)' \"$@\"; }; \(command.trimmingCharacters(in: CharacterSet(charactersIn: ".")))",
      ])
  }

  @Test(
    "no command that a remark names is misunderstood",
    arguments: [
      ["state", "releases", "nothing"], ["show", "99"], ["record", "nonsense", "-s", "x"],
      ["policy", "show", "none"],
      ["record", "activity.recorded", "-s", "release/web/1.0", "nonsense=1"],
      ["log", "person/nobody@example.org"],
      ["record", "release.planned", "-s", "release/web/2.0", "commits=x"], ["timeline", "web/9"], ["policy"],
      ["review"],
      ["record", "approval.given", "-s", "release/web/1.0", "scope=deployment", "--actor", "bo@example.org"],
      ["person", "link", "ana@example.org"], ["obligations", "--person", "nobody@example.org"],
      ["gate", "web/9", "--to", "x"],
      ["prove", "--check", "/dev/null"], ["state", "relases"],
      ["verify", "--key", "x", "--against", "/dev/null"],
      ["report", "compliance", "--package", "none"],
      ["person", "erase", "nobody@example.org", "--ground", "x"],
      ["import"], ["report", "compliance", "--environment", "none"],
      ["import", "dpkg-log", "-", "--host", "h", "--time-zone", "UTC"],
      [
        "record", "deployment.finished", "-s", "release/web/1.0", "deployment=d", "environment=e",
        "outcome=succeeded", "--corrects", "1",
      ],
      ["policy", "init", "small-team"], ["record", "activity.recorded", "-s", "release/web/1.0", "activity=@"],
    ])
  func remarks(words: [String]) throws {
    let said = try desk.run(Desk.program, words)
    for command in commands(in: said.remarks) + commands(in: said.text) {
      // What reads standard input finds nothing there.
      let run = try run(command)
      #expect(run.status != 64 && run.status != 127, "\(words): '\(command)': \(run.remarks)")
    }
  }
}
