import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("A partner's objection")
struct ObjectionTests {
  let world: World

  init() throws {
    world = try World()
    try world.grant(World.bo, level: 5)
    try world.given("release.planned", World.release, #"{"class":"normal"}"#)
  }

  private func consult(_ outcome: String, by person: PersonID) throws {
    try world.given(
      "partner.consulted", World.release,
      #"{"partner":"business","name":"acme","about":"a","outcome":"\#(outcome)"}"#, by: person)
  }

  @Test("stands until who recorded it, or somebody whose approval would count, records another word")
  func standing() throws {
    try consult("objected", by: World.cyd)
    try consult("agreed", by: World.dee)
    #expect(try world.outcome(#"{"rule":"partners-consulted"}"#) == .violated)
    try consult("agreed", by: World.cyd)
    #expect(try world.outcome(#"{"rule":"partners-consulted"}"#) == .satisfied)
    try consult("objected", by: World.cyd)
    #expect(try world.outcome(#"{"rule":"partners-consulted"}"#) == .violated)
    try consult("agreed", by: World.bo)
    #expect(try world.outcome(#"{"rule":"partners-consulted"}"#) == .satisfied)
  }
}
