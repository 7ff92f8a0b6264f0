import RelmDomain
import RelmProjections
import RelmProof
import RelmRules
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

  @Test("a report of the restored release alone has it")
  func ofRelease() throws {
    try deploy("d-1")
    let rollback = try rollBack(#","restores":"0.9""#)
    let question = ComplianceQuestion(package: "payments-api", version: "0.9")
    #expect(try world.report(nil, at: nil, question).map(\.position) == [rollback])
  }
}
