import Foundation
import Testing

@Suite("Help, usage and what relm refuses to guess")
struct HelpTests {
  private static let verbs = [
    ["init"], ["record"], ["append"], ["attach"], ["import"], ["import", "dpkg-log"], ["import", "git-tags"],
    ["state"], ["metrics"], ["log"], ["show"], ["stats"], ["verify"], ["checkpoint"], ["prove"], ["views"],
    ["watch"], ["review"], ["review", "open"], ["review", "finding"], ["review", "action"],
    ["review", "complete"],
    ["review", "close"], ["policy"], ["policy", "init"], ["policy", "check"], ["policy", "adopt"],
    ["policy", "list"], ["policy", "show"], ["policy", "diff"], ["policy", "review"], ["policy", "retire"],
    ["views", "list"],
    ["views", "rebuild"], ["controls"], ["controls", "list"], ["controls", "show"],
  ]

  @Test("--help of every verb exits 0 and says something, without a ledger", arguments: verbs)
  func help(verb: [String]) throws {
    let desk = try Desk()
    for words in [verb + ["--help"], ["help"] + verb] {
      let run = try desk.run(Desk.program, words)
      #expect(run.status == 0, "\(words)")
      #expect(run.lines.count > 3, "\(words)")
      #expect(run.remarks.isEmpty)
    }
  }

  @Test("relm --help names every verb, in lines of at most 90 columns")
  func program() throws {
    let run = try Desk().relm("--help")
    #expect(run.status == 0)
    for verb in Self.verbs where verb.count == 1 { #expect(run.text.contains("\n  \(verb[0]) "), "\(verb[0])") }
    #expect(run.lines.allSatisfy { $0.count <= 90 })
  }

  @Test("an unknown verb exits 64, with the nearest")
  func unknownVerb() throws {
    let desk = try Desk()
    for (word, nearest) in [("stat", "state"), ("recrod", "record"), ("aply", "append"), ("verfy", "verify")] {
      let run = try desk.relm(word)
      #expect(run.status == 64, "\(word)")
      #expect(run.text.isEmpty)
      #expect(run.remarks.hasPrefix("relm: '\(word)' is no verb of relm"))
      if word != "aply" { #expect(run.remarks.contains("'\(nearest)'"), "\(run.remarks)") }
    }
    for words in [
      ["xyzzy"], ["views", "rebild"], ["import", "rpm"], ["help", "xyzzy"], [], ["import"], ["--ledger", "x"],
    ] {
      #expect(try desk.run(Desk.program, words).status == 64, "\(words)")
    }
  }

  @Test("an empty option value is refused, and so is an empty word")
  func emptyValues() throws {
    let desk = try Desk.withLedger()
    for words in [
      ["state", "--format", ""], ["state", "--format="], ["state", ""], ["log", "--ledger", ""],
      ["log", "--type="],
      ["record", "activity.recorded", "--subject", "", "activity=x"],
      ["record", "activity.recorded", "-s", "", "activity=x"],
      ["record", "activity.recorded", "--subject", "release/a/1", "activity=x", "--id", ""],
      ["record", "activity.recorded", "--subject", "release/a/1", "activity=x", "--actor="],
      ["append", ""],
    ] {
      let run = try desk.run(Desk.program, words)
      #expect(run.status == 64, "\(words)")
      #expect(run.text.isEmpty)
      #expect(run.remarks.contains("empty"), "\(run.remarks)")
    }
    #expect(try desk.size() == 1)
  }

  @Test("a misread option never exits 0")
  func misread() throws {
    let desk = try Desk.withLedger()
    for words in [
      ["state", "--fromat", "json"], ["log", "--limit", "many"], ["log", "--from", "-1"], ["verify", "extra"],
      ["checkpoint", "--raw"], ["show"], ["prove"], ["prove", "1", "--check", "x"], ["record"],
      ["record", "activity.recorded", "activity=x"], ["log", "--follow", "--reverse"], ["append", "a", "b"],
    ] {
      let run = try desk.run(Desk.program, words, input: "")
      #expect(run.status == 64, "\(words) \(run.remarks)")
      #expect(run.text.isEmpty, "\(words)")
      #expect(run.remarks.hasPrefix("relm: "), "\(words) \(run.remarks)")
    }
  }

  @Test("relm record --help lists every type with its title")
  func types() throws {
    let text = try Desk().done("record", "--help")
    for type in Self.stories.joined() { #expect(text.contains("\n  \(type) "), "\(type)") }
  }

  @Test("--help of a misspelt type exits 64 with the nearest")
  func misspeltType() throws {
    let run = try Desk().relm("record", "--help", "build.strated")
    #expect(run.status == 64)
    #expect(run.remarks.contains("did you mean 'build.started'?"))
  }

  @Test("no message names a type of the source code, and every one begins with the program's name")
  func sentences() throws {
    let desk = try Desk.withLedger()
    for words in [
      ["log", "--ledger", "/dev/null"], ["append", "/"],
      ["init", "/proc/x", "--origin", "a", "--owner", "b@c"],
      ["prove", "--check", "/dev/null"], ["verify", "--against", "/dev/null"],
      ["attach", "/", "-s", "release/a/1"],
      ["import", "dpkg-log", "/"], ["record", "build.started", "-s", "x", "build=1"],
      ["import", "git-tags", "/"],
      ["append", "--keep-going", "--rejects", "/nowhere/x"], ["checkpoint", "--key", "/dev/null"],
    ] {
      let run = try desk.run(Desk.program, words)
      #expect(run.status >= 64, "\(words)")
      #expect(run.remarks.hasPrefix("relm: "), "\(words): \(run.remarks)")
      for name in ["Error(", "Swift", "Failure(", " nil", "Optional(", "errno"] {
        #expect(!run.remarks.contains(name), "\(words): \(run.remarks)")
      }
    }
  }

  /// All types that are recorded by hand, told in stories: each is a ledger of its own in which the examples stand in an
  /// order in which they can be true. Where an example names a position, that is where the story has what it means.
  private static let stories: [[String]] = [
    [
      "release.planned", "release.designed", "activity.recorded", "build.started", "build.finished",
      "package.published", "approval.given", "approval.withdrawn", "test.started", "test.finished",
      "validation.finished", "authority.granted", "authority.reviewed", "release.scope.changed",
      "component.assessed", "risk.assessed", "schedule.proposed", "schedule.agreed", "partner.consulted",
      "communication.sent", "attestation.recorded", "procedure.published", "procedure.step.completed",
      "procedure.step.skipped", "approval.refused", "authorisation.requested", "authorisation.granted",
      "waiver.granted", "waiver.revoked", "environment.registered", "freeze.declared", "incident.opened",
      "override.declared", "baseline.recorded", "deployment.started", "deployment.progressed",
      "deployment.finished", "verification.finished", "environment.observed", "configuration.exchanged",
      "drift.detected", "drift.resolved", "service.established", "service.continued", "handover.offered",
      "handover.accepted", "handover.condition.met", "support.opened", "support.advised", "support.closed",
      "result.logged", "document.attached", "escalation.raised", "escalation.resolved", "incident.attributed",
      "incident.resolved", "review.opened", "review.finding.recorded", "review.action.raised",
      "review.action.completed", "review.closed", "deployment.rolledback", "freeze.lifted",
      "authority.revoked", "policy.adopted", "policy.reviewed", "policy.retired", "procedure.reviewed",
      "procedure.retired", "capability.registered", "capability.assessed", "capability.withdrawn",
      "service.retired", "environment.retired", "hold.placed", "hold.released", "history.accepted",
      "event.annulled",
      "release.closed",
    ],
    ["release.planned", "handover.offered", "handover.rejected", "release.withdrawn"],
    ["release.planned", "authorisation.requested", "authorisation.refused", "release.superseded"],
    ["person.linked", "person.link.confirmed"],
    ["deployment.started", "deployment.finished", "deployment.removed"],
  ]

  @Test("the stories of the examples have every type that is recorded by hand")
  func storiesAreComplete() throws {
    let listed = try Desk().done("record", "--help").split(separator: "\n").drop { $0 != "TYPES:" }.dropFirst()
    let types = listed.filter { $0.hasPrefix("  ") && $0.contains(".") && !$0.contains("'relm") }.compactMap {
      $0.split(separator: " ").first.map(String.init)
    }
    #expect(types.count > 80)
    #expect(Set(types).subtracting(Self.stories.joined()) == [])
    #expect(Set(Self.stories.joined()).subtracting(types) == [])
  }

  @Test(
    "every command that relm record --help TYPE prints works as printed, the short one and the full one",
    arguments: [0, 1])
  func examples(extent: Int) throws {
    let desk = try Desk()
    desk.environment["PATH"] =
      URL(filePath: Desk.program).deletingLastPathComponent().path + ":"
      + (desk.environment["PATH"] ?? "")
    for (number, story) in Self.stories.enumerated() {
      let ledger = "story-\(number)"
      try desk.done("init", ledger, "--origin", "example.org/story", "--owner", "ana@example.org")
      desk.environment["RELM_LEDGER"] = desk.path(ledger)
      for type in story {
        if type == "waiver.granted" {
          try desk.done(
            "record", "authority.granted", "-s", "person/gus@example.org", "level=6", "contexts=production",
            "contexts=development", "--actor", "ana@example.org")
        }
        let commands = try Self.commands(in: try desk.done("record", "--help", type))
        let command = try #require(commands.count > extent ? commands[extent] : commands.last, "\(type)")
        let run = try desk.run("bash", ["-c", command])
        #expect(run.status == 0, "\(command)\n\(run.remarks)")
        #expect(run.text.contains(" recorded \(type) "), "\(command)")
        #expect(!command.contains("sealed"))
        #expect(!command.contains("person:"))
        #expect(!command.contains("backfilled"))
      }
      #expect(try desk.relm("verify", "--evidence", "optional").status == 0)
    }
  }

  /// The commands of a page: each begins with `  relm record` and goes on while lines end in a backslash.
  private static func commands(in page: String) throws -> [String] {
    var commands: [String] = []
    var isOpen = false
    for line in page.split(separator: "\n") {
      if isOpen {
        commands[commands.count - 1] += "\n" + line
      } else if line.hasPrefix("  relm record") {
        commands.append(String(line))
      } else {
        continue
      }
      isOpen = line.hasSuffix("\\")
    }
    return commands
  }

  @Test("the shell completes types, and after a type its fields")
  func completion() throws {
    let desk = try Desk.withLedger()
    let script = try desk.done("--generate-completion-script", "bash")
    try desk.write(script, to: "relm.bash")
    desk.environment["PATH"] =
      URL(filePath: Desk.program).deletingLastPathComponent().path + ":"
      + (desk.environment["PATH"] ?? "")
    func complete(_ words: String...) throws -> [String] {
      let quoted = words.map { "'\($0)'" }.joined(separator: " ")
      let line = words.joined(separator: " ")
      let run = try desk.run(
        "bash",
        [
          "--norc", "-c",
          """
          source ./relm.bash
          COMP_WORDS=(\(quoted)); COMP_CWORD=\(words.count - 1); COMP_LINE='\(line)'; COMP_POINT=${#COMP_LINE}
          COMP_TYPE=9 COMP_KEY=9
          _relm relm '\(words[words.count - 1])' '\(words[words.count - 2])'
          printf '%s\\n' "${COMPREPLY[@]}"
          """,
        ])
      return run.lines.map { $0.trimmingCharacters(in: .whitespaces) }
    }
    #expect(try complete("relm", "sta") == ["state", "stats"])
    #expect(Set(try complete("relm", "record", "build.")) == ["build.started", "build.finished"])
    let fields = try complete("relm", "record", "build.started", "")
    #expect(fields.contains("build="), "\(fields)")
    #expect(
      try complete("relm", "record", "build.finished", "out")
        == ["outcome=succeeded", "outcome=failed", "outcome=errored", "outcome=cancelled"])
    // bash takes a field with its sign for three words.
    #expect(try complete("relm", "record", "build.finished", "outcome", "=", "su") == ["succeeded"])
    #expect(try complete("relm", "record", "release.planned", "chan") == ["changes:="])
    #expect(try complete("relm", "record", "test.started", "tool.n") == ["tool.name="])
    try desk.done("record", "release.planned", "--subject", "release/web/1.0", "class=normal")
    #expect(try complete("relm", "record", "build.started", "--subject", "rel") == ["release/web/1.0"])
    // A field goes on behind its sign: neither a space nor a backslash comes between.
    #expect(script.contains("complete -o filenames -F _relm_words relm"))
    for shell in ["zsh", "fish"] {
      #expect(try desk.done("--generate-completion-script", shell).contains("relm"))
    }
    #expect(try desk.relm("--generate-completion-script", "tcsh").status == 64)
  }
}
