import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("Deployments that are annulled")
struct AnnulledDeploymentTests {
  let world: World
  private static let eve = World.person(9)

  init() throws {
    world = try World()
    for person in [World.bo, World.cyd, World.dee, Self.eve] { try world.grant(person, level: 6) }
    try world.given("policy.adopted", "policy/p", Self.adoption)
  }

  private static let adoption =
    #"{"document":{"id":"p","version":"1","title":"t","context":"production","rules":[{"rule":"designed"}]}}"#

  private static let plan = #"{"class":"normal"}"#

  @discardableResult
  private func annul(_ positions: Position..., by person: PersonID) throws -> Position {
    var last = Position(0)
    for position in positions {
      last = try world.given(
        "event.annulled", "ledger", #"{"position":\#(position.value),"reason":"It never happened"}"#, by: person
      )
    }
    return last
  }

  /// Dee deploys what nobody has designed; where it begins and ends.
  private func deploy(_ more: String = "") throws -> (beginning: Position, end: Position) {
    let beginning = try world.begin(more: more, by: World.dee)
    try world.end()
    return (beginning, Position(UInt64(world.events.count - 1)))
  }

  @Test(
    "a deployment in violation that its maker annuls stays, judged as it stood, with who annulled it, when and why"
  )
  func annulledAway() throws {
    let (beginning, end) = try deploy()
    let annulment = try annul(beginning, by: World.dee)
    try annul(end, by: World.dee)
    let told = try world.report()
    let attempt = try #require(told.first)
    #expect(told.count == 1 && attempt.position == beginning && attempt.outcome == .succeeded)
    #expect(attempt.findings.map(\.outcome) == [.violated])
    let annulled = try #require(attempt.annulled)
    #expect(annulled.position == annulment && annulled.event == beginning && annulled.by == World.dee)
    #expect(annulled.reason == "It never happened" && !annulled.independent)
    #expect(attempt.evidence.contains { $0.position == annulment })
  }

  @Test("somebody with level 6 who had no hand in it makes it no exception; it is listed all the same")
  func independent() throws {
    let (beginning, _) = try deploy()
    try annul(beginning, by: Self.eve)
    let attempt = try #require(try world.report().first)
    #expect(attempt.annulled?.independent == true && attempt.findings.map(\.outcome) == [.violated])
  }

  @Test(
    "who planned it, wrote it, built it, approved it, refused it, set it going or recorded it is not independent, whoever they were",
    arguments: [
      ("release.planned", #"{"class":"normal","manager":"EVE"}"#),
      ("release.planned", #"{"class":"normal","requestedBy":"EVE"}"#),
      ("release.planned", #"{"class":"normal","commits":[{"id":"c","authors":["EVE"]}]}"#),
      ("build.started", #"{"build":"b","initiator":"EVE"}"#),
      ("approval.refused", #"{"scope":"deployment","plan":6,"reason":"r"}"#),
      (
        "deployment.finished",
        #"{"deployment":"d-1","environment":"production/eu","outcome":"failed"}"#
      ),
    ])
  func hands(type: String, data: String) throws {
    let isHers = type == "approval.refused" || type == "deployment.finished"
    if isHers { try world.given("release.planned", World.release, Self.plan) }
    func say() throws {
      try world.given(
        type, World.release, data.replacing("EVE", with: Self.eve.text), by: isHers ? Self.eve : World.ana)
    }
    if type != "deployment.finished" { try say() }
    let beginning = try world.begin(by: World.dee)
    if type == "deployment.finished" { try say() }
    try annul(beginning, by: Self.eve)
    let told = try world.report()
    #expect(told.first { $0.position == beginning }?.annulled?.independent == false)
  }

  @Test("a manager whom a change of scope renamed has had a hand in it, and so has another account of theirs")
  func renamed() throws {
    try world.given("release.planned", World.release, #"{"class":"normal","manager":"\#(World.bo.text)"}"#)
    try world.given(
      "release.scope.changed", World.release, #"{"reason":"r","manager":"\#(World.cyd.text)"}"#)
    let beginning = try world.begin(by: World.dee)
    try world.given(
      "person.linked", "person/\(World.bo.uuid.text)", #"{"kind":"human","accounts":["\#(Self.eve.text)"]}"#)
    try annul(beginning, by: Self.eve)
    #expect(try world.report().first?.annulled?.independent == false)
  }

  @Test("an annulment that is annulled makes the deployment an ordinary one again")
  func again() throws {
    let (beginning, _) = try deploy()
    let annulment = try annul(beginning, by: World.dee)
    #expect(try world.report().first?.annulled != nil)
    try annul(annulment, by: Self.eve)
    let told = try world.report()
    #expect(told.count == 1 && told.first?.annulled == nil && told.first?.position == beginning)
  }

  @Test("where only the end is annulled it is judged without that, and the line says so")
  func inPart() throws {
    let (beginning, end) = try deploy()
    let annulment = try annul(end, by: World.dee)
    let attempt = try #require(try world.report().first)
    #expect(attempt.position == beginning && attempt.annulled == nil && attempt.outcome == nil)
    #expect(attempt.annulledParts.map(\.position) == [annulment] && attempt.annulledParts.map(\.event) == [end])
  }

  @Test("a deployment that is told anew under the same id leaves the annulled one where it was")
  func anew() throws {
    let first = try deploy()
    try annul(first.beginning, first.end, by: World.dee)
    let second = try deploy()
    let told = try world.report()
    #expect(told.map(\.position) == [first.beginning, second.beginning])
    #expect(told.map { $0.annulled != nil } == [true, false])
  }

  @Test("an override that a deployment used is used up, though its maker annulled the deployment")
  func override() throws {
    try world.given("release.planned", World.release, Self.plan)
    let until = world.now.after(days: 3).rfc3339Milliseconds
    let override = try world.given(
      "override.declared", World.release,
      #"{"rules":["designed"],"environment":"production/eu","reason":"r","plan":6,"until":"\#(until)"}"#)
    let used = try world.begin(more: #","override":\#(override.value)"#, by: World.dee)
    try annul(used, by: World.dee)
    let again = try world.begin("d-2", more: #","override":\#(override.value)"#, by: World.dee)
    let told = try world.report()
    #expect(told.first { $0.position == again }?.findings.map(\.outcome) == [.violated])
  }
}
