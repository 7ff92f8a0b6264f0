import RelmDomain
import RelmViews
import RelmProof
import RelmTestWorld
import Testing

/// What is in a ledger that an older program wrote, and no program of today would take.
@Suite("Poison")
struct PoisonTests {
  private let world: World

  init() throws { world = try World() }

  static let poisoned = [
    "environment/e%00", "environment/e%0A", "service/%1B[2J", "policy/a%7F", "procedure/%01",
    "capability/x/%0D",
    "incident/%08", "environment/\u{e9}%0B",
  ]

  @Test("a control character in a name is refused, percent-encoded as it may be", arguments: poisoned)
  func refused(subject: String) throws {
    let type =
      switch subject.prefix(while: { $0 != "/" }) {
      case "environment": ("environment.registered", #"{"context":"production"}"#)
      case "service":
        (
          "service.established",
          #"{"release":"release/a/1","specification":"\#(World.digest)","owner":"\#(World.bo.text)","userCommunity":"u"}"#
        )
      case "policy": ("policy.retired", #"{"reason":"r"}"#)
      case "procedure": ("procedure.retired", #"{"reason":"r"}"#)
      case "capability": ("capability.registered", #"{"kind":"tool","title":"t","owner":"\#(World.bo.text)"}"#)
      default: ("incident.opened", #"{"severity":"high","summary":"s"}"#)
      }
    let refusal = try #require(try world.when(type.0, subject, type.1))
    #expect(refusal.code == .badInput && refusal.pointer == "/subject")
    #expect(refusal.reason.contains("control character"))
  }

  @Test("a control character in a release's name is refused, in the package and in the version")
  func releases() throws {
    for subject in ["release/a%1Bb/1.0", "release/a/1%00", "release/a/b%0Ac/1"] {
      #expect(try world.when("release.planned", subject, #"{"class":"normal"}"#)?.pointer == "/subject")
    }
  }

  @Test("a control character in a release that data names is refused with its place")
  func references() throws {
    #expect(throws: DecodingFailure.self) {
      let data = CanonicalReader(Array(#"{"class":"normal","requires":["release/a%00/1"]}"#.utf8))
      _ = try Event.decode(type: EventType.releasePlanned.rawValue, dataschema: nil, data: data)
    }
  }

  @Test(
    "what an older program took still reads, can be looked at, and can be annulled",
    arguments: ["%00", "%0A", "%1B"])
  func poisonedLedger(character: String) throws {
    let subject = "environment/e\(character)"
    let poison = try world.smuggled(
      "environment.registered", subject, #"{"context":"development"}"#, by: World.dee)
    let planned = try world.smuggled(
      "release.planned", "release/a\(character)/1",
      #"{"class":"normal","requires":["release/b\#(character)/2"]}"#, by: World.dee)
    try world.smuggled(
      "deployment.started", "release/a\(character)/1", #"{"deployment":"d","environment":"p"}"#, by: World.dee)
    // Every row of every view reads again, as another process would find it.
    let rows = PlainRows()
    let views = try Views(over: rows) { world.events[Int($0.value)] }
    for event in world.events { try views.fold(event) }
    try views.flush(into: rows)
    for row in try rows.collected(Environments.table) { _ = try Environments.decode(row.value, at: row.key) }
    for row in try rows.collected(Releases.table) { _ = try Releases.decode(row.value, at: row.key) }
    for row in try rows.collected(Attempts.table) { _ = try Attempts.decode(row.value, at: row.key) }
    for row in try rows.collected(Timelines.table) { _ = try Timelines.decode(row.value, at: row.key) }
    _ = try world.rowsFolded()
    for position in [poison, planned] {
      try world.given("event.annulled", "ledger", #"{"position":\#(position.value),"reason":"r"}"#)
    }
    #expect(try world.views.counts(poison) == false)
  }
}
