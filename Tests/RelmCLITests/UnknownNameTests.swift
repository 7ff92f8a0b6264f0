import Foundation
import Testing

@Suite("Names that nobody knows are spoken of at once")
struct UnknownNameTests {
  private let desk: Desk

  init() throws {
    desk = try Desk.withLedger()
    for place in ["eu", "us"] {
      try desk.done(
        "record", "environment.registered", "-s", "environment/production/\(place)", "context=production")
    }
    try desk.done("record", "release.planned", "-s", "release/payments-api/1.0", "class=normal")
  }

  private func record(_ words: String..., strictly: Bool = false) throws -> Desk.Run {
    try desk.run(Desk.program, ["record"] + words + (strictly ? ["--strict-names"] : []))
  }

  @Test(
    "a fact about a name that nobody knows is taken with a remark that has the nearest one, and refused where names are strict",
    arguments: [
      (
        ["deployment.started", "-s", "release/payments-api/1.0", "deployment=d", "environment=production/ue"],
        ["counts as production", "'production/eu'"]
      ),
      (["test.started", "-s", "release/payments-api/1.0", "test=t", "suite=s", "environment=qa"], ["'qa'"]),
      (["release.planned", "-s", "release/payments-apo/1.0", "class=normal"], ["'payments-api'"]),
      (
        ["build.started", "-s", "release/payments-api/v1.0", "build=b"],
        ["nobody has planned", "'payments-api/1.0'"]
      ),
      (
        [
          "build.started", "-s", "release/payments-api/1.0", "build=b", "tool.name=make",
          "tool.capability=farm",
        ],
        ["no capability 'farm'"]
      ),
      (["approval.given", "-s", "release/payments-api/1.0", "scope=deployment"], ["linked to nobody"]),
      (
        ["hold.placed", "-s", "ledger", "hold=h", "persons=anna@example.org", "ground=g"],
        ["'anna@example.org'", "ana@example.org"]
      ),
      (["history.accepted", "-s", "ledger", "source=/dpkg/none", "reason=r"], ["'/dpkg/none'"]),
    ])
  func spoken(_ words: [String], _ said: [String]) throws {
    let refused = try desk.run(Desk.program, ["record"] + words + ["--strict-names"])
    #expect(refused.status == 65 && refused.text.isEmpty, "\(words): \(refused.remarks)")
    let taken = try desk.run(Desk.program, ["record"] + words)
    #expect(taken.status == 0, "\(words): \(taken.remarks)")
    for text in said {
      #expect(refused.remarks.contains(text) && taken.remarks.contains(text), "\(taken.remarks)")
    }
  }

  @Test("a fact about names that are known is taken without a word, strictly too")
  func known() throws {
    let words = [
      "record", "deployment.started", "-s", "release/payments-api/1.0", "deployment=d",
      "environment=production/eu",
    ]
    let run = try desk.run(Desk.program, words + ["--strict-names"])
    #expect(run.status == 0, "\(run.remarks)")
    // That nothing is known of a build is about the release, and not about its name.
    #expect(run.remarks == "relm: nothing says that payments-api/1.0 was ever built\n")
  }

  @Test("a deployment of something else than was last built is taken with a remark that has both digests")
  func foreignDigest() throws {
    let (built, other) = (
      "sha256:" + String(repeating: "a", count: 64), "sha256:" + String(repeating: "b", count: 64)
    )
    let release = "release/payments-api/1.0"
    try desk.done("record", "build.started", "-s", release, "build=b")
    try desk.done(
      "record", "build.finished", "-s", release, "build=b", "outcome=succeeded", "artifacts.name=a",
      "artifacts.digest=\(built)")
    let started = ["deployment.started", "-s", release, "environment=production/eu"]
    let run = try desk.run(Desk.program, ["record"] + started + ["deployment=d-1", "digests=\(other)"])
    #expect(run.status == 0)
    #expect(run.remarks.contains("does not have \(other), but \(built)"), "\(run.remarks)")
    let right = try desk.run(Desk.program, ["record"] + started + ["deployment=d-2", "digests=\(built)"])
    #expect(right.status == 0 && right.remarks.isEmpty, "\(right.remarks)")
  }

  @Test("RELM_STRICT_NAMES=1 is as good as the flag, for the gate too")
  func strictEnvironment() throws {
    desk.environment["RELM_STRICT_NAMES"] = "1"
    #expect(try record("build.started", "-s", "release/payments-api/1.1", "build=b").status == 65)
    #expect(try desk.relm("gate", "payments-api/1.0", "--to", "production/ue").status == 65)
  }

  @Test("who asks a gate about a name beside one that was asked about before is asked whether that is meant")
  func gated() throws {
    let first = try desk.relm("gate", "payments-api/1.0", "--to", "staging/north")
    #expect(
      first.remarks.contains("nothing is recorded about the environment 'staging/north'"), "\(first.remarks)")
    let second = try desk.relm("gate", "payments-api/1.0", "--to", "staging/nroth")
    #expect(second.remarks.contains("Did you mean 'staging/north'?"), "\(second.remarks)")
    // Nor is what was mistyped taken for known the next time.
    let again = try desk.relm("gate", "payments-api/1.0", "--to", "staging/nroth")
    #expect(again.remarks.contains("Did you mean 'staging/north'?"), "\(again.remarks)")
  }

  @Test("in JSON the remarks stand with the receipt")
  func json() throws {
    let run = try record(
      "build.started", "-s", "release/payments-api/1.1", "build=b", "--format", "json")
    let remarks = try #require(try Desk.object(run.text)["remarks"] as? [String])
    #expect(remarks.count == 1 && remarks[0].contains("nobody has planned") && run.remarks.isEmpty)
  }

  @Test("of a name in many events one remark is made, and what a batch makes known itself is known")
  func once() throws {
    func event(_ id: Int, _ type: String, _ subject: String, _ data: String) -> String {
      #"{"specversion":"1.0","type":"relm.\#(type)","source":"/test","id":"\#(id)","subject":"\#(subject)","data":\#(data)}"#
    }
    let lines =
      [event(0, "release.planned", "release/web/1.0", #"{"class":"normal"}"#)]
      + (1...50).map {
        event(
          $0, "deployment.started", "release/web/1.0",
          #"{"deployment":"d-\#($0)","environment":"production/ue"}"#)
      }
    let run = try desk.relm("append", "--quiet", input: lines.joined(separator: "\n"))
    #expect(run.status == 0)
    #expect(
      run.remarks.split(separator: "\n").count == 2 && run.remarks.contains("production/ue"), "\(run.remarks)")
    // What is recorded is acknowledged again, whatever names it has.
    #expect(
      try desk.relm("append", "--quiet", "--strict-names", input: lines.joined(separator: "\n")).status == 0)
    let others = lines.dropFirst().joined(separator: "\n").replacing("/test", with: "/other")
    let strict = try desk.relm("append", "--quiet", "--strict-names", input: others)
    #expect(strict.status == 65 && strict.remarks.contains("line 1: "), "\(strict.remarks)")
  }

  @Test(
    "--quiet prints no receipt and does not say that a name is new; of a slip, and of what is wrong, it speaks")
  func quiet() throws {
    for (words, said) in [
      (["build.started", "-s", "release/payments-api/9.0", "build=b"], nil),
      (["test.started", "-s", "release/payments-api/1.0", "test=t", "suite=s", "environment=qa"], nil),
      (
        ["test.started", "-s", "release/payments-api/1.0", "test=u", "suite=s", "environment=production/ue"],
        "'production/eu'"
      ),
      (["build.started", "-s", "release/payments-api/v1.0", "build=b"], "'payments-api/1.0'"),
    ] as [([String], String?)] {
      let run = try desk.run(Desk.program, ["record", "--quiet"] + words)
      #expect(
        run.status == 0 && run.text.isEmpty && run.remarks.isEmpty == (said == nil), "\(words): \(run.remarks)")
      #expect(said.map(run.remarks.contains) ?? true, "\(run.remarks)")
      let event = try desk.run(
        Desk.program, ["record", "--dry-run", "--strict-names", "--quiet", "--id", "x"] + words)
      #expect(event.status == 65, "\(words): \(event.remarks)")
    }
    let line =
      #"{"specversion":"1.0","type":"relm.build.started","source":"/test","id":"1","subject":"release/payments-api/8.0","authid":"ana@example.org","data":{"build":"b"}}"#
    let run = try desk.relm("append", "--quiet", input: line)
    #expect(run.status == 0 && run.text.isEmpty && run.remarks.isEmpty, "\(run.remarks)")
  }

  @Test("a batch that is kept going leaves out only the events whose names are refused")
  func keepingGoing() throws {
    let lines = ["deployment.finish", "house.thing", "deployment.finish"].enumerated().map {
      #"{"specversion":"1.0","type":"\#($0.element)","source":"/test","id":"\#($0.offset)"}"#
    }
    let run = try desk.relm("append", "--keep-going", "--rejects", "bad", input: lines.joined(separator: "\n"))
    #expect(run.status == 65 && run.lines.count == 1 && run.text.contains("house.thing"))
    #expect(run.remarks.contains("relm.deployment.finished"))
    #expect(try String(decoding: desk.bytes(of: "bad"), as: UTF8.self) == lines[0] + "\n" + lines[2])
  }

  @Test("where names are strict, every event with an unknown one is left out, not the first alone")
  func strictlyKeepingGoing() throws {
    let lines = (0..<30).map { number in
      let environment = number < 25 ? "production/ue" : "production/eu"
      return
        #"{"specversion":"1.0","type":"relm.deployment.started","source":"/test","id":"\#(number)","subject":"release/payments-api/1.0","authid":"ana@example.org","data":{"deployment":"d-\#(number)","environment":"\#(environment)"}}"#
    }
    let run = try desk.relm(
      "append", "--keep-going", "--rejects", "bad", "--strict-names", input: lines.joined(separator: "\n"))
    #expect(run.status == 65 && run.lines.count == 5, "\(run.remarks)")
  }

  @Test(
    "a type that is nearly one of relm's is refused with that one, unless it is said to be a house's own",
    arguments: ["approval.given", "deployment.finish", "Approval.Given"])
  func foreign(type: String) throws {
    let event =
      #"{"specversion":"1.0","type":"\#(type)","source":"/test","id":"1","subject":"release/payments-api/1.0"}"#
    let refused = try desk.relm("append", input: event)
    #expect(refused.status == 65 && refused.remarks.contains("--foreign"))
    #expect(
      refused.remarks.contains(type == "deployment.finish" ? "relm.deployment.finished" : "relm.approval.given")
    )
    #expect(try desk.relm("append", "--foreign", input: event).status == 0)
  }

  @Test("a freeze that would cover nothing that is known is refused with what it may have meant")
  func freezeOfNothing() throws {
    func freeze(_ environment: String, _ more: String...) throws -> Desk.Run {
      try desk.run(
        Desk.program,
        [
          "record", "freeze.declared", "-s", "environment/\(environment)", "freeze=f-\(environment)",
          "from=2026-01-01T00:00:00Z", "until=2999-01-01T00:00:00Z", "reason=r",
        ] + more)
    }
    let refused = try freeze("production/ue")
    #expect(refused.status == 65 && refused.remarks.contains("'production/eu'"), "\(refused.remarks)")
    #expect(try freeze("staging/*").status == 65)
    #expect(try freeze("*", "context=development").status == 65)
    #expect(try freeze("production", "except=production").status == 65)
    let above = try freeze("production")
    #expect(above.status == 0 && above.remarks.contains("production/eu, production/us"), "\(above.remarks)")
    #expect(try freeze("production/*").remarks.isEmpty)
    #expect(try freeze("*", "context=production").remarks.isEmpty)
    #expect(try desk.done("state", "environment/production/eu").contains("freeze f-production "))
    #expect(try desk.done("state", "environments").contains("f-production until 2999-01-01"))
  }

  @Test("what happens in one environment is not recorded of many")
  func oneEnvironment() throws {
    let run = try record(
      "deployment.started", "-s", "release/payments-api/1.0", "deployment=d", "environment=production/*")
    #expect(run.status == 65 && run.remarks.contains("stands for many"), "\(run.remarks)")
  }

  @Test("where no environment is registered at all, a freeze is taken with a remark")
  func freezeWithoutRegister() throws {
    let desk = try Desk.withLedger()
    let run = try desk.relm(
      "record", "freeze.declared", "-s", "environment/production/eu", "freeze=f", "from=2026-01-01T00:00:00Z",
      "until=2999-01-01T00:00:00Z", "reason=r")
    #expect(run.status == 0 && run.remarks.contains("nobody has registered"), "\(run.remarks)")
  }

  @Test("who does not say who they are is told so, once")
  func nobody() throws {
    desk.environment["RELM_ACTOR"] = nil
    let run = try record("build.started", "-s", "release/payments-api/1.0", "build=b")
    #expect(run.status == 0 && run.remarks.contains("--actor or RELM_ACTOR"))
    #expect(
      try record("build.started", "-s", "release/payments-api/1.0", "build=c", strictly: true).status == 0)
  }

  @Test("what a service account may not loosen is refused in words for what it is")
  func service() throws {
    try desk.done(
      "record", "authority.granted", "-s", "person/bo@example.org", "level=6", "contexts=production",
      "contexts=development")
    try desk.done("person", "link", "--service", "ci@example.org", "--owner", "bo@example.org")
    let run = try record(
      "release.scope.changed", "-s", "release/payments-api/1.0", "class=standard", "reason=r", "--actor",
      "ci@example.org")
    #expect(run.status == 77 && run.remarks.contains("makes rules ask less by this"), "\(run.remarks)")
  }

  @Test("a refusal of what a command makes itself names no line")
  func noLines() throws {
    try desk.done("person", "name", "ana@example.org", "Ana")
    try desk.done(
      "record", "authority.granted", "-s", "person/bo@example.org", "level=3", "contexts=production")
    let run = try desk.relm(
      "person", "erase", "ana@example.org", "--ground", "g", "--actor", "bo@example.org")
    #expect(run.status == 77 && !run.remarks.contains("line "), "\(run.remarks)")
  }

  @Test("people whose file is missing from the vault are listed with their authority")
  func missingFile() throws {
    try desk.done(
      "record", "authority.granted", "-s", "person/bo@example.org", "level=5", "contexts=production")
    let people = try desk.done("person", "--format", "csv").split(separator: "\r\n").dropFirst()
    let bo = try #require(
      people.first { $0.contains("bo@example.org") }?.split(separator: ",").last.map(String.init))
    try FileManager.default.removeItem(
      atPath: desk.path(".relm/vault/people/\(bo.dropFirst("person:".count)).json"))
    let listed = try desk.done("person")
    #expect(listed.contains(bo) && listed.contains("not in the vault") && listed.contains("level 5"))
  }

  @Test("a receipt for people shows characters that turn the direction of writing round as their numbers")
  func hidden() throws {
    let run = try record("release.planned", "-s", "release/web/1.0\u{202E}9.9", "class=normal")
    #expect(run.text.contains(#"1.0\u{202E}9.9"#) && !run.text.unicodeScalars.contains("\u{202E}"))
  }
}
