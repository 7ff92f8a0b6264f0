import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("Who may bring evidence")
struct EvidenceTests {
  let world: World
  private static let machine = World.person(8)
  private static let hers = World.person(9)
  private static let second = World.person(10)

  /// Cyd writes the change, and has a second account and a service account; Dee owns the house's.
  init() throws {
    world = try World()
    for person in [World.bo, World.dee] { try link(person, #"{"kind":"human"}"#) }
    try link(World.cyd, #"{"kind":"human","accounts":["\#(Self.second.text)"]}"#)
    try link(Self.machine, #"{"kind":"service","owner":"\#(World.dee.text)"}"#)
    try link(Self.hers, #"{"kind":"service","owner":"\#(World.cyd.text)"}"#)
    try world.given(
      "release.planned", World.release,
      #"{"class":"normal","commits":[{"id":"c","authors":["\#(World.cyd.text)"]}]}"#)
    try world.given(
      "capability.registered", "capability/runner",
      #"{"kind":"tool","title":"t","owner":"\#(World.dee.text)","people":["\#(World.bo.text)"]}"#)
  }

  private func link(_ person: PersonID, _ data: String) throws {
    try world.given("person.linked", "person/\(person.uuid.text)", data)
  }

  private func test(
    by person: PersonID?, _ outcome: String = "succeeded", _ more: String = "", time: Instant? = nil
  ) throws {
    try world.given(
      "test.finished", World.release,
      #"{"test":"t-\#(world.events.count)","suite":"s","outcome":"\#(outcome)","digests":["\#(World.digest)"],"backfilled":true\#(more)}"#,
      by: person, time: time?.rfc3339Milliseconds)
  }

  private func finding(_ source: String) throws -> Finding {
    try world.begin()
    return try world.finding(#"{"rule":"tested","by":\#(source)}"#)
  }

  private static let independent = #"{"kinds":["human","service"],"independentOf":["author","initiator"]}"#

  @Test("without by anybody's test counts; with kinds only that of somebody who is known")
  func kinds() throws {
    try test(by: World.person(11))
    #expect(try finding(#"{"kinds":["human","service"]}"#).outcome == .violated)
    #expect(try world.finding(#"{"rule":"tested"}"#).outcome == .satisfied)
  }

  @Test("what is left out is told, with whose it was")
  func told() throws {
    try test(by: World.person(11))
    let place = Position(UInt64(world.events.count - 1))
    let finding = try finding(#"{"kinds":["human"]}"#)
    #expect(
      finding.reason.hasSuffix(
        "position \(place.value) by \(World.person(11).text), for whom no linked human answers"),
      "\(finding.reason)")
    #expect(finding.positions.contains(place))
  }

  @Test(
    "the author's own test is none, by whichever account of hers and by her service account",
    arguments: [World.cyd, second, hers])
  func author(by person: PersonID) throws {
    try test(by: person)
    #expect(try finding(Self.independent).outcome == .violated)
  }

  @Test("the house's service account and another human are sources", arguments: [machine, World.bo])
  func others(by person: PersonID) throws {
    try test(by: person)
    #expect(try finding(Self.independent).outcome == .satisfied)
  }

  @Test("a test in which only the author took part is hers, whoever records it")
  func tester() throws {
    try test(by: World.bo, "succeeded", #","participants":[{"person":"\#(World.cyd.text)","part":"tester"}]"#)
    #expect(try finding(Self.independent).outcome == .violated)
  }

  @Test("a failed test counts from anybody")
  func failure() throws {
    try test(by: World.bo)
    try test(by: World.person(11), "failed")
    #expect(try finding(#"{"kinds":["human"]}"#).outcome == .violated)
  }

  @Test("accounts are people with all their accounts, and service accounts by themselves")
  func accounts() throws {
    try test(by: Self.second)
    #expect(try finding(#"{"accounts":["\#(World.cyd.text)"]}"#).outcome == .satisfied)
    #expect(
      try world.finding(#"{"rule":"tested","by":{"accounts":["\#(Self.hers.text)"]}}"#).outcome == .violated)
  }

  @Test("a capability's people and the machines of its owner that worked with it are sources")
  func capabilities() throws {
    let source = #"{"capabilities":["runner"]}"#
    try test(by: Self.machine)
    #expect(try finding(source).outcome == .violated)
    try test(by: Self.machine, "succeeded", #","tool":{"name":"r","capability":"runner"}"#)
    try world.begin("d-2")
    #expect(try world.finding(#"{"rule":"tested","by":\#(source)}"#, of: "d-2").outcome == .satisfied)
  }

  @Test("who registers a capability again without the level for it does not come to own it")
  func registeredAgain() throws {
    _ = try world.told(
      "capability.registered", "capability/runner",
      #"{"kind":"tool","title":"t","owner":"\#(World.cyd.text)"}"#, by: World.cyd)
    try test(by: World.cyd)
    #expect(try finding(#"{"capabilities":["runner"]}"#).outcome == .violated)
  }

  @Test("what links one digest to another is evidence as well")
  func links() throws {
    try test(by: World.bo)
    try world.given(
      "package.published", World.release,
      #"{"digest":"\#(World.otherDigest)","derivedFrom":["\#(World.digest)"]}"#, by: World.person(11))
    try world.begin(digests: [World.otherDigest])
    #expect(try world.finding(#"{"rule":"tested"}"#).outcome == .satisfied)
    #expect(try world.finding(#"{"rule":"tested","by":{"kinds":["human"]}}"#).outcome == .violated)
  }
}
