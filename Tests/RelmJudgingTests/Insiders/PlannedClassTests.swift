import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// Whoever plans a release names its class, and with it what it is asked.
@Suite("The class that a release is planned as")
struct PlannedClassTests {
  private let world: World
  private let stranger = World.dee

  init() throws {
    world = try World()
    try world.grant(World.bo, level: 5)
    try adopt("emergencies", #"{"rule":"planned"}"#, for: "emergency")
    try adopt("standards", #"{"rule":"planned"}"#, for: "standard")
    try adopt("normals", #"{"rule":"designed"}"#, for: "normal")
  }

  private func adopt(_ id: String, _ rule: String, for releaseClass: String) throws {
    try world.given(
      "policy.adopted", "policy/\(id)",
      #"{"document":{"id":"\#(id)","version":"1","title":"t","context":"production","appliesTo":{"classes":["\#(releaseClass)"]},"rules":[\#(rule)]}}"#
    )
  }

  private func plan(_ data: String, by person: PersonID?) throws {
    try world.given("release.planned", World.release, "{\(data)}", by: person)
  }

  private func gate() throws -> GateDecided {
    try Gate.judge(
      package: "payments-api", version: "1.0", environment: World.environment,
      events: world.counting(of: world.events.count).filter { $0.subject?.text == World.release },
      given: world.views, size: world.events.count, at: world.now
    ).decided
  }

  private var policies: [String] { get throws { try gate().policies.map(\.policy) } }

  private func pinned() throws -> String {
    try "\(#require(world.views.release("payments-api", "1.0")?.plan?.scope.position.value))"
  }

  @Test(
    "an emergency that nobody with authority has called one is asked what a normal release is, too; the gate says why"
  )
  func emergency() throws {
    try plan(#""class":"emergency""#, by: stranger)
    #expect(try policies == ["emergencies", "normals"])
    #expect(try gate().reason.contains("planned as emergency by somebody without the level"))
    try world.given("policy.retired", "policy/normals", #"{"reason":"r"}"#)
    #expect(try policies.isEmpty && gate().outcome == .closed)
  }

  @Test(
    "it is one where somebody with authority plans it as that, approves it, overrides for it or changes its scope to it",
    arguments: ["plan", "approval", "override", "scope"])
  func vouched(how: String) throws {
    try plan(#""class":"emergency""#, by: how == "plan" ? World.bo : stranger)
    let until = world.now.after(days: 1).rfc3339Milliseconds
    switch how {
    case "approval":
      try world.given(
        "approval.given", World.release, #"{"scope":"deployment","plan":\#(try pinned())}"#, by: World.bo)
    case "override":
      try world.given(
        "override.declared", World.release,
        #"{"rules":["tested"],"environment":"\#(World.environment)","reason":"r","until":"\#(until)","plan":\#(try pinned())}"#,
        by: World.bo)
    case "scope":
      try world.given(
        "release.scope.changed", World.release, #"{"reason":"r","class":"emergency"}"#, by: World.bo)
    default: break
    }
    #expect(try policies == ["emergencies"])
  }

  @Test("an approval that was given before the plan was changed says nothing of what it is now")
  func staleApproval() throws {
    try plan(#""class":"emergency""#, by: stranger)
    let data = #"{"scope":"deployment","plan":\#(try pinned())}"#
    try world.given("release.scope.changed", World.release, #"{"reason":"r","purpose":"more"}"#, by: stranger)
    try world.smuggled("approval.given", World.release, data, by: World.bo)
    #expect(try policies == ["emergencies", "normals"])
  }

  @Test("a standard release is one without anybody's word where a procedure preauthorises all of it")
  func standard() throws {
    try plan(#""class":"standard","procedure":"web""#, by: stranger)
    #expect(try policies == ["normals", "standards"])
    try publish("1", #""packages":["payments-api"]"#)
    #expect(try policies == ["standards"])
    try publish("2", #""services":["toy"]"#)
    #expect(try policies == ["normals", "standards"])
  }

  private func publish(_ version: String, _ scope: String) throws {
    try world.given(
      "procedure.published", "procedure/web",
      #"{"document":{"id":"web","version":"\#(version)","title":"Web","steps":[{"step":"s","title":"S"}],"owner":"\#(World.ana.text)","preauthorises":true,"appliesTo":{\#(scope)}}}"#
    )
  }

  @Test("a procedure that preauthorises releases of one service classifies none that concerns another besides")
  func otherService() throws {
    try plan(#""class":"standard","procedure":"web","services":["toy","payments"]"#, by: World.ana)
    let rule = #"{"rule":"classified"}"#
    try publish("1", #""services":["toy"]"#)
    #expect(try world.outcome(rule) == .violated)
    try publish("2", #""services":["payments","toy"]"#)
    #expect(try world.outcome(rule) == .satisfied)
    try publish("3", #""environments":["production/us"]"#)
    #expect(try world.outcome(rule) == .violated)
  }
}
