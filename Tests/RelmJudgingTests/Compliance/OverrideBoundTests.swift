import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// An override is for an emergency, and that passes; and somebody else says afterwards that it was one.
@Suite("How far an override reaches")
struct OverrideBoundTests {
  private let world: World
  private static let rule = #"{"rule":"designed"}"#

  init() throws {
    world = try World()
    try world.grant(World.cyd, level: 5)
    try world.grant(World.bo, level: 5)
    try world.known(World.cyd)
    try world.known(World.bo)
    try world.built(requestedBy: World.cyd)
  }

  private func data(until: Instant, _ more: String = "", rules: String = #""designed""#) throws -> String {
    let plan = try #require(world.views.release("payments-api", "1.0")?.plan?.scope.position.value)
    return
      #"{"rules":[\#(rules)],"environment":"\#(World.environment)","digests":["\#(World.digest)"],"plan":\#(plan),"reason":"r","until":"\#(until.rfc3339Milliseconds)"\#(more)}"#
  }

  private func refusal(_ until: Instant, _ more: String = "") throws -> Refusal? {
    try world.when("override.declared", World.release, data(until: until, more))
  }

  @Test("it ends after seven days, whatever it says, and what is deployed then does not go by it")
  func longest() throws {
    let position = try world.given(
      "override.declared", World.release, data(until: world.now.after(days: 900)), by: World.ana)
    let end = world.events[Int(position.value)].recorded.after(days: 7)
    world.advance(to: end.after(seconds: -1))
    try world.begin("d-1", more: #","override":\#(position.value)"#)
    #expect(try world.finding(Self.rule, of: "d-1").outcome == .overridden)
    let again = try world.given(
      "override.declared", World.release, data(until: world.now.after(days: 900)), by: World.ana)
    world.advance(days: 7)
    try world.begin("d-2", more: #","override":\#(again.value)"#)
    #expect(try world.finding(Self.rule, of: "d-2").outcome == .violated)
  }

  @Test("one that would last longer than a policy says is refused")
  func refused() throws {
    #expect(try refusal(world.now.after(days: 900)) == nil)
    try world.given(
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"1","title":"t","context":"production","overrideWithin":"P1D","rules":[{"rule":"designed"}]}}"#
    )
    #expect(try refusal(world.now.after(days: 1)) == nil)
    #expect(try refusal(world.now.after(days: 2))?.reason.contains("policy p version 1") == true)
  }

  @Test("it is ratified within five days of its end, whatever it says")
  func ratifyBy() throws {
    let end = world.now.after(days: 1)
    func named(_ time: Instant) -> String { #","ratifyBy":"\#(time.rfc3339Milliseconds)""# }
    #expect(try refusal(end, named(end.after(days: 5))) == nil)
    #expect(try refusal(end, named(end.after(days: 6)))?.pointer == "/data/ratifyBy")
  }

  @Test("one that was taken before the policy ends when that lets it last no longer")
  func older() throws {
    let position = try world.smuggled(
      "override.declared", World.release, data(until: world.now.after(days: 900)), by: World.ana)
    world.advance(days: 3)
    try world.begin("d-1", more: #","override":\#(position.value)"#)
    #expect(try world.finding(Self.rule).outcome == .overridden)
    #expect(try world.finding(Self.rule, #","overrideWithin":"P2D""#).outcome == .violated)
  }

  // MARK: Declared by who made the release

  private func use(by declarer: PersonID) throws -> Position {
    let position = try world.given(
      "override.declared", World.release, data(until: world.now.after(days: 1)), by: declarer)
    try world.begin("d-1", more: #","override":\#(position.value)"#)
    return position
  }

  private func ratify(_ override: Position, by person: PersonID) throws {
    let plan = try #require(world.views.release("payments-api", "1.0")?.plan?.scope.position.value)
    try world.given(
      "approval.given", World.release,
      #"{"scope":"deployment","ratifies":\#(override.value),"digests":["\#(World.digest)"],"plan":\#(plan)}"#,
      by: person)
  }

  @Test(
    "a maker's own override counts until it is due, and afterwards only if somebody independent has ratified it"
  )
  func makers() throws {
    let position = try use(by: World.cyd)
    let late = world.now.after(days: 9)
    #expect(try world.finding(Self.rule).outcome == .overridden)
    #expect(try world.finding(Self.rule, at: late).outcome == .violated)
    try ratify(position, by: World.bo)
    #expect(try world.finding(Self.rule, at: late).outcome == .overridden)
  }

  @Test("somebody else's is not undone by nobody having ratified it; that is for the review to say")
  func others() throws {
    _ = try use(by: World.bo)
    #expect(try world.finding(Self.rule, at: world.now.after(days: 9)).outcome == .overridden)
  }

  @Test("another maker does not ratify it, and nobody does once it is due")
  func accomplices() throws {
    try world.given(
      "release.scope.changed", World.release,
      #"{"reason":"r","commits":[{"id":"c","authors":["\#(World.bo.text)"]}]}"#)
    let position = try use(by: World.cyd)
    try ratify(position, by: World.bo)
    let late = world.now.after(days: 9)
    #expect(try world.finding(Self.rule, at: late).outcome == .violated)
    try world.grant(World.dee, level: 5)
    try world.known(World.dee)
    world.advance(days: 8)
    try ratify(position, by: World.dee)
    #expect(try world.finding(Self.rule, at: late).outcome == .violated)
  }

  @Test("a review that is asked for at no time in particular still asks for the ratification by when it is due")
  func reviewed() throws {
    _ = try use(by: World.bo)
    try world.end()
    try world.given("review.opened", World.release, #"{"review":"r","scope":"s"}"#)
    try world.given("review.closed", World.release, #"{"review":"r","outcome":"successful"}"#)
    let rule = #"{"rule":"reviewed"}"#
    #expect(try world.finding(rule).outcome == .pending)
    #expect(try world.finding(rule, at: world.now.after(days: 9)).outcome == .overdue)
  }

  @Test("a ratification that was withdrawn sets nothing aside any more")
  func withdrawnRatification() throws {
    let position = try use(by: World.cyd)
    try ratify(position, by: World.bo)
    let late = world.now.after(days: 9)
    #expect(try world.finding(Self.rule, at: late).outcome == .overridden)
    let approval = world.events.count - 1
    try world.given(
      "approval.withdrawn", World.release, #"{"approval":\#(approval),"reason":"I was wrong"}"#, by: World.bo)
    #expect(try world.finding(Self.rule, at: late).outcome == .violated)
  }

  // MARK: Who uses it up

  private func told(_ deployment: String) throws -> RuleOutcome? {
    try world.report().first { $0.deployment == deployment }?.findings.first?.outcome
  }

  private func begin(_ deployment: String, by person: PersonID?, _ override: Position) throws {
    try world.begin(deployment, more: #","override":\#(override.value)"#, by: person)
  }

  @Test(
    "a deployment that a stranger tells of does not take it from who may deploy, and from another stranger it does"
  )
  func strangers() throws {
    try world.given(
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"1","title":"t","context":"production","rules":[\#(Self.rule)]}}"#)
    let machine = World.person(20)
    try world.given(
      "person.linked", "person/\(machine.uuid.text)", #"{"kind":"service","owner":"\#(World.bo.text)"}"#)
    let override = try world.given(
      "override.declared", World.release, data(until: world.now.after(days: 1)), by: World.bo)
    try begin("d-1", by: World.dee, override)
    try begin("d-2", by: World.person(21), override)
    try begin("d-3", by: machine, override)
    try begin("d-4", by: World.ana, override)
    let outcomes = try ["d-1", "d-2", "d-3", "d-4"].map(told)
    #expect(outcomes == [.overridden, .violated, .overridden, .violated])
  }

  @Test("… and that is who declared it, a service account that has an owner, or somebody with level 4")
  func deployers() throws {
    try world.given(
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"1","title":"t","context":"production","rules":[\#(Self.rule)]}}"#)
    let four = World.person(22)
    try world.grant(four, level: 4)
    for (place, person) in [World.bo, four].enumerated() {
      let override = try world.given(
        "override.declared", World.release, data(until: world.now.after(days: 1)), by: World.bo)
      try begin("s-\(place)", by: World.dee, override)
      try begin("d-\(place)", by: person, override)
      #expect(try told("d-\(place)") == .overridden)
    }
  }

  // MARK: Which one a gate takes

  private func decide() throws -> GateDecided {
    let counting = world.counting(of: world.events.count)
    return try Gate.judge(
      package: "payments-api", version: "1.0", environment: World.environment,
      events: counting.filter { $0.subject?.text == World.release }, given: world.views,
      size: world.events.count, at: world.now
    ).decided
  }

  @discardableResult
  private func declare(_ rules: String) throws -> Position {
    try world.given(
      "override.declared", World.release, data(until: world.now.after(days: 1), rules: rules), by: World.bo)
  }

  @Test("a gate takes the override that helps most, whatever is recorded after it; of equals the last")
  func best() throws {
    try world.given(
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"1","title":"t","context":"production","rules":[{"rule":"designed"},{"rule":"scheduled"}]}}"#
    )
    try declare(#""designed""#)
    #expect(try decide().outcome == .closed)
    let strong = try declare(#""designed","scheduled""#)
    try declare(#""designed""#)
    try declare(#""tested""#)
    let open = try decide()
    #expect(open.outcome == .open && open.override == strong)
    let again = try declare(#""scheduled","designed""#)
    #expect(try decide().override == again)
  }
}
