import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

@Suite("How far a freeze reaches")
struct FreezeScopeTests {
  private let world: World
  private let rule = #"{"rule":"not-frozen"}"#

  init() throws {
    world = try World()
    try world.given("release.planned", World.release, #"{"class":"normal"}"#)
  }

  private func freeze(_ environment: String, _ more: String = "", by person: PersonID = World.ana) throws {
    try world.given(
      "freeze.declared", "environment/" + environment,
      #"{"freeze":"f","from":"\#(world.now.rfc3339Milliseconds)","until":"2999-01-01T00:00:00Z","reason":"r"\#(more)}"#,
      by: person)
  }

  private func register(_ environment: String, _ context: String) throws {
    try world.given("environment.registered", "environment/" + environment, #"{"context":"\#(context)"}"#)
  }

  @Test(
    "a freeze reaches its environment, what is below it, all below a name with a star, and everything with a star alone",
    arguments: ["production/eu", "production", "production/*", "*"])
  func reaches(_ scope: String) throws {
    try freeze(scope)
    #expect(try world.outcome(rule) == .violated)
    try world.given("freeze.lifted", "environment/" + scope, #"{"freeze":"f","reason":"over"}"#)
    #expect(try world.outcome(rule) == .satisfied)
  }

  @Test(
    "a freeze reaches no other environment",
    arguments: ["production/us", "production/eu/canary", "production/eu/*", "prod", "staging/*"])
  func others(_ scope: String) throws {
    try freeze(scope)
    #expect(try world.outcome(rule) == .satisfied)
  }

  @Test(
    "what is excepted stays free, by its name, by one above it or by all below one",
    arguments: ["production/eu", "production", "production/*", "*"])
  func excepted(_ free: String) throws {
    try freeze("*", #","except":["\#(free)"]"#)
    #expect(try world.outcome(rule) == .satisfied)
  }

  @Test(
    "a freeze of one context reaches the environments that are registered as it, and what is not registered counts as production"
  )
  func contexts() throws {
    try freeze("*", #","context":"development""#)
    #expect(try world.outcome(rule) == .satisfied)
    try register("production/eu", "development")
    #expect(try world.outcome(rule) == .violated)
  }

  @Test("a freeze of an environment of development reaches nothing of production below it")
  func development() throws {
    try register("production", "development")
    try freeze("production")
    #expect(try world.outcome(rule) == .satisfied)
    try register("production/eu", "development")
    #expect(try world.outcome(rule) == .violated)
  }

  @Test("a freeze that reaches many is broken by an override in one of them that names it")
  func overridden() throws {
    try freeze("production/*", #","mayOverride":["\#(World.dee.text)"]"#)
    let plan = try #require(world.views.release("payments-api", "1.0")?.plan?.scope.position.value)
    let override = try world.told(
      "override.declared", World.release,
      #"{"rules":["not-frozen"],"environment":"production/eu","reason":"r","freeze":"f","until":"\#(world.now.after(days: 1).rfc3339Milliseconds)","plan":\#(plan)}"#,
      by: World.dee)
    try world.begin(more: #","override":\#(try #require(override).value)"#)
    #expect(try world.finding(rule).outcome == .overridden)
  }

  @Test("a freeze of one context needs authority for it, and one of everything for production")
  func authority() throws {
    try world.given(
      "authority.granted", "person/\(World.bo.uuid.text)", #"{"level":6,"contexts":["development"]}"#)
    try freeze("*", #","context":"development""#, by: World.bo)
    let all =
      #"{"freeze":"g","from":"\#(world.now.rfc3339Milliseconds)","until":"2999-01-01T00:00:00Z","reason":"r"}"#
    #expect(try world.when("freeze.declared", "environment/*", all, by: World.bo)?.code == .notAuthorised)
  }

  @Test("what stands for many environments is registered as none")
  func patterns() throws {
    let refusal = try world.when(
      "environment.registered", "environment/production/*", #"{"context":"production"}"#)
    #expect(refusal?.pointer == "/subject")
  }

  @Test("a window, a waiver and an override may be for many environments, by the same form")
  func permissions() throws {
    let window =
      #"{"from":"\#(world.now.rfc3339Milliseconds)","until":"2999-01-01T00:00:00Z","environment":"production/*"}"#
    try world.given("schedule.agreed", World.release, #"{"windows":[\#(window)]}"#)
    #expect(try world.outcome(#"{"rule":"scheduled"}"#) == .satisfied)
    try world.grant(World.bo, level: 6)
    try world.given(
      "waiver.granted", World.release,
      #"{"waiver":"w","rule":"designed","reason":"r","control":"c","until":"2999-01-01T00:00:00Z","environment":"production/*"}"#,
      by: World.bo)
    try world.begin()
    #expect(try world.finding(#"{"rule":"designed"}"#).outcome == .waived)
  }
}
