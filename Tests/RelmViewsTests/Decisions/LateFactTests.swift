import RelmDomain
import RelmViews
import RelmProof
import RelmTestWorld
import Testing

@Suite("Facts that are told late")
struct LateFactTests {
  private let world: World

  init() throws { world = try World() }

  private func given(_ type: String, _ data: String, at time: String) throws {
    try world.given(type, World.release, data, time: "2026-11-\(time):00Z")
  }

  private func release() throws -> ReleaseRow { try #require(try world.views.release("payments-api", "1.0")) }

  private func built(_ id: String, _ digest: String, at time: String) throws {
    try given(
      "build.finished",
      #"{"build":"\#(id)","outcome":"succeeded","backfilled":true,"artifacts":[{"name":"a","digest":"\#(digest)"}]}"#,
      at: time)
  }

  @Test(
    "an older good build does not change what the release is made of, not after a newer one has failed either")
  func lateBuild() throws {
    try built("b-2", World.digest, at: "10T10:00")
    try given("build.started", #"{"build":"b-3"}"#, at: "12T10:00")
    try given("build.finished", #"{"build":"b-3","outcome":"failed"}"#, at: "12T11:00")
    try built("b-1", World.otherDigest, at: "05T10:00")
    #expect(try release().digests.map(\.text) == [World.digest])
    try built("b-4", World.otherDigest, at: "13T10:00")
    #expect(try release().digests.map(\.text) == [World.otherDigest])
  }

  @Test("a package that is published is what the release is now, beside what was built")
  func publishedPackage() throws {
    try built("b-1", World.digest, at: "10T10:00")
    try given("package.published", #"{"digest":"\#(World.otherDigest)"}"#, at: "10T11:00")
    #expect(try release().digests.map(\.text) == [World.digest, World.otherDigest])
  }

  @Test("the review that was closed last says how the release went, in whatever order they are told")
  func lateReview() throws {
    try given("activity.recorded", #"{"activity":"Looked at it"}"#, at: "09T10:00")
    for (review, time, outcome) in [("r-2", "20T10:00", "unsuccessful"), ("r-1", "15T10:00", "successful")] {
      try given("review.opened", #"{"review":"\#(review)","scope":"s"}"#, at: "11T10:00")
      try given("review.closed", #"{"review":"\#(review)","outcome":"\#(outcome)"}"#, at: time)
    }
    #expect(try release().reviews?.outcome == .unsuccessful)
  }

  @Test("a release is reviewed by a review that was closed after its last deployment, not by an older one")
  func reviewBeforeRedeployment() throws {
    try given("deployment.started", #"{"deployment":"d-1","environment":"p"}"#, at: "10T10:00")
    try given(
      "deployment.finished", #"{"deployment":"d-1","environment":"p","outcome":"succeeded"}"#, at: "10T11:00")
    try given("review.opened", #"{"review":"r","scope":"s"}"#, at: "11T10:00")
    let action =
      #"{"review":"r","action":"a","task":"t","owner":"\#(World.bo.text)","due":"2026-12-01T00:00:00Z"}"#
    try given("review.action.raised", action, at: "11T11:00")
    try given("review.closed", #"{"review":"r","outcome":"successful"}"#, at: "12T10:00")
    #expect(try release().stage == .reviewed)
    try given("deployment.started", #"{"deployment":"d-2","environment":"p"}"#, at: "13T10:00")
    try given(
      "deployment.finished", #"{"deployment":"d-2","environment":"p","outcome":"succeeded"}"#, at: "13T11:00")
    try given("review.action.completed", #"{"review":"r","action":"a","result":"r"}"#, at: "14T10:00")
    #expect(try release().stage == .deployed)
  }

  @Test("an override that a review has looked at before anybody ratified it is due for ratification alone")
  func reviewFirst() throws {
    try given("activity.recorded", #"{"activity":"Looked at it"}"#, at: "09T10:00")
    let declared = try world.given(
      "override.declared", World.release,
      #"{"rules":["approved"],"environment":"p","reason":"r","until":"2027-01-01T00:00:00Z"}"#)
    try given("review.opened", #"{"review":"r","scope":"s"}"#, at: "11T10:00")
    try given(
      "review.closed", #"{"review":"r","outcome":"successful","overrides":[\#(declared.value)]}"#,
      at: "12T10:00")
    let subject = Subject.release(package: "payments-api", version: "1.0")
    #expect(try world.views.obligation(subject, .overrideReview, "\(declared.value)")?.done != nil)
    #expect(try world.views.obligation(subject, .overrideRatification, "\(declared.value)")?.done == nil)
  }

  @Test("what has no due time and never had one is nobody's duty")
  func noDutyWithoutDue() throws {
    try world.given(
      "capability.registered", "capability/c", #"{"kind":"tool","title":"t","owner":"\#(World.bo.text)"}"#)
    try world.grant(World.bo, level: 5)
    #expect(try world.views.obligation(.capability("c"), .capabilityAssessment, "c") == nil)
    #expect(try world.views.obligation(.person(World.bo), .authorityReview, "2") == nil)
  }

  @Test("of many grants all stay in the row")
  func manyGrants() throws {
    let standing = try world.grant(World.bo, level: 6)
    for _ in 0..<40 { try world.grant(World.bo, level: 4, more: #","until":"2027-01-01T00:00:00Z""#) }
    let row = try #require(try world.views.person(World.bo))
    #expect(row.grants.first?.position == standing)
    #expect(row.grants.count == 41)
  }
}
