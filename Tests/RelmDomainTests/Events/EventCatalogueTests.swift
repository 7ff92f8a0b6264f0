import RelmDomain
import Testing

@Suite("The catalogue of event types")
struct EventCatalogueTests {
  @Test("persons and personal texts are known by their pointers, in lists too")
  func pointersAreKnown() {
    let planned = EventCatalogue.description(of: .releasePlanned)
    #expect(planned.persons == ["/commits/*/authors/*", "/commits/*/reviewers/*", "/manager", "/requestedBy"])
    #expect(planned.personalTexts == ["/note"])
    #expect(EventCatalogue.description(of: .handoverAccepted).persons == ["/conditions/*/owner"])
  }

  @Test("every type takes a note, which is sealed, and references", arguments: EventType.allCases)
  func everyTypeTakesNoteAndReferences(type: EventType) throws {
    let fields = EventCatalogue.description(of: type).fields
    #expect(fields.first { $0.name == "note" }?.shape == .personalText)
    let references = try #require(fields.first { $0.name == "references" })
    #expect(references.isList && references.shape == .string && !references.isRequired)
  }

  @Test("what a decision knows of a type is what its description says", arguments: EventType.allCases)
  func traitsAgree(type: EventType) {
    let description = EventCatalogue.description(of: type)
    #expect(type.traits.stream == description.stream)
    #expect(type.traits.opensStream == description.opensStream)
    #expect((type.traits.needs == .none) == !description.isAct)
    #expect((3...6).contains(description.level))
  }

  @Test("approving needs level 5, accepting a handover the named party, and all else is a fact")
  func actsAreFew() {
    #expect(EventType.approvalGiven.traits.needs == .level(5))
    #expect(EventType.handoverAccepted.traits.needs == .namedParty)
    #expect(EventType.allCases.filter { $0.traits.needs != .none } == [.approvalGiven, .handoverAccepted])
  }

  @Test("only init opens a ledger")
  func openingHasItsOwnVerb() {
    #expect(EventCatalogue.all.filter { $0.ownVerb != nil }.map(\.type) == [.ledgerOpened])
    #expect(EventCatalogue.description(of: .ledgerOpened).ownVerb == "init")
  }

  @Test("a misspelt type is answered with the nearest")
  func nearestTypeIsFound() {
    #expect(EventCatalogue.nearest(to: "relm.biuld.started") == "relm.build.started")
    #expect(EventCatalogue.nearest(to: "relm.deployment.rolled-back") == "relm.deployment.rolledback")
  }
}
