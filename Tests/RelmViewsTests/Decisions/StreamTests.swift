import RelmDomain
import RelmViews
import RelmProof
import RelmTestWorld
import Testing

@Suite("What streams leave possible")
struct StreamTests {
  private let world: World

  init() throws { world = try World() }

  private func expectContradiction(
    _ type: String, _ subject: String, _ data: String, by actor: PersonID = World.ana,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let refusal = try world.when(type, subject, data, by: actor)
    #expect(refusal?.code == .contradiction, "\(String(describing: refusal))", sourceLocation: sourceLocation)
  }

  @Test("a handover is rejected and offered anew, and its conditions are met one by one by who accepted")
  func handover() throws {
    try world.given("release.planned", World.release, #"{"class":"normal"}"#)
    func offer(_ id: String) -> String {
      #"{"handover":"\#(id)","to":"operations","party":"\#(World.bo.text)"}"#
    }
    try world.given("handover.offered", World.release, offer("h-1"), by: World.cyd)
    #expect(
      try world.when("handover.rejected", World.release, #"{"handover":"h-1","reason":"r"}"#, by: World.cyd)?
        .code
        == .notAuthorised)
    try world.given("handover.rejected", World.release, #"{"handover":"h-1","reason":"r"}"#, by: World.bo)
    try expectContradiction("handover.accepted", World.release, #"{"handover":"h-1"}"#, by: World.bo)
    try world.given("handover.offered", World.release, offer("h-2"), by: World.cyd)
    func met(_ condition: String) -> String { #"{"handover":"h-2","condition":"\#(condition)"}"# }
    try expectContradiction("handover.condition.met", World.release, met("c-1"), by: World.bo)
    let condition =
      #"{"id":"c-1","condition":"c","owner":"\#(World.dee.text)","due":"2026-12-01T00:00:00Z"}"#
    try world.given(
      "handover.accepted", World.release, #"{"handover":"h-2","conditions":[\#(condition)]}"#, by: World.bo)
    let subject = Subject.release(package: "payments-api", version: "1.0")
    #expect(try world.views.obligation(subject, .condition, "h-2/c-1")?.owner == World.dee)
    try expectContradiction("handover.condition.met", World.release, met("c-2"), by: World.bo)
    #expect(
      try world.when("handover.condition.met", World.release, met("c-1"), by: World.dee)?.code == .notAuthorised
    )
    try world.given("handover.condition.met", World.release, met("c-1"), by: World.bo)
    #expect(try world.views.obligation(subject, .condition, "h-2/c-1")?.done != nil)
    try expectContradiction("handover.condition.met", World.release, met("c-1"), by: World.bo)
  }

  @Test("a step of a procedure is one of the version that was published, completed or skipped with a reason")
  func procedures() throws {
    func step(_ version: String, _ step: String) -> String {
      #"{"procedure":"p","version":"\#(version)","step":"\#(step)"}"#
    }
    try expectContradiction("procedure.step.completed", World.release, step("1", "a"))
    func document(_ id: String, _ steps: String) -> String {
      #"{"document":{"id":"\#(id)","version":"1","title":"t","owner":"\#(World.bo.text)","steps":[\#(steps)],"reviewBy":"2026-12-01T00:00:00Z"}}"#
    }
    let a = #"{"step":"a","title":"A"}"#
    try expectContradiction("procedure.published", "procedure/p", document("q", a))
    try expectContradiction("procedure.published", "procedure/p", document("p", "\(a),\(a)"))
    try world.given("procedure.published", "procedure/p", document("p", a))
    try expectContradiction("procedure.published", "procedure/p", document("p", a))
    #expect(try world.when("procedure.step.completed", World.release, step("1", "a")) == nil)
    #expect(try world.when("procedure.step.completed", World.release, step("1", "b"))?.pointer == "/data/step")
    #expect(
      try world.when("procedure.step.completed", World.release, step("2", "a"))?.pointer == "/data/version")
    #expect(throws: DecodingFailure.self) {
      _ = try world.when("procedure.step.skipped", World.release, step("1", "a"))
    }
    // Its review is due, until it is reviewed; the next date renews the duty.
    let review = { try self.world.views.obligation(.procedure("p"), .procedureReview, "p") }
    world.advance(days: 30)
    #expect(try review()?.isOverdue(at: world.now) == true)
    try world.given(
      "procedure.reviewed", "procedure/p",
      #"{"version":"1","outcome":"kept","reviewBy":"2027-12-01T00:00:00Z"}"#)
    #expect(try review()?.isOverdue(at: world.now) == false && review()?.done == nil)
    try world.given("procedure.retired", "procedure/p", #"{"reason":"r"}"#)
    #expect(try review()?.done != nil)
    try expectContradiction("procedure.retired", "procedure/p", #"{"reason":"r"}"#)
  }

  @Test("an action that was never raised is not completed, and an open one is somebody's duty")
  func reviews() throws {
    try world.given("release.planned", World.release, #"{"class":"normal"}"#)
    let completed = #"{"review":"r","action":"a","result":"done"}"#
    try expectContradiction("review.action.completed", World.release, completed)
    try world.given("review.opened", World.release, #"{"review":"r","scope":"s","due":"2026-12-01T00:00:00Z"}"#)
    try expectContradiction("review.action.completed", World.release, completed)
    let raised =
      #"{"review":"r","action":"a","task":"t","owner":"\#(World.bo.text)","due":"2026-12-01T00:00:00Z"}"#
    try world.given("review.action.raised", World.release, raised)
    try expectContradiction("review.action.raised", World.release, raised)
    try world.given("review.closed", World.release, #"{"review":"r","outcome":"successful"}"#)
    try world.given("review.action.completed", World.release, completed)
    try expectContradiction("review.action.completed", World.release, completed)
    try expectContradiction("review.closed", World.release, #"{"review":"r","outcome":"successful"}"#)
  }

  @Test("support is opened before it advises and is closed once")
  func support() throws {
    try expectContradiction(
      "support.closed", World.release, #"{"support":"s","criteria":[{"criterion":"c","result":"met"}]}"#)
    try world.given("support.opened", World.release, #"{"support":"s","criteria":["c"]}"#)
    let closed = #"{"support":"s","criteria":[{"criterion":"c","result":"unmet"}]}"#
    try world.given("support.closed", World.release, closed)
    try expectContradiction("support.closed", World.release, closed)
    #expect(try world.views.attempt("payments-api", "1.0", AttemptID(.support, "s"))?.outcome == .failed)
  }

  @Test("a rollout progresses after it began, and is aborted visibly")
  func progress() throws {
    let data = #"{"deployment":"d","environment":"p","decision":"abort","share":5}"#
    try expectContradiction("deployment.progressed", World.release, data)
    try world.given("deployment.started", World.release, #"{"deployment":"d","environment":"p"}"#)
    try world.given("deployment.progressed", World.release, data)
    let row = try world.views.attempt("payments-api", "1.0", AttemptID(.deployment, "d", in: "p"))
    #expect(row?.share?.text == "5" && row?.progress == .abort)
  }

  @Test("an environment shows what was declared, what was observed and what drifted")
  func environments() throws {
    let place = "environment/p"
    try world.given("environment.registered", place, #"{"context":"development"}"#)
    try expectContradiction("environment.registered", place, #"{"context":"development"}"#)
    let item = #"{"name":"payments-api","version":"1.0"}"#
    try world.given("baseline.recorded", place, #"{"baseline":"b","moment":"before","items":[\#(item)]}"#)
    try world.given("baseline.recorded", place, #"{"baseline":"a","moment":"after","items":[\#(item)]}"#)
    try world.given(
      "environment.observed", place, #"{"observer":"o","coverage":"complete","running":[\#(item)]}"#)
    // Seen earlier and told later: it is not the latest.
    try world.given(
      "environment.observed", place, #"{"observer":"late","coverage":"partial"}"#, time: "2026-11-01T00:00:00Z")
    for direction in ["toConfigurationManagement", "fromConfigurationManagement"] {
      try world.given(
        "configuration.exchanged", place,
        #"{"direction":"\#(direction)","database":"d","outcome":"succeeded"}"#)
    }
    try expectContradiction("drift.resolved", place, #"{"drift":"x","resolution":"restored"}"#)
    try world.given("drift.detected", place, #"{"drift":"x","item":"payments-api","found":\#(item)}"#)
    let row = try #require(try world.views.environment("p"))
    #expect(row.before?.baseline == "b" && row.after?.baseline == "a")
    #expect(row.observation?.observer == "o")
    #expect(row.sent != nil && row.received != nil)
    #expect(row.drifts.first?.resolved == nil)
    try world.given("drift.resolved", place, #"{"drift":"x","resolution":"restored"}"#)
    #expect(try world.views.environment("p")?.drifts.first?.resolved != nil)
  }

  @Test("a service is established once, continued by releases, and retired")
  func services() throws {
    let established =
      #"{"release":"\#(World.release)","specification":"\#(World.digest)","owner":"\#(World.bo.text)","userCommunity":"u"}"#
    try world.given("service.established", "service/payments", established)
    try expectContradiction("service.established", "service/payments", established)
    try world.given("service.continued", "service/payments", #"{"release":"release/payments-api/2.0"}"#)
    let row = try world.views.service("payments")
    #expect(row?.latest?.release == "release/payments-api/2.0" && row?.continued == 1)
    #expect(row?.owner == World.bo)
    try world.given("service.retired", "service/payments", #"{"reason":"r"}"#)
    try expectContradiction("service.retired", "service/payments", #"{"reason":"r"}"#)
  }

  @Test("an incident is opened once, attributed by name, and resolved once")
  func incidents() throws {
    try expectContradiction("incident.resolved", "incident/i", "{}")
    #expect(try world.when("incident.resolved", "incident/i", #"{"backfilled":true}"#) == nil)
    try world.given(
      "incident.attributed", "incident/i",
      #"{"causes":[{"release":"\#(World.release)"}],"confidence":"suspected"}"#)
    try world.given("incident.opened", "incident/i", #"{"severity":"high","summary":"s"}"#)
    try world.given(
      "incident.attributed", "incident/i",
      #"{"causes":[{"release":"\#(World.release)"}],"confidence":"confirmed"}"#)
    try world.given("incident.resolved", "incident/i", "{}")
    try expectContradiction("incident.resolved", "incident/i", "{}")
    #expect(try world.views.incident("i")?.causes.map(\.confidence) == [.confirmed])
  }

  @Test("a capability is registered, assessed, and relied on while it is valid")
  func capabilities() throws {
    let registered =
      #"{"kind":"tool","title":"t","owner":"\#(World.bo.text)","validUntil":"2026-12-01T00:00:00Z"}"#
    try expectContradiction("capability.assessed", "capability/c", #"{"verdict":"acceptable"}"#)
    try world.given("capability.registered", "capability/c", registered)
    try expectContradiction("capability.registered", "capability/c", registered)
    #expect(try world.views.capability("c")?.isReliable(at: world.now) == true)
    world.advance(days: 60)
    #expect(try world.views.capability("c")?.isReliable(at: world.now) == false)
    try world.given(
      "capability.assessed", "capability/c", #"{"verdict":"acceptable","validUntil":"2027-12-01T00:00:00Z"}"#)
    #expect(try world.views.capability("c")?.isReliable(at: world.now) == true)
    try world.given("capability.withdrawn", "capability/c", #"{"reason":"r"}"#)
    #expect(try world.views.capability("c")?.isReliable(at: world.now) == false)
  }

  @Test("a legal hold keeps people and evidence until it is released")
  func holds() throws {
    let erased = #"{"person":"\#(World.cyd.text)","ground":"g"}"#
    let disposed = #"{"digest":"\#(World.digest)","ground":"g"}"#
    try expectContradiction("hold.placed", "ledger", #"{"hold":"h","ground":"g"}"#)
    try world.given("hold.placed", "ledger", #"{"hold":"h","ground":"g","persons":["\#(World.cyd.text)"]}"#)
    try expectContradiction("subject.erased", "ledger", erased)
    #expect(try world.when("evidence.disposed", "ledger", disposed) == nil)
    try world.given("hold.placed", "ledger", #"{"hold":"all","ground":"g","everything":true}"#)
    try expectContradiction("evidence.disposed", "ledger", disposed)
    for hold in ["h", "all"] {
      try world.given("hold.released", "ledger", #"{"hold":"\#(hold)","reason":"r"}"#)
    }
    try world.given("subject.erased", "ledger", erased)
    try expectContradiction("subject.erased", "ledger", erased)
  }

  @Test("a policy's version is adopted once, in force from its time on and never before it was recorded")
  func policies() throws {
    func adopted(_ version: String, _ more: String = "") -> String {
      #"{"document":{"id":"p","version":"\#(version)","title":"t","context":"production","rules":[{"rule":"planned"}]\#(more)}}"#
    }
    let recorded = world.now
    try world.given("policy.adopted", "policy/p", adopted("1", #","effectiveFrom":"2020-01-01T00:00:00Z""#))
    try expectContradiction("policy.adopted", "policy/p", adopted("1"))
    try world.given("policy.adopted", "policy/p", adopted("2", #","effectiveFrom":"2026-12-10T00:00:00Z""#))
    let row = try #require(try world.views.policy("p"))
    #expect(row.versions.first?.effective == recorded)
    #expect(row.inForce(at: world.now)?.version == "1")
    #expect(row.inForce(at: recorded.advanced(byMicroseconds: -1)) == nil)
    world.advance(days: 40)
    #expect(row.inForce(at: world.now)?.version == "2")
    try world.given("policy.retired", "policy/p", #"{"reason":"r"}"#)
    #expect(try world.views.policy("p")?.inForce(at: world.now) == nil)
  }
}
