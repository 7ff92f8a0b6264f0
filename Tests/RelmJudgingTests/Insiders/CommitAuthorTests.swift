import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("Who wrote a commit")
struct CommitAuthorTests {
  private let world: World
  private static let rule = #"{"rule":"approved","separate":["author"]}"#

  init() throws {
    world = try World()
    try world.grant(World.bo, level: 5)
    try world.known(World.bo)
    try world.known(World.cyd)
  }

  private func plan(_ subject: String = World.release, commits: String) throws {
    try world.given("release.planned", subject, #"{"class":"normal","commits":[\#(commits)]}"#)
  }

  private func begin() throws -> RuleOutcome {
    let plan = try #require(world.views.release("payments-api", "1.0")?.plan?.scope.position.value)
    try world.given(
      "approval.given", World.release,
      #"{"scope":"deployment","plan":\#(plan),"digests":["\#(World.digest)"]}"#, by: World.bo)
    try world.begin()
    return try world.finding(Self.rule).outcome
  }

  @Test("whoever another release names as the author of a commit approves no release with it")
  func elsewhere() throws {
    try plan("release/payments-api/0.9", commits: #"{"id":"c-1","authors":["\#(World.bo.text)"]}"#)
    try plan(commits: #"{"id":"c-1","authors":["\#(World.cyd.text)"]}"#)
    #expect(try begin() == .violated)
  }

  @Test("… of whichever package, and whether its plan or its build says so")
  func otherPackage() throws {
    try world.given("build.started", "release/library/3", #"{"build":"b"}"#)
    try world.given(
      "build.finished", "release/library/3",
      #"{"build":"b","outcome":"succeeded","commits":[{"id":"c-1","authors":["\#(World.bo.text)"]}]}"#)
    try plan(commits: #"{"id":"c-1","authors":["\#(World.cyd.text)"]}"#)
    #expect(try begin() == .violated)
  }

  @Test("an author who is named elsewhere does not stand for one whom the release leaves out")
  func notLoosening() throws {
    try plan("release/payments-api/0.9", commits: #"{"id":"c-1","authors":["\#(World.cyd.text)"]}"#)
    try plan(commits: #"{"id":"c-1"}"#)
    #expect(try begin() == .violated)
  }

  @Test("another commit's author may approve it, and so may one who is named only later")
  func others() throws {
    try plan("release/payments-api/0.9", commits: #"{"id":"c-2","authors":["\#(World.bo.text)"]}"#)
    try plan(commits: #"{"id":"c-1","authors":["\#(World.cyd.text)"]}"#)
    #expect(try begin() == .satisfied)
    try plan("release/payments-api/1.1", commits: #"{"id":"c-1","authors":["\#(World.bo.text)"]}"#)
    #expect(try world.finding(Self.rule).outcome == .satisfied)
  }

  @Test("the report says the same, and looks at no more than is said of the release's own commits")
  func report() throws {
    try world.given(
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"1","title":"t","context":"production","rules":[\#(Self.rule)]}}"#)
    try plan("release/payments-api/0.9", commits: #"{"id":"c-1","authors":["\#(World.bo.text)"]}"#)
    for number in 0..<200 {
      try plan("release/other/\(number)", commits: #"{"id":"o-\#(number)","authors":["\#(World.bo.text)"]}"#)
    }
    try plan(commits: #"{"id":"c-1","authors":["\#(World.cyd.text)"]}"#)
    _ = try begin()
    let before = world.lookedUp
    #expect(try world.report().first?.findings.first?.outcome == .violated)
    #expect(world.lookedUp - before < 100)
  }

  @Test("she waives nothing for it, and undoes nothing of it")
  func hands() throws {
    try world.grant(World.bo, level: 6)
    try plan("release/payments-api/0.9", commits: #"{"id":"c-1","authors":["\#(World.bo.text)"]}"#)
    try plan(commits: #"{"id":"c-1","authors":["\#(World.cyd.text)"]}"#)
    let until = world.now.after(days: 1).rfc3339Milliseconds
    try world.given(
      "waiver.granted", World.release,
      #"{"waiver":"w","rule":"designed","reason":"r","control":"c","until":"\#(until)"}"#, by: World.bo)
    let start = try world.begin()
    #expect(try world.finding(#"{"rule":"designed"}"#).outcome == .violated)
    try world.given(
      "event.annulled", "ledger", #"{"position":\#(start.value),"reason":"r"}"#, by: World.bo)
    #expect(try world.report().first?.annulled?.independent == false)
  }
}
