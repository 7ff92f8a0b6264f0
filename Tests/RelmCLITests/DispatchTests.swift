import Foundation
import Testing

/// A debug build lets the parser of the whole program read as well what was read past it, and ends where that reads anything
/// else. `RELM_PARSER=whole` has it read by that parser alone, `RELM_PARSER=plain` without one or not at all.
@Suite("What is read past the parser of the whole program is read and said as that does")
struct DispatchTests {
  /// An option or argument, as `--experimental-dump-help` tells of it.
  private struct Word: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }
    let kind: String
    let names: [Name]?
    let valueName: String?
    let isOptional: Bool

    var spellings: [String] { (names ?? []).map { ($0.kind == "long" ? "--" : "-") + $0.name } }
    var isBuiltIn: Bool { spellings.contains("--help") || spellings.contains("--version") }
    /// A value that it takes.
    var value: String {
      let known = [
        "format": "json", "stage": "deployed", "zone": "UTC", "corrects": "7", "position": "7", "to": "7",
        "from": "3", "limit": "5", "expect-version": "none", "size": "9", "weeks": "2", "seed": "4",
      ]
      return spellings.compactMap { known[String($0.drop { $0 == "-" })] }.first ?? known[valueName ?? ""]
        ?? "x"
    }
  }

  private struct Command: Decodable {
    let commandName: String
    let arguments: [Word]?
    let subcommands: [Command]?
  }

  private struct Program: Decodable { let command: Command }

  /// Every command that has none below it, with the words that name it.
  private static func leaves(_ desk: Desk) throws -> [(path: [String], words: [Word])] {
    func leaves(_ command: Command, _ path: [String]) -> [(path: [String], words: [Word])] {
      let below = (command.subcommands ?? []).filter { $0.commandName != "help" }
      guard below.isEmpty else { return below.flatMap { leaves($0, path + [$0.commandName]) } }
      return [(path, (command.arguments ?? []).filter { !$0.isBuiltIn })]
    }
    let run = try desk.relm("--experimental-dump-help")
    return leaves(try JSONDecoder().decode(Program.self, from: run.output).command, [])
  }

  /// What must be there, each as a word or an option with its value.
  private static func needed(_ words: [Word], but left: String? = nil) -> [String] {
    words.filter { !$0.isOptional && (left == nil || $0.spellings.first != left) }.flatMap { word in
      word.kind == "positional" ? [word.value] : [word.spellings[0], word.value]
    }
  }

  private func isWhole(_ run: Desk.Run) -> Bool {
    !run.remarks.contains("Fatal error") && ![4, 5, 6, 11].contains(run.status)
  }

  @Test(
    "every option of the verbs that are called all day is read without a parser",
    arguments: ["record", "gate", "state", "log"])
  func plain(verb: String) throws {
    let desk = try Desk()
    desk.environment["RELM_LEDGER"] = "nowhere"
    let words = try #require(try Self.leaves(desk).first { $0.path == [verb] }).words
    desk.environment["RELM_PARSER"] = "plain"
    var count = 0
    for word in words where word.kind != "positional" {
      for spelling in word.spellings {
        let line =
          [verb] + Self.needed(words, but: word.spellings.first) + [spelling]
          + (word.kind == "option" ? [word.value] : [])
        let run = try desk.run(Desk.program, line)
        #expect(isWhole(run), "\(line): \(run.remarks)")
        count += 1
      }
    }
    #expect(count > 9)
    let arguments = [verb] + Self.needed(words) + ["x", "a=1", "b:=2"].prefix(verb == "record" ? 3 : 0)
    let run = try desk.run(Desk.program, arguments)
    #expect(isWhole(run), "\(arguments): \(run.remarks)")
  }

  @Test(
    "every option of every command is read as the parser of the whole program does, or left to it"
  )
  func everyOption() throws {
    let desk = try Desk()
    desk.environment["RELM_LEDGER"] = "nowhere"
    let leaves = try Self.leaves(desk)
    #expect(leaves.count > 40)
    for leaf in leaves where leaf.path != ["init"] {
      let needed = Self.needed(leaf.words)
      var lines = [needed, needed + ["--nothing"], ["--"] + needed, Array(needed.dropLast())]
      // All at once, in either way of writing a value; and what is required behind what is not.
      let options = leaf.words.filter { $0.isOptional && $0.kind != "positional" }
      lines.append(needed + options.flatMap { [$0.spellings[0]] + ($0.kind == "option" ? [$0.value] : []) })
      lines.append(options.map { $0.spellings[0] + ($0.kind == "option" ? "=" + $0.value : "") } + needed)
      for line in lines {
        let run = try desk.run(Desk.program, leaf.path + line)
        #expect(isWhole(run), "\(leaf.path + line): \(run.remarks)")
      }
    }
  }

  @Test("every command's help is the same by either way")
  func help() throws {
    let desk = try Desk()
    for path in try [[]] + Self.leaves(desk).map(\.path) {
      try expectSame(path + ["--help"], desk)
    }
  }

  @Test("every wrong usage is refused in the same words by either way")
  func wrongUsages() throws {
    let desk = try Desk.withLedger()
    let record = ["record", "activity.recorded", "-s", "release/p/1", "activity=x"]
    for line in [
      ["record"], ["record", "activity.recorded"], ["record", "-s"], ["record", "--subject", "--time", "now"],
      record + ["--corrects", "one"], record + ["--corrects", "-1"],
      record + ["--expect-version", "some"], record + ["--format", "yaml"], record + ["--quite"],
      record + ["-x"],
      record + ["--dry-run=1"], record + ["--zone", "Mars/Olympus"], record + ["--names", "--pseudonyms"],
      record + ["--id"], record + ["--id", ""], record + ["--id="], record + ["--", "--dry-run"],
      record + ["-qs", "x"], record + ["--version"], record + ["---"],
      ["gate"], ["gate", "release/p/1"], ["gate", "--to", "production"],
      ["gate", "a", "b", "--to", "production"],
      ["gate", "release/p/1", "--to", "production", "--at"], ["gate", "release/p/1", "--to", "--explain"],
      ["gate", "release/p/1", "--to", "production", "--at", "1"], ["gate", "p/1", "--too", "production"],
      ["state", "--stage", "gone"], ["state", "a", "b", "c"], ["state", "--ledger"], ["state", "-"],
      ["state", "--format", "tabel"], ["state", "--format", "json", "--format", "csv"],
      ["state", "releases", "--stage"],
      ["log", "--from", "x"], ["log", "--limit", "-3"], ["log", "--limit", "99999999999999999999"],
      ["log", "--to", "1.5"], ["log", "a", "b"], ["log", "-rf"], ["log", "-fr", "--at", "1"],
      ["log", "--follow", "-r"],
      ["log", "--since", "then"], ["log", "--reverse", "--reverse"], ["log", "-l"], ["log", "-l5"],
      ["show"], ["show", "x", "--format", "yaml"], ["timeline"], ["timeline", "--nothing"], ["policy", "show"],
      ["person", "link"], ["person", "nobody"], ["views", "--format"], ["key", "rotate", "--x"],
      ["verify", "extra"],
      ["stats", "--help-hidden"], ["prove", "--to"], ["whatif", "-q"], ["watch", "--cursor"], ["attach"],
      ["--version", "x"], ["--version", "--version"], ["-v"], ["--help", "x"], ["versoin"], [],
    ] {
      try expectSame(line, desk)
    }
  }

  private func expectSame(_ line: [String], _ desk: Desk) throws {
    desk.environment["RELM_PARSER"] = nil
    let own = try desk.run(Desk.program, line)
    desk.environment["RELM_PARSER"] = "whole"
    let whole = try desk.run(Desk.program, line)
    desk.environment["RELM_PARSER"] = nil
    #expect(isWhole(own), "\(line): \(own.remarks)")
    #expect(own.status == whole.status, "\(line)")
    #expect(own.text == whole.text, "\(line)")
    #expect(own.remarks == whole.remarks, "\(line)")
  }
}
