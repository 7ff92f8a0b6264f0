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

  @Test("approving needs level 5, governing level 6, procedures level 4, and a handover the named party")
  func actsNeedTheirLevel() {
    #expect(EventType.approvalGiven.traits.needs == .level(5))
    for type in [
      .authorityGranted, .policyAdopted, .freezeDeclared, .waiverGranted, .authorisationGranted, .holdPlaced,
      .escalationResolved, .personLinked,
    ] as [EventType] { #expect(type.traits.needs == .level(6), "\(type)") }
    #expect(EventType.procedurePublished.traits.needs == .level(4))
    let parties: [EventType] = [.handoverAccepted, .handoverConditionMet, .handoverRejected]
    #expect(EventType.allCases.filter { $0.traits.needs == .namedParty } == parties)
    for type in [.escalationRaised, .deploymentStarted, .overrideDeclared, .incidentOpened] as [EventType] {
      #expect((type.traits.needs == .none) == (type != .overrideDeclared), "\(type)")
    }
  }

  @Test("what the ledger says of itself and what a command judges is written by that command alone")
  func ownVerbs() {
    let verbs = Dictionary(
      uniqueKeysWithValues: EventCatalogue.all.compactMap { event in event.ownVerb.map { (event.type, $0) } })
    #expect(
      verbs == [
        .ledgerOpened: "init", .ledgerSealed: "seal", .ledgerKeyRotated: "key rotate",
        .ledgerClockSuspect: "itself", .gateDecided: "gate", .subjectErased: "person erase",
        .evidenceDisposed: "dispose", .personNamed: "person name",
      ])
  }

  @Test("a misspelt type is answered with the nearest")
  func nearestTypeIsFound() {
    #expect(EventCatalogue.nearest(to: "relm.biuld.started") == "relm.build.started")
    #expect(EventCatalogue.nearest(to: "relm.deployment.rolled-back") == "relm.deployment.rolledback")
  }
}
