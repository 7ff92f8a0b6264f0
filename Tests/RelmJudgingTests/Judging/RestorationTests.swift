import RelmDomain
import RelmJudging
import RelmProof
import RelmRules
import RelmTestWorld
import RelmViews
import Testing

/// What a rollback puts in the place of what it undoes.
@Suite("Rollbacks that restore")
struct RestorationTests {
  let world: World
  private static let older = "release/payments-api/0.9"
  private static let place = #""environment":"production/eu""#

  init() throws {
    world = try World()
    try world.given(
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"1","title":"t","context":"production","rules":[{"rule":"planned"}]}}"#)
    try world.given("release.planned", World.release, #"{"class":"normal"}"#)
  }

  /// A version is deployed, and ends well.
  private func deploy(_ deployment: String, of release: String = World.release, digest: String? = nil) throws {
    let digests = digest.map { #","digests":["\#($0)"]"# } ?? ""
    try world.given(
      "deployment.started", release, #"{"deployment":"\#(deployment)",\#(Self.place)\#(digests)}"#)
    try world.given(
      "deployment.finished", release,
      #"{"deployment":"\#(deployment)",\#(Self.place),"outcome":"succeeded"}"#)
  }

  @discardableResult
  private func rollBack(_ more: String, by person: PersonID = World.dee) throws -> Position {
    try world.given(
      "deployment.rolledback", World.release, #"{"deployment":"d-1",\#(Self.place)\#(more)}"#, by: person)
  }

  private func told() throws -> [ComplianceReport.Attempt] { try world.report() }

  @Test("what was never deployed there and is restored is judged as deployed by the rollback, by whom that was")
  func neverDeployed() throws {
    try deploy("d-1")
    let rollback = try rollBack(#","restores":"0.9""#)
    let restored = try #require(try told().last)
    #expect(try told().count == 2 && restored.position == rollback && restored.restored == true)
    #expect(restored.release == Self.older && restored.by == World.dee && restored.outcome == .succeeded)
    #expect(restored.findings.map(\.outcome) == [.violated])
  }

  @Test("what ran there before is only gone back to")
  func ranBefore() throws {
    try deploy("d-0", of: Self.older, digest: World.digest)
    try deploy("d-1")
    try rollBack(#","restores":"0.9","restoresDigests":["\#(World.digest)"]"#)
    #expect(try told().allSatisfy { $0.restored == nil } && told().count == 2)
  }

  @Test(
    "what ran there before is the same by another of its digests, unless that was said to be one only since",
    arguments: [false, true])
  func ranBeforeByAnotherDigest(isSaidSince: Bool) throws {
    let long = "sha512:" + String(repeating: "0a", count: 64)
    func publish() throws {
      try world.given(
        "package.published", Self.older, #"{"digest":"\#(World.digest)","digests":["\#(long)"]}"#)
    }
    if !isSaidSince { try publish() }
    try deploy("d-0", of: Self.older, digest: World.digest)
    if isSaidSince { try publish() }
    try deploy("d-1")
    try rollBack(#","restores":"0.9","restoresDigests":["\#(long)"]"#)
    #expect(try told().contains { $0.restored == true } == isSaidSince)
  }

  @Test(
    "what ran elsewhere, failed, was annulled, came to run with other contents or was withdrawn since is put there anew",
    arguments: ["elsewhere", "failed", "annulled", "otherContents", "withdrawn", "later"])
  func isAnother(how: String) throws {
    let place = how == "elsewhere" ? #""environment":"production/us""# : Self.place
    func deployOlder() throws {
      try world.given("deployment.started", Self.older, #"{"deployment":"d-0",\#(place)}"#)
      try world.given(
        "deployment.finished", Self.older,
        #"{"deployment":"d-0",\#(place),"outcome":"\#(how == "failed" ? "failed" : "succeeded")"}"#)
    }
    if how != "later" { try deployOlder() }
    if how == "annulled" {
      let end = world.events.count - 1
      for position in [end, end - 1] {
        try world.given("event.annulled", "ledger", #"{"position":\#(position),"reason":"r"}"#)
      }
    }
    if how == "withdrawn" {
      try world.given("release.withdrawn", Self.older, #"{"reason":"it loses data"}"#)
    }
    try deploy("d-1")
    let contents = how == "otherContents" ? #","restoresDigests":["\#(World.otherDigest)"]"# : ""
    try rollBack(#","restores":"0.9"\#(contents)"#)
    if how == "later" { try deployOlder() }
    #expect(try told().contains { $0.restored == true && $0.release == Self.older })
  }

  @Test(
    "a rollback that names nothing brings back what ran before: that is judged anew where it was withdrawn or refused since",
    arguments: ["release.withdrawn", "approval.refused", "release.superseded"])
  func goesBack(to ending: String) throws {
    try world.given("release.planned", Self.older, #"{"class":"normal"}"#)
    try deploy("d-0", of: Self.older, digest: World.digest)
    try deploy("d-1")
    let plan = try #require(try world.views.release("payments-api", "0.9")?.plan?.scope.position.value)
    let data = [
      "release.withdrawn": #"{"reason":"it loses data"}"#,
      "approval.refused": #"{"scope":"release","reason":"it loses data","plan":\#(plan)}"#,
      "release.superseded": #"{"by":"release/payments-api/1.0"}"#,
    ]
    try world.given(ending, Self.older, #require(data[ending]))
    let rollback = try rollBack("")
    let restored = try told().first { $0.position == rollback }
    #expect((restored == nil) == (ending == "release.superseded"))
    guard let restored else { return }
    #expect(restored.release == Self.older && restored.digests.map(\.text) == [World.digest])
    #expect(restored.unreleasable?.outcome == .violated)
    let question = ComplianceQuestion(package: "payments-api", version: "0.9")
    #expect(try world.report(nil, at: nil, question).map(\.position).contains(rollback))
  }

  @Test("… and where it had come there by a rollback only, and was never deployed")
  func goesBackTwice() throws {
    try deploy("d-1")
    try rollBack(#","restores":"0.9""#)
    try deploy("d-2", of: "release/payments-api/1.1")
    let second = try world.given(
      "deployment.rolledback", "release/payments-api/1.1", #"{"deployment":"d-2",\#(Self.place)}"#)
    #expect(try told().contains { $0.position == second && $0.release == Self.older })
  }

  @Test("what was itself rolled back there is put there anew, and does not come back unasked")
  func forwardAgain() throws {
    try world.given("release.planned", Self.older, #"{"class":"normal"}"#)
    try deploy("d-0", of: Self.older)
    try deploy("d-1")
    try rollBack("")
    #expect(try told().count == 2)
    let back = try world.given(
      "deployment.rolledback", Self.older, #"{"deployment":"d-0",\#(Self.place),"restores":"1.0"}"#)
    #expect(try told().last?.position == back && told().last?.restored == true)
  }

  @Test("a rollback of what does not run brings nothing back")
  func undoesNothing() throws {
    try deploy("d-0", of: Self.older)
    try world.given("release.withdrawn", Self.older, #"{"reason":"r"}"#)
    try world.given("deployment.started", World.release, #"{"deployment":"d-1",\#(Self.place)}"#)
    let rollback = try rollBack("")
    #expect(try !told().contains { $0.position == rollback })
  }

  @Test("a rollback that is annulled has restored all the same, and says who annulled it")
  func annulled() throws {
    try deploy("d-1")
    let rollback = try rollBack(#","restores":"0.9""#)
    try world.grant(World.cyd, level: 6)
    try world.given(
      "event.annulled", "ledger", #"{"position":\#(rollback.value),"reason":"r"}"#, by: World.cyd)
    let restored = try #require(try told().first { $0.position == rollback })
    #expect(restored.annulled?.by == World.cyd && restored.annulled?.independent == true)
  }

  @Test("only what names a version can name its contents, and only in the place of a deployment that is known")
  func refused() throws {
    let contents = #"{"deployment":"d-1",\#(Self.place),"restoresDigests":["\#(World.digest)"]}"#
    try deploy("d-1")
    #expect(try world.when("deployment.rolledback", World.release, contents) != nil)
    let unknown = #"{"deployment":"d-9",\#(Self.place),"restores":"0.9","backfilled":true}"#
    #expect(try world.when("deployment.rolledback", World.release, unknown) != nil)
  }

  @Test(
    "a version never comes back in its own place with the contents that it had, by whichever of their digests")
  func itself() throws {
    let long = "sha512:" + String(repeating: "0a", count: 64)
    try world.given(
      "package.published", World.release, #"{"digest":"\#(World.digest)","digests":["\#(long)"]}"#)
    try deploy("d-1", digest: World.digest)
    func refusal(_ more: String) throws -> Refusal? {
      try world.when(
        "deployment.rolledback", World.release, #"{"deployment":"d-1",\#(Self.place),"restores":"1.0"\#(more)}"#
      )
    }
    for contents in ["", #","restoresDigests":["\#(World.digest)"]"#, #","restoresDigests":["\#(long)"]"#] {
      #expect(try refusal(contents)?.reason.contains("cannot come back in its own place") == true)
    }
    #expect(try refusal(#","restoresDigests":["\#(World.otherDigest)"]"#) == nil)
  }

  @Test("… and of what an older program took of that nothing is asked less")
  func itselfBefore() throws {
    try deploy("d-1", digest: World.digest)
    let rule = #"{"rule":"reconciled","within":"PT1H"}"#
    try world.smuggled(
      "deployment.rolledback", World.release, #"{"deployment":"d-1",\#(Self.place),"restores":"1.0"}"#,
      by: World.dee)
    world.advance(days: 1)
    #expect(try world.finding(rule).outcome == .overdue)
    #expect(try told().count == 1 && told()[0].undone == nil)
  }

  @Test("a report of the restored release alone has it")
  func ofRelease() throws {
    try deploy("d-1")
    let rollback = try rollBack(#","restores":"0.9""#)
    let question = ComplianceQuestion(package: "payments-api", version: "0.9")
    #expect(try world.report(nil, at: nil, question).map(\.position) == [rollback])
  }

  @Test("what a stranger says ran before there was a ledger is no way back, unless its history is accepted")
  func inventedHistory() throws {
    let before = world.events[0].recorded.after(days: -30).rfc3339Milliseconds
    func old(_ deployment: String, by person: PersonID) throws {
      try world.given(
        "deployment.finished", Self.older,
        #"{"deployment":"\#(deployment)",\#(Self.place),"outcome":"succeeded","backfilled":true}"#, by: person,
        time: before)
    }
    try old("d-0", by: World.person(70))
    try deploy("d-1")
    let rollback = try rollBack(#","restores":"0.9""#)
    #expect(try told().last?.position == rollback)
    try world.given("history.accepted", "ledger", #"{"source":"/test","reason":"r"}"#)
    #expect(try told().allSatisfy { $0.restored == nil })
  }

  @Test("what somebody with standing says ran before there was a ledger is a way back")
  func toldHistory() throws {
    try world.given(
      "deployment.finished", Self.older,
      #"{"deployment":"d-0",\#(Self.place),"outcome":"succeeded","backfilled":true}"#,
      time: world.events[0].recorded.after(days: -30).rfc3339Milliseconds)
    try deploy("d-1")
    try rollBack(#","restores":"0.9""#)
    #expect(try told().allSatisfy { $0.restored == nil })
  }
}
