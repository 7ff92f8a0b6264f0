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

  @Test("the same id is the same decision, whatever was recorded since, and nothing is appended")
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

  @Test("a closed decision is the answer under its id as well, and that it may be old is said")
  func closedID() throws {
    #expect(try gate("web/2.1", "--id", "job-1").status == 1)
    try desk.record("release.designed", "release/web/2.1", "strategy=canary", "takeBack=rollBack")
    let again = try gate("web/2.1", "--id", "job-1")
    #expect(again.status == 1 && again.remarks.contains("ask under another --id"))
    #expect(try gate("web/2.1", "--id", "job-2").status == 0)
  }

  @Test("without an id the last decision is the answer while nothing else was recorded")
  func again() throws {
    let first = try position(gate("web/2.0", "--format", "json"))
    #expect(try position(gate("web/2.0", "--format", "json")) == first)
    #expect(try position(gate("web/2.1", "--format", "json")) == first + 1)
    #expect(try position(gate("web/2.0", "--format", "json")) == first + 2)
  }

  @Test("an expired decision is no answer any more")
  func expired() throws {
    try desk.adopt("planned", version: 2, more: #","gateValidity":"PT1S""#)
    let first = try gate("web/2.0", "--id", "job-1", "--format", "json")
    let decision = try #require(try Desk.object(first.text)["decision"] as? [String: Any])
    let until = try #require((decision["until"] as? String).flatMap { Instant($0) })
    let last = Date(timeIntervalSince1970: Double(until.microseconds) / 1_000_000)
    while Date() <= last { Thread.sleep(until: last) }
    let late = try gate("web/2.0", "--id", "job-1")
    #expect(late.status == 1 && late.output.isEmpty)
    #expect(late.remarks.contains("has expired"), "\(late.remarks)")
    #expect(try position(gate("web/2.0", "--format", "json")) == position(first) + 1)
  }

  @Test(
    "a decision about what was changed since, or after which the gate closed, is no answer")
  func overtaken() throws {
    let first = try position(gate("web/2.0", "--id", "job-1", "--format", "json"))
    try desk.record("release.scope.changed", "release/web/2.0", "purpose=more", "reason=asked for")
    let changed = try gate("web/2.0", "--id", "job-1")
    #expect(changed.status == 1 && changed.remarks.contains("scope that was changed"), "\(changed.remarks)")

    let second = try position(gate("web/2.0", "--id", "job-2", "--format", "json"))
    try desk.adopt("tested", version: 2)
    #expect(try gate("web/2.0", "--id", "job-3").status == 1)
    let closed = try gate("web/2.0", "--id", "job-2")
    #expect(closed.status == 1 && closed.remarks.contains("was overtaken by"), "\(closed.remarks)")
    #expect(first < second)
  }

  @Test("an override opens the gate loudly, as often as it is asked, until a deployment uses it up")
  func breakGlass() throws {
    let override = try desk.record(
      "override.declared", "release/web/2.1", "rules=designed", "environment=prod", "reason=Payments are down",
      "until=2999-01-01T00:00:00Z")
    for words in [["--format", "json"], [], ["--explain"]] {
      let run = try desk.run(Desk.program, ["gate", "web/2.1", "--to", "prod"] + words)
      #expect(run.status == 0)
      #expect(
        run.remarks.contains(
          "OVERRIDDEN: opened by the override at position \(override), which is to be ratified and reviewed\n"))
    }
    #expect(try gate("web/2.1").text.contains("OVERRIDDEN designed: "))
    #expect(try decisions().count == 1)
    #expect(try desk.done("state", "approvals").contains("used, NOT RATIFIED"))
    let kinds = try desk.relm("obligations", "--format", "csv").text
    #expect(kinds.contains("overrideRatification") && kinds.contains("overrideReview"))

    try desk.record("deployment.started", "release/web/2.1", "deployment=d-9", "environment=prod")
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
