import RelmDomain
import RelmProof
import RelmTestWorld
import Testing

/// What loosens is an act of its scope, although its type is a fact.
@Suite("What loosens")
struct LooseningActTests {
  private let world: World
  private static let eu = "environment/production/eu"

  init() throws { world = try World() }

  @Test("anybody registers an environment as production, and nobody without level 6 as less")
  func registration() throws {
    #expect(
      try world.when("environment.registered", Self.eu, #"{"context":"production"}"#, by: World.dee) == nil)
    let less = try world.when("environment.registered", Self.eu, #"{"context":"development"}"#, by: World.dee)
    #expect(less?.code == .notAuthorised && less?.reason.contains("level 6 in production") == true)
    #expect(try world.when("environment.registered", Self.eu, #"{"context":"development"}"#) == nil)
  }

  @Test("retiring an environment, and registering it again as whatever, needs level 6 over production")
  func retirement() throws {
    try world.given(
      "environment.registered", Self.eu, #"{"context":"production","tier":"gold"}"#, by: World.dee)
    #expect(
      try world.when("environment.retired", Self.eu, #"{"reason":"r"}"#, by: World.dee)?.code == .notAuthorised)
    try world.given("environment.retired", Self.eu, #"{"reason":"r"}"#)
    for data in [
      #"{"context":"development"}"#, #"{"context":"production","tier":"bronze"}"#, #"{"context":"production"}"#,
      #"{"context":"production","tier":"gold"}"#,
    ] {
      #expect(try world.when("environment.registered", Self.eu, data, by: World.dee)?.code == .notAuthorised)
      #expect(try world.when("environment.registered", Self.eu, data) == nil)
    }
  }

  @Test("that an environment of development is production after all takes level 4, and the way back level 6")
  func raised() throws {
    try world.given("environment.registered", Self.eu, #"{"context":"development"}"#)
    let production = #"{"context":"production"}"#
    let refusal = try world.when("environment.registered", Self.eu, production, by: World.dee)
    #expect(
      refusal?.reason.contains("puts other policies over it by this, and so needs authority at level 4") == true
    )
    try world.grant(World.dee, level: 4)
    try world.given("environment.registered", Self.eu, production, by: World.dee)
    try world.given("environment.retired", Self.eu, #"{"reason":"r"}"#)
    #expect(
      try world.when("environment.registered", Self.eu, #"{"context":"development"}"#, by: World.dee)?.code
        == .notAuthorised)
  }

  @Test("annulling what made an environment production needs level 6")
  func annulledRegistration() throws {
    try world.grant(World.bo, level: 5)
    try world.given("environment.registered", Self.eu, #"{"context":"development"}"#)
    let retired = try world.given("environment.retired", Self.eu, #"{"reason":"r"}"#)
    let annulment = #"{"position":\#(retired.value),"reason":"r"}"#
    #expect(
      try world.when("event.annulled", "ledger", annulment, by: World.bo)?.reason.contains("level 6") == true)
  }

  static let lowering = [
    #""class":"standard""#, #""class":"emergency""#, #""critical":false"#, #""services":["toy"]"#,
    #""manager":"\#(World.dee.text)""#, #""commits":[{"id":"c2"}]"#, #""components":[{"name":"web"}]"#,
    #""requires":["release/base/2"]"#, #""procedure":"other""#,
  ]

  private func plan() throws {
    try world.given(
      "release.planned", World.release,
      #"""
      {"class":"normal","critical":true,"services":["payments"],"manager":"\#(World.cyd.text)","commits":[{"id":"c1"}],
       "components":[{"name":"api"}],"requires":["release/base/1"],"procedure":"web"}
      """#, by: World.dee)
  }

  @Test("a change of scope that takes something out, or lowers it, is an act", arguments: lowering)
  func lowers(change: String) throws {
    try plan()
    let data = #"{"reason":"r",\#(change)}"#
    let refusal = try world.when("release.scope.changed", World.release, data, by: World.dee)
    #expect(refusal?.code == .notAuthorised && refusal?.reason.contains("level 5") == true)
    try world.grant(World.dee, level: 5)
    #expect(try world.when("release.scope.changed", World.release, data, by: World.dee) == nil)
  }

  @Test(
    "a change of scope that adds something is a fact",
    arguments: [
      #""purpose":"more""#, #""critical":true"#, #""services":["payments","toy"]"#, #""class":"normal""#,
      #""commits":[{"id":"c1"},{"id":"c2"}]"#, #""components":[{"name":"api"},{"name":"web"}]"#,
      #""fixes":["inc-1"]"#,
    ])
  func adds(change: String) throws {
    try plan()
    #expect(
      try world.when("release.scope.changed", World.release, #"{"reason":"r",\#(change)}"#, by: World.dee)
        == nil)
  }

  @Test("it needs the level that the policies ask of approvers")
  func policyLevel() throws {
    try plan()
    try world.grant(World.dee, level: 5)
    try world.given(
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"1","title":"t","context":"production","rules":[{"rule":"approved","level":6}]}}"#
    )
    let refusal = try world.when(
      "release.scope.changed", World.release, #"{"reason":"r","critical":false}"#, by: World.dee)
    #expect(refusal?.reason.contains("level 6") == true)
  }

  @Test(
    "a capability is registered, assessed as good, and relied on again, by an act; what is wrong with it anybody says"
  )
  func capabilities() throws {
    let farm = #"{"kind":"tool","title":"t","owner":"\#(World.bo.text)"}"#
    #expect(
      try world.when("capability.registered", "capability/farm", farm, by: World.dee)?.code == .notAuthorised)
    try world.given("capability.registered", "capability/farm", farm)
    try world.given("capability.assessed", "capability/farm", #"{"verdict":"unacceptable"}"#, by: World.dee)
    func decided(_ type: String, _ data: String) throws -> Refusal.Code? {
      try world.when(type, "capability/farm", data, by: World.dee)?.code
    }
    #expect(try decided("capability.assessed", #"{"verdict":"acceptable"}"#) == .notAuthorised)
    try world.given("capability.withdrawn", "capability/farm", #"{"reason":"r"}"#, by: World.dee)
    #expect(try decided("capability.registered", farm) == .notAuthorised)
    try world.grant(World.dee, level: 4)
    #expect(try decided("capability.registered", farm) == nil)
  }

  @Test("a signature that nobody checks is not taken")
  func signature() throws {
    let claim = #"""
      {"id":"1","source":"/s","specversion":"1.0","type":"relm.activity.recorded","subject":"\#(World.release)",
       "authsignature":"AAAA","data":{"activity":"a"}}
      """#
    let envelope = try Claim.parse(JSONDocument(Array(claim.utf8)).root).envelope
    let refusal = try Decision.decide(
      Event.decode(envelope), in: envelope, streamExists: false, given: world.views, at: world.now)
    #expect(refusal?.pointer == "/authsignature")
  }
}
