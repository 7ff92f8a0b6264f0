import Foundation
import RelmDomain
import Testing

@Suite("relm gate")
struct GateTests {
  private let desk: Desk

  init() throws { desk = try Desk.withDeployments() }

  /// Asks whether a release may go to `prod`.
  private func gate(_ release: String, _ words: String..., to environment: String = "prod") throws -> Desk.Run {
    try desk.run(Desk.program, ["gate", release, "--to", environment] + words)
  }

  /// Where the decision stands that an answer in JSON names.
  private func position(_ run: Desk.Run) throws -> Int {
    try #require(try Desk.object(run.text)["position"] as? Int)
  }

  /// Every decision that is recorded: where it stands, and how many records it rests on.
  private func decisions() throws -> [(position: Int, judged: Int)] {
    try desk.done("log", "--type", "gate.decided", "--format", "ndjson").split(separator: "\n").map { line in
      let record = try Desk.object(String(line))
      let data = try #require((record["event"] as? [String: Any])?["data"] as? [String: Any])
      return (try #require(record["position"] as? Int), try #require(data["judged"] as? Int))
    }
  }

  // MARK: Answers

  @Test("an open gate exits 0, says until when, and is recorded")
  func open() throws {
    let run = try gate("web/2.0")
    #expect(run.status == 0)
    #expect(
      run.text.contains(
        /^gate open: release\/web\/2\.0 to prod, until [-0-9]{10}T[:0-9]{8}Z, recorded at 12\n  every one of 2 rules holds\n$/
      ),
      "\(run.text)")
    #expect(run.remarks.isEmpty)
    #expect(try desk.size() == 13)
  }

  @Test("a closed gate exits 1 with the rules that do not hold, and is recorded as well")
  func closed() throws {
    let run = try gate("release/web/2.1", to: "environment/prod")
    #expect(run.status == 1)
    #expect(
      run.text == """
        gate closed: release/web/2.1 to prod, recorded at 12
          VIOLATED designed: the design is missing

        """)
    #expect(try desk.size() == 13)
  }

  @Test("--explain tells what every rule came to, and the events that it rests on")
  func explain() throws {
    let run = try gate("web/2.0", "--explain")
    let lines = run.lines.map { $0.replacing(/[-0-9]{10}T[:0-9]{8}Z/, with: "TIME") }
    #expect(
      lines.dropFirst() == [
        "  SATISFIED planned: the plan is there", "      4 release.planned TIME by ana@example.org",
        "  SATISFIED designed: the design is there", "      5 release.designed TIME by ana@example.org",
      ])
    #expect(run.remarks.isEmpty)
  }

  @Test("a pipeline is answered with the decision as it is recorded, and with where")
  func json() throws {
    let answer = try Desk.object(try gate("web/2.1", "--format", "json").text)
    #expect(answer["release"] as? String == "release/web/2.1" && answer["position"] as? Int == 12)
    let decision = try #require(answer["decision"] as? [String: Any])
    #expect(decision["outcome"] as? String == "closed" && decision["judged"] as? Int == 12)
    let kept = try Desk.object(try desk.done("show", "12", "--format", "json"))
    let data = try #require((kept["event"] as? [String: Any])?["data"] as? [String: Any])
    #expect(NSDictionary(dictionary: decision) == NSDictionary(dictionary: data))
    let csv = try gate("web/2.1", "--format", "csv")
    #expect(csv.status == 1)
    #expect(
      csv.text.hasPrefix("policy,rule,outcome,reason,positions\r\np,planned,satisfied,the plan is there,8\r\n"))
  }

  @Test("without a policy nothing goes to production, and to development everything that is known")
  func ungoverned() throws {
    try desk.record("policy.retired", "policy/p", "reason=too much work")
    let production = try gate("web/2.0")
    #expect(production.status == 1)
    #expect(production.text.contains("no policy is in force for production there"))
    #expect(try gate("web/2.0", to: "staging").status == 0)
  }

  @Test("what nothing is recorded about opens no gate, and nothing is recorded about it")
  func unknown() throws {
    for environment in ["prod", "staging"] {
      let run = try gate("web/2.11", to: environment)
      #expect(run.status == 66 && run.output.isEmpty)
      #expect(run.remarks.contains("did you mean web/2.1?"), "\(run.remarks)")
    }
    #expect(try gate("web").status == 64)
    #expect(try desk.size() == 12)
    // An environment may be there without being known; it is production until it is said otherwise.
    let elsewhere = try gate("web/2.1", to: "prd")
    #expect(elsewhere.status == 1)
    #expect(
      elsewhere.remarks.hasPrefix(
        "nothing is recorded about the environment 'prd'; it is judged as production. Did you mean 'prod'?\n"))
  }

  @Test(
    "a dry run judges and records nothing, also as of a moment that is past; nothing is decided in the past")
  func dryRun() throws {
    let run = try gate("web/2.0", "--dry-run")
    #expect(run.status == 0 && run.text.contains(", not recorded\n"))
    #expect(try gate("web/2.0", "--dry-run", "--at", "4").status == 1)
    #expect(try gate("web/2.0", "--at", "4").status == 64)
    #expect(try desk.size() == 12)
  }

  // MARK: Asking again

  @Test("the same id is the same decision as long as it would come out the same, and nothing is appended")
  func sameID() throws {
    let first = try position(gate("web/2.0", "--id", "job-1", "--format", "json"))
    try desk.record("activity.recorded", "release/web/2.0", "activity=Warmed the cache")
    let size = try desk.size()
    let again = try gate("web/2.0", "--id", "job-1", "--format", "json")
    #expect(try again.status == 0 && position(again) == first)
    #expect(try gate("web/2.0", "--id", "job-1").text.contains(", as recorded at \(first)\n"))
    #expect(try desk.size() == size)
    let other = try gate("web/2.1", "--id", "job-1")
    #expect(other.status == 65 && other.output.isEmpty)
    #expect(other.remarks.contains("is that of position \(first)"), "\(other.remarks)")
    #expect(try gate("web/2.0", "--id", "job-1", to: "staging").status == 65)
    #expect(try desk.size() == size)
  }

  @Test("a closed decision is judged anew under its id, and the answer tells both")
  func closedID() throws {
    let first = try position(gate("web/2.1", "--id", "job-1", "--format", "json"))
    #expect(try position(gate("web/2.1", "--id", "job-1", "--format", "json")) == first)
    try desk.record("release.designed", "release/web/2.1", "strategy=canary", "takeBack=rollBack")
    let again = try gate("web/2.1", "--id", "job-1")
    #expect(again.status == 0, "\(again.text)")
    #expect(again.text.contains("it was decided otherwise at \(first)"))
    #expect(again.text.contains("designed was violated, and is satisfied: the design is there"))
    #expect(try gate("web/2.1", "--id", "job-1").text.contains("as recorded at"))
    #expect(try decisions().count == 2)
  }

  @Test("without an id the last decision is the answer while nothing else was recorded")
  func again() throws {
    let first = try position(gate("web/2.0", "--format", "json"))
    #expect(try position(gate("web/2.0", "--format", "json")) == first)
    #expect(try position(gate("web/2.1", "--format", "json")) == first + 1)
    #expect(try position(gate("web/2.0", "--format", "json")) == first + 2)
  }

  @Test("an expired decision is no answer any more: it is decided anew, which the answer tells")
  func expired() throws {
    try desk.adopt("planned", version: 2, more: #","gateValidity":"PT1S""#)
    let first = try gate("web/2.0", "--id", "job-1", "--format", "json")
    let decision = try #require(try Desk.object(first.text)["decision"] as? [String: Any])
    #expect(decision["ends"] as? String == "policy p lets a gate stay open for PT1S")
    let until = try #require((decision["until"] as? String).flatMap { Instant($0) })
    let last = Date(timeIntervalSince1970: Double(until.microseconds) / 1_000_000)
    while Date() <= last { Thread.sleep(until: last) }
    let late = try Desk.object(gate("web/2.0", "--id", "job-1", "--format", "json").text)
    let renewed = try #require(late["decision"] as? [String: Any])
    #expect(try renewed["earlier"] as? Int == position(first))
    #expect(try decisions().count == 2)
  }

  /// Whether a job that asks again is let through, and what it is told.
  private func again(_ id: String = "job-1", _ change: () throws -> Void) throws -> Desk.Run {
    #expect(try gate("web/2.0", "--id", id).status == 0)
    try change()
    return try gate("web/2.0", "--id", id)
  }

  @Test("a recorded yes is no answer once a freeze has begun, and what has begun is told and recorded")
  func frozenSince() throws {
    try desk.adopt("not-frozen", version: 2)
    let run = try again {
      try desk.record(
        "freeze.declared", "environment/prod", "freeze=night", "from=2020-01-01T00:00:00Z",
        "until=\(Desk.soon)",
        "reason=it is late")
    }
    #expect(run.status == 1 && run.text.contains("freeze night has begun"), "\(run.text)")
    let decision = try #require(
      try Desk.object(gate("web/2.0", "--id", "job-1", "--format", "json").text)["decision"])
    let reason = try #require((decision as? [String: Any])?["reason"] as? String)
    #expect(reason.contains("it was open; since then: freeze night has begun"), "\(reason)")
    #expect(run.remarks.contains("relm record freeze.lifted --subject environment/prod"))
  }

  @Test(
    "… nor once a stricter policy is adopted, and every rule against it is told with the command that helps")
  func stricterSince() throws {
    let run = try again { try desk.adopt("tested", version: 2) }
    #expect(run.status == 1 && run.text.contains("policy p version 2"), "\(run.text)")
    #expect(run.remarks.contains("relm record test.finished --subject release/web/2.0"))
  }

  @Test("… and a change of scope or of the artifacts is decided anew under the same id")
  func changedSince() throws {
    let run = try again {
      try desk.record("release.scope.changed", "release/web/2.0", "purpose=more", "reason=asked for")
    }
    #expect(run.status == 0 && run.text.contains("the scope was changed at position"), "\(run.text)")
  }

  @Test("what is recorded again under its id is told not to count any more, where that is so")
  func lapsedDuplicate() throws {
    func note() throws -> Desk.Run {
      try desk.run(
        Desk.program,
        ["record", "activity.recorded", "-s", "release/web/2.0", "activity=Warmed the cache", "--id", "note-1"])
    }
    let first = try #require(try note().text.split(separator: " ").first)
    #expect(try note().remarks.isEmpty)
    let annulment = try desk.record("event.annulled", "ledger", "position=\(first)", "reason=not so")
    let again = try note()
    #expect(again.status == 0 && again.text.contains("duplicate"))
    #expect(again.remarks.contains("is annulled since, at position \(annulment)"), "\(again.remarks)")
  }

  @Test("an override opens the gate loudly, as often as it is asked, until a deployment uses it up")
  func breakGlass() throws {
    let override = try desk.record(
      "override.declared", "release/web/2.1", "rules=designed", "environment=prod", "reason=Payments are down",
      "until=\(Desk.soon)")
    for words in [["--format", "json"], [], ["--explain"]] {
      let run = try desk.run(Desk.program, ["gate", "web/2.1", "--to", "prod"] + words)
      #expect(run.status == 0)
      #expect(
        run.remarks.contains(
          "OVERRIDDEN: opened by the override at position \(override), which is to be ratified and reviewed"))
    }
    let open = try gate("web/2.1")
    #expect(open.text.contains("OVERRIDDEN designed: "))
    #expect(open.text.contains("1 of 2 rules hold, 1 overridden: designed"), "\(open.text)")
    #expect(open.text.contains(", when the override at position \(override) ends, as recorded"), "\(open.text)")
    #expect(try desk.done("timeline", "web/2.1").contains("1 of 2 rules hold, 1 overridden: designed"))
    #expect(try decisions().count == 1)
    #expect(try !desk.done("state", "approvals").contains("used, NOT RATIFIED"))
    let kinds = try desk.relm("obligations", "--format", "csv").text
    #expect(kinds.contains("overrideRatification") && kinds.contains("overrideReview"))

    try desk.record("deployment.started", "release/web/2.1", "deployment=d-9", "environment=prod")
    #expect(try desk.done("state", "approvals").contains("used, NOT RATIFIED"))
    let spent = try gate("web/2.1")
    #expect(spent.status == 1 && !spent.remarks.contains("OVERRIDDEN"))
  }

  @Test(
    "of many gates at once every decision rests on all that stands before it, and under one id there is one")
  func race() throws {
    let script = """
      ask() { "$0" gate "$1" --to prod --id "$2" > /dev/null 2>&1; test $? = "$3" || echo "$1 $2 is not $3"; }
      for round in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        ask web/2.0 "a-$round" 0 & ask web/2.1 "b-$round" 1 & wait
      done
      for round in 1 2 3 4 5; do ask web/2.0 "c-$round" 0 & ask web/2.0 "c-$round" 0 & wait; done
      """
    // Not sh: dash waits for a signal that Foundation leaves blocked in its children.
    let run = try desk.run("bash", ["-c", script, Desk.program])
    #expect(run.text == "" && run.status == 0)
    let decisions = try decisions()
    #expect(decisions.count == 45)
    #expect(decisions.allSatisfy { $0.position == $0.judged }, "\(decisions)")
  }

  @Test("types that are the gate's own are recorded by no other command")
  func ownVerb() throws {
    let run = try desk.relm("record", "gate.decided", "-s", "release/web/2.0", "environment=x")
    #expect(run.status != 0 && run.remarks.contains("relm gate"))
  }
}
