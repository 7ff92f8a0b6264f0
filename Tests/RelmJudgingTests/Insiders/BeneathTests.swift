import RelmDomain
import RelmProof
import RelmTestWorld
import Testing

/// What somebody takes away beneath what stands against them.
@Suite("What rests on what is annulled")
struct BeneathTests {
  private let world: World
  private let plan: Position
  /// Two who had no hand in the release.
  private static let (eve, uma) = (World.person(50), World.person(51))

  init() throws {
    world = try World()
    try world.grant(World.bo, level: 5)
    for person in [Self.eve, Self.uma] { try world.grant(person, level: 6) }
    plan = try world.built()
  }

  private func annulling(_ position: Position, by person: PersonID) throws -> Refusal? {
    try world.when("event.annulled", "ledger", #"{"position":\#(position.value),"reason":"r"}"#, by: person)
  }

  @Test("a refusal does not go with its request, but by who might annul the refusal itself")
  func request() throws {
    let request = try world.given(
      "authorisation.requested", World.release,
      #"{"authorisation":"a","activity":"deploy","reason":"r","of":"\#(Self.eve.text)","plan":\#(plan.value),"digests":["\#(World.digest)"]}"#,
      by: World.dee)
    #expect(try annulling(request, by: World.bo) == nil, "nothing rests on it yet")
    let refusal = try world.given(
      "authorisation.refused", World.release, #"{"authorisation":"a","reason":"no"}"#, by: Self.eve)
    #expect(try annulling(request, by: World.bo)?.reason.contains("level 6") == true)
    let barred = try annulling(request, by: Self.eve)
    #expect(barred?.reason.contains("position \(request.value) would stop counting") == true)
    #expect(try annulling(refusal, by: Self.eve)?.code == barred?.code)
    #expect(try annulling(request, by: Self.uma) == nil)
  }

  @Test("a bad end of a support does not go with its opening")
  func opening() throws {
    let opened = try world.given(
      "support.opened", World.release, #"{"support":"s","criteria":["quiet"]}"#, by: World.dee)
    #expect(try annulling(opened, by: World.bo) == nil)
    try world.given(
      "support.closed", World.release,
      #"{"support":"s","criteria":[{"criterion":"quiet","result":"unmet"}]}"#, by: World.bo)
    #expect(try annulling(opened, by: World.bo)?.code == .notAuthorised)
  }

  @Test("a criterion that is not met tells against a release, whatever the outcome is called")
  func criterion() throws {
    func validate(_ result: String, _ id: String) throws -> Position {
      try world.given(
        "validation.finished", World.release,
        #"{"validation":"\#(id)","outcome":"succeeded","validators":["\#(World.cyd.text)"],"criteria":[{"criterion":"x","result":"\#(result)"}]}"#,
        by: World.bo)
    }
    #expect(try annulling(validate("met", "v-1"), by: World.bo) == nil)
    #expect(try annulling(validate("unmet", "v-2"), by: World.bo)?.code == .notAuthorised)
    #expect(try annulling(validate("unmet", "v-3"), by: Self.eve) == nil)
  }
}
