import RelmDomain
import Testing

@Suite("Decisions about acts")
struct ActDecisionTests {
  @Test("who has authority may approve")
  func ownerApproves() throws {
    #expect(try given(.planned).when(.approved, by: Story.owner) == nil)
    #expect(try given(.planned).when(.approved, by: Story.owner, nil) == nil)
  }

  @Test("who has no authority may not, and is told what is needed and who has it")
  func otherDoesNotApprove() throws {
    let refusal = try #require(try given(.planned).when(.approved, by: Story.ana))
    #expect(refusal.code == .notAuthorised)
    #expect(refusal.code.exitStatus == 77)
    #expect(refusal.reason.contains("level 5"))
    #expect(refusal.advice.contains(Story.owner.text))
  }

  @Test("only persons act", arguments: ["service_account", "system", "api_key", "unauthenticated", "unknown"])
  func onlyPersonsAct(kind: String) throws {
    let refusal = try given(.planned).when(.approved, by: Story.owner, kind)
    #expect(refusal?.code == .notAuthorised)
    #expect(refusal?.pointer == "/authtype")
  }

  @Test("an act needs somebody who does it")
  func actsNeedAnActor() throws {
    #expect(try given(.planned).when(.approved, by: nil)?.pointer == "/authid")
  }

  @Test("what does not exist can be neither approved nor handed over")
  func actsNeedARelease() throws {
    #expect(try given().when(.approved, by: Story.owner)?.code == .contradiction)
    #expect(try given().when(.offered("h-1"))?.code == .contradiction)
    #expect(try given().when(.accepted("h-1"), by: Story.ben)?.pointer == "/subject")
  }

  @Test("a handover is accepted by the party that it names")
  func partyAccepts() throws {
    #expect(try given(.planned, .offered("h-1")).when(.accepted("h-1"), by: Story.ben) == nil)
  }

  @Test("nobody else accepts it, not even with authority at level 6")
  func othersDoNotAccept() throws {
    let refusal = try given(.planned, .offered("h-1")).when(.accepted("h-1"), by: Story.owner)
    #expect(refusal?.code == .notAuthorised)
    #expect(refusal?.advice.contains(Story.ben.text) == true)
    #expect(try given(.planned, .offered("h-1")).when(.accepted("h-1"), by: Story.ana)?.code == .notAuthorised)
  }

  @Test("a handover is not offered to its offerer, nor twice, nor accepted twice")
  func handoversAreOfferedOnce() throws {
    #expect(try given(.planned).when(.offered("h-1", to: Story.ana))?.pointer == "/data/party")
    #expect(try given(.planned, .offered("h-1")).when(.offered("h-1"))?.code == .contradiction)
    let accepted = try given(.planned, .offered("h-1"), .accepted("h-1"))
    #expect(try accepted.when(.accepted("h-1"), by: Story.ben)?.code == .contradiction)
  }
}

@Suite("Decisions about the ledger and about types")
struct TypeDecisionTests {
  private func decide(_ event: Event, subject: String?, exists: Bool = false) throws -> Refusal? {
    try Decision.decide(
      event, in: Story.envelope(event, by: Story.ana, "user", subject: subject), streamExists: exists,
      given: Story(), at: Story.instant(minute: 0))
  }

  @Test("a ledger is opened once, on its own stream")
  func ledgerIsOpenedOnce() throws {
    let data = try Fixture.data(of: .ledgerOpened)
    let opened = try Event.decode(type: "relm.ledger.opened", dataschema: nil, data: CanonicalReader(data))
    #expect(try decide(opened, subject: "ledger") == nil)
    #expect(try decide(opened, subject: "ledger", exists: true)?.code == .contradiction)
    #expect(try decide(opened, subject: "release/a/1")?.pointer == "/subject")
    #expect(try decide(opened, subject: nil)?.pointer == "/subject")
  }

  @Test("an unknown type of relm is bad input, answered with the nearest")
  func unknownTypeIsRefused() throws {
    let refusal = try decide(.newer, subject: "release/a/1")
    #expect(refusal?.code == .badInput)
    #expect(refusal?.advice.contains("relm.build.started") == true)
  }

  @Test("whatever is not relm's is taken as it is")
  func foreignIsTaken() throws {
    #expect(try decide(.foreign, subject: nil) == nil)
  }
}
