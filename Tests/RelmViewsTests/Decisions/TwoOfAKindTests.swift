import RelmDomain
import RelmHistory
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// What is listed under a name is never lost because something else bears that name too.
@Suite("Two of a kind")
struct TwoOfAKindTests {
  private let world: World

  init() throws {
    world = try World()
    try world.given("activity.recorded", World.release, #"{"activity":"Looked at it"}"#)
  }

  private var release: ReleaseRow {
    get throws { try #require(try world.views.release("payments-api", "1.0")) }
  }

  /// The rows as they now stand.
  private func rows() throws -> PastRows { try world.past(world.events.count) }

  // MARK: Conditions and actions

  private func accept(_ handover: String, _ conditions: [(id: String, due: String)]) throws -> String {
    try world.given(
      "handover.offered", World.release,
      #"{"handover":"\#(handover)","to":"operations","party":"\#(World.bo.text)"}"#)
    let list = conditions.map {
      #"{"id":"\#($0.id)","condition":"do \#($0.id) by \#($0.due)","owner":"\#(World.bo.text)","due":"2026-12-\#($0.due)T00:00:00Z"}"#
    }
    return #"{"handover":"\#(handover)","conditions":[\#(list.joined(separator: ","))]}"#
  }

  private func conditions() throws -> [ObligationRow] {
    var found: [ObligationRow] = []
    let rows = try rows()
    try rows.scan(Obligations.table, prefix: []) { key, value in
      found.append(try Obligations.decode(value, at: key))
      return true
    }
    return found.filter { $0.kind == .condition }
  }

  @Test("a handover has no two conditions of one id: which of them was met could not be said")
  func twoConditions() throws {
    try world.grant(World.bo, level: 5)
    let said = try accept("h", [("c", "01"), ("c", "02")])
    let refusal = try world.when("handover.accepted", World.release, said, by: World.bo)
    #expect(refusal?.pointer == "/data/conditions/1/id")
    let distinct = try accept("g", [("c", "01"), ("d", "02")])
    #expect(try world.when("handover.accepted", World.release, distinct, by: World.bo) == nil)
  }

  @Test("two conditions of one id that are recorded are due together, by when the first of them is")
  func smuggledConditions() throws {
    let said = try accept("h", [("c", "02"), ("c", "01")])
    try world.smuggled("handover.accepted", World.release, said, by: World.bo)
    let row = try #require(conditions().first)
    #expect(row.what == "do c by 02; do c by 01")
    #expect(row.due?.rfc3339Milliseconds == "2026-12-01T00:00:00.000Z")
    #expect(try conditions().count == 1)
  }

  @Test("conditions of two handovers are told apart, whatever slashes their names have")
  func slashes() throws {
    try world.grant(World.bo, level: 5)
    try world.given("handover.accepted", World.release, accept("h", [("a/b", "01")]), by: World.bo)
    try world.given("handover.accepted", World.release, accept("h/a", [("b", "02")]), by: World.bo)
    #expect(try conditions().map(\.id).sorted() == ["h%2Fa/b", "h/a/b"])
    try world.given(
      "handover.condition.met", World.release, #"{"handover":"h/a","condition":"b"}"#, by: World.bo)
    #expect(try conditions().filter { $0.done == nil }.map(\.id) == ["h/a/b"])
  }

  // MARK: Permissions

  private func approve(_ reason: String, _ more: String = "") throws -> Position {
    try world.given(
      "approval.given", World.release, #"{"scope":"release","reason":"\#(reason)"\#(more)}"#)
  }

  @Test("when somebody's later statement is withdrawn, the one before it counts again")
  func withdrawn() throws {
    let first = try approve("first")
    let second = try approve("second")
    let third = try approve("third")
    #expect(try release.approvals?.latest.map(\.moment.position) == [third])
    #expect(try release.approvals?.earlier.map(\.moment.position) == [first, second])
    try world.given("approval.withdrawn", World.release, #"{"approval":\#(second.value),"reason":"r"}"#)
    try world.given("approval.withdrawn", World.release, #"{"approval":\#(third.value),"reason":"r"}"#)
    #expect(try release.approvals?.latest.map(\.moment.position) == [first])
    #expect(try release.approvals?.earlier.isEmpty == true)
  }

  @Test("statements of one person on two scopes, or for two environments, stand beside each other")
  func scopes() throws {
    for environment in ["a", "b"] { _ = try approve("r", #","environment":"\#(environment)""#) }
    try world.given("approval.given", World.release, #"{"scope":"plan"}"#)
    #expect(try release.approvals?.latest.count == 3)
  }

  @Test("two waivers of one rule both stand, and revoking one leaves the other")
  func waivers() throws {
    for waiver in ["w-1", "w-2"] {
      try world.given(
        "waiver.granted", World.release,
        #"{"waiver":"\#(waiver)","rule":"tested","reason":"r","control":"c","until":"2027-01-01T00:00:00Z"}"#)
    }
    try world.given("waiver.revoked", World.release, #"{"waiver":"w-2","reason":"r"}"#)
    let rows = try world.views.approvals("payments-api", "1.0").filter { $0.kind == .waiver }
    #expect(rows.map(\.status) == [.granted, .revoked])
  }

  // MARK: Deployments

  @Test("two rollouts to one environment both show, and of each only its own end takes it away")
  func rollouts() throws {
    func tell(_ type: String, _ deployment: String, _ more: String = "") throws {
      try world.given(
        "deployment.\(type)", World.release, #"{"deployment":"\#(deployment)","environment":"p"\#(more)}"#)
    }
    for deployment in ["d-1", "d-2"] {
      try tell("started", deployment)
      try tell("progressed", deployment, #","decision":"continue","share":0.5"#)
    }
    func shown() throws -> [String] {
      let rows = try rows()
      let row = try Running.row(Running.key(environment: "p", package: "payments-api"), in: rows)
      return try row.map { try Running.shown($0, in: rows) }?.rollouts.map(\.deployment) ?? []
    }
    #expect(try shown() == ["d-1", "d-2"])
    try tell("finished", "d-1", #","outcome":"failed""#)
    #expect(try shown() == ["d-2"])
    // What is told of it after its end does not bring it back.
    try tell("progressed", "d-1", #","decision":"continue","share":5"#)
    #expect(try shown() == ["d-2"])
    try tell("progressed", "d-2", #","decision":"abort""#)
    #expect(try shown().isEmpty)
  }

  @Test("a release that is verified in two environments is told of in both, each by the last check there")
  func verifications() throws {
    for (environment, outcome) in [("eu", "failed"), ("us", "failed"), ("eu", "succeeded")] {
      try world.given(
        "verification.finished", World.release,
        #"{"deployment":"d","environment":"\#(environment)","outcome":"\#(outcome)"}"#)
    }
    #expect(
      try release.verifications.map { "\($0.environment ?? "") \($0.outcome)" } == [
        "eu succeeded", "us failed",
      ])
  }

  @Test("what two observers have each seen of an environment stands together, until somebody sees all of it")
  func observers() throws {
    func observe(_ observer: String, _ coverage: String, _ items: String...) throws {
      let list = items.map { #"{"name":"\#($0)"}"# }.joined(separator: ",")
      try world.given(
        "environment.observed", "environment/p",
        #"{"observer":"\#(observer)","coverage":"\#(coverage)","running":[\#(list)]}"#)
    }
    func seen() throws -> [String] {
      try #require(try world.views.environment("p")).standing(given: world.views).seenItems.map {
        "\($0.item.name) \($0.observation.observer)"
      }
    }
    try observe("a", "partial", "web")
    try observe("b", "partial", "api")
    #expect(try seen() == ["api b", "web a"])
    try observe("a", "partial", "db")
    #expect(try seen() == ["db a", "api b"])
    try observe("c", "complete", "web")
    try observe("a", "partial", "cache")
    #expect(try seen() == ["cache a", "web c"])
    #expect(try world.views.environment("p")?.observation?.observer == "a")
  }

  @Test("an incident that names a release's deployments one after the other is found under all of them")
  func causes() throws {
    try world.given("incident.opened", "incident/i", #"{"severity":"high","summary":"s"}"#)
    for deployment in ["d-1", "d-2"] {
      try world.given(
        "incident.attributed", "incident/i",
        #"{"causes":[{"release":"\#(World.release)","deployment":"\#(deployment)"}],"confidence":"confirmed"}"#
      )
    }
    let row = try Causes.row(RowKey("payments-api", "1.0", "i"), in: rows())
    #expect(row?.deployments == ["d-1", "d-2"])
    #expect(try world.views.incident("i")?.causes.count == 2)
  }

  @Test("of twenty open drifts none is left out, and of resolved ones the oldest are")
  func drifts() throws {
    for number in 1...20 {
      try world.given(
        "drift.detected", "environment/p",
        #"{"drift":"x-\#(number)","item":"web","found":{"name":"web"},"severity":"low"}"#)
    }
    #expect(try world.views.environment("p")?.drifts.count == 20)
    for number in 1...10 {
      try world.given(
        "drift.resolved", "environment/p", #"{"drift":"x-\#(number)","resolution":"accepted","reason":"r"}"#)
    }
    try world.given(
      "drift.detected", "environment/p",
      #"{"drift":"x-21","item":"web","found":{"name":"web"},"severity":"low"}"#)
    let row = try #require(try world.views.environment("p"))
    #expect(row.drifts.filter { $0.resolved == nil }.count == 11)
    #expect(row.driftsLeftOut == 1)
  }
}
