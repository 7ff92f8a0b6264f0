import RelmDomain
import RelmLedger
import RelmProof
import Testing

@Suite("What a caller may not write")
struct CallerTests {
  @Test("a type of relm's that is not known is refused from a caller")
  func unknownTypesRefused() throws {
    let workshop = try Workshop()
    for type in ["relm.future.thing", "relm.", "relm.release.plannedd"] {
      let event = #"{"id":"n","type":"\#(type)","subject":"release/shop/1","data":{}}"#
      guard try workshop.intakeRefusal(event) == nil else { continue }
      guard case .refused = try workshop.ledger.append(AppendRequest(claims: try workshop.claims([event])))
      else {
        Issue.record("\(type) is taken, and would shut the ledger")
        return
      }
    }
    #expect(try workshop.append([Sample.activity("a")]).count == 1)
  }

  @Test(
    "attributes that only the ledger sets are refused from a caller",
    arguments: [
      #""recordedtime":"2026-11-22T20:00:00.000Z""#, #""streamversion":0"#, #""streamprevious":"AA==""#,
    ])
  func ledgersAttributes(attribute: String) throws {
    let workshop = try Workshop()
    #expect(try workshop.intakeRefusal(#"{"id":"n","type":"org.example.t",\#(attribute)}"#) != nil)
  }

  @Test("the first event of a ledger is its own verb's, and no caller's")
  func ownVerbs() throws {
    let workshop = try Workshop()
    let opening = try #require(try workshop.ledger.event(at: Position(0)))
    #expect(opening.record.envelope.type == "relm.ledger.opened")
    #expect(
      try workshop.intakeRefusal(#"{"id":"n","type":"relm.ledger.opened","subject":"ledger","data":{}}"#) != nil
    )
  }
}
