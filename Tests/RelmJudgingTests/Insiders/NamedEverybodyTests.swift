import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// Whoever is named as the author of a commit is that, whoever says so; and there is always somebody who can be asked who is not.
@Suite("Everybody with authority is named as an author")
struct NamedEverybodyTests {
  private let world: World
  private static let eve = World.person(5)
  private let junk: Position

  init() throws {
    world = try World()
    try world.grant(World.bo, level: 5)
    for person in [World.ana, World.bo, World.cyd] { try world.known(person) }
    try world.given("person.linked", "person/\(World.person(99).uuid.text)", #"{"kind":"human"}"#)
    try world.given(
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"1","title":"t","context":"production","rules":[{"rule":"approved","separate":["author"]}]}}"#
    )
    try world.given(
      "release.planned", World.release,
      #"{"class":"normal","commits":[{"id":"c-1","authors":["\#(World.cyd.text)"]}]}"#)
    let everybody = [World.ana, World.bo, World.person(99)].map { "\"\($0.text)\"" }.joined(separator: ",")
    junk = try world.given(
      "release.planned", "release/junk/1",
      #"{"class":"normal","commits":[{"id":"c-1","authors":[\#(everybody)]}]}"#, by: World.dee)
  }

  private func approve() throws {
    let plan = try #require(world.views.release("payments-api", "1.0")?.plan?.scope.position.value)
    try world.given(
      "approval.given", World.release, #"{"scope":"deployment","plan":\#(plan)}"#, by: World.bo)
  }

  private func gate() throws -> GateDecided { try verdict().decided }

  private func verdict() throws -> Gate.Verdict {
    try Gate.judge(
      package: "payments-api", version: "1.0", environment: World.environment,
      events: world.counting(of: world.events.count).filter {
        $0.subject == .release(package: "payments-api", version: "1.0")
      }, given: world.views, size: world.events.count, at: world.now)
  }

  private var annulment: String { #"{"position":\#(junk.value),"reason":"invented"}"# }

  @Test("nobody of them annuls that, and the refusal says that somebody else is granted the level, and how")
  func refused() throws {
    for person in [World.ana, World.person(99)] {
      let refusal = try world.when("event.annulled", "ledger", annulment, by: person)
      #expect(refusal?.code == .notAuthorised)
      #expect(refusal?.advice.contains("grant level 6 to somebody who is none of those") == true)
      #expect(
        refusal?.advice.contains("relm record authority.granted --subject person/ACCOUNT level=6") == true)
    }
  }

  @Test("the gate says it as well, of approvals that do not count")
  func told() throws {
    try approve()
    let decision = try gate()
    #expect(decision.outcome == .closed)
    #expect(decision.reason.contains("is by the author, as would be one by any other who has level 5"))
    let commands = try verdict().remedies.map(\.command)
    #expect(
      commands.contains { $0.hasPrefix("relm record authority.granted --subject person/ACCOUNT level=5") })
  }

  @Test("who is granted level 6 and was not named annuls it, and then the approvals count")
  func wayOut() throws {
    try approve()
    #expect(try gate().outcome == .closed)
    try world.grant(Self.eve, level: 6)
    try world.given("event.annulled", "ledger", annulment, by: Self.eve)
    #expect(try gate().outcome == .open)
  }

  @Test("… or approves it, with level 5")
  func another() throws {
    try world.grant(Self.eve, level: 5)
    try world.known(Self.eve)
    let plan = try #require(world.views.release("payments-api", "1.0")?.plan?.scope.position.value)
    try world.given(
      "approval.given", World.release, #"{"scope":"deployment","plan":\#(plan)}"#, by: Self.eve)
    #expect(try gate().outcome == .open)
  }
}
