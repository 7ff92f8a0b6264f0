import RelmDomain
import RelmViews
import RelmProof
import RelmTestWorld
import Testing

/// A standard release needs nobody's word where a procedure preauthorises it: so that is for those to say whose word it would need.
@Suite("Who may preauthorise")
struct PreauthorisingTests {
  private let world: World

  init() throws {
    world = try World()
    try world.grant(World.bo, level: 4)
    try world.grant(World.cyd, level: 5)
  }

  private static func document(_ version: String, _ more: String = #","preauthorises":true"#) -> String {
    #"{"document":{"id":"web","version":"\#(version)","title":"t","owner":"\#(World.bo.text)","steps":[{"step":"one","title":"t"}]\#(more)}}"#
  }

  private func publishing(_ document: String, by actor: PersonID) throws -> Refusal? {
    try world.when("procedure.published", "procedure/web", document, by: actor)
  }

  private func adopt(level: Int, for service: String? = nil) throws {
    let scope = #","appliesTo":{"classes":["normal"]\#(service.map { #","services":["\#($0)"]"# } ?? "")}"#
    try world.given(
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"1","title":"t","context":"production"\#(scope),"rules":[{"rule":"approved","level":\#(level)}]}}"#
    )
  }

  @Test(
    "publishing a procedure takes level 4, and one that preauthorises that of approvers, 5 at least"
  )
  func publishing() throws {
    #expect(try publishing(Self.document("1", ""), by: World.bo) == nil)
    let refusal = try publishing(Self.document("1"), by: World.bo)
    #expect(refusal?.code == .notAuthorised && refusal?.reason.contains("level 5") == true)
    #expect(refusal?.reason.contains("preauthorises releases by this, as their approvers would") == true)
    #expect(try publishing(Self.document("1"), by: World.cyd) == nil)
  }

  @Test("… which a policy says that may be about the same releases, of whichever class")
  func policies() throws {
    try adopt(level: 6, for: "payments")
    #expect(try publishing(Self.document("1"), by: World.cyd)?.reason.contains("level 6") == true)
    let shop = #","preauthorises":true,"appliesTo":{"services":["shop"]}"#
    #expect(try publishing(Self.document("1", shop), by: World.cyd) == nil)
  }

  @Test(
    "retiring one takes level 4 and making it count again that of approvers, and so does annulling what took its place"
  )
  func back() throws {
    try world.given("procedure.published", "procedure/web", Self.document("1"), by: World.cyd)
    #expect(try publishing(Self.document("2", ""), by: World.bo) == nil)
    let retired = try world.given("procedure.retired", "procedure/web", #"{"reason":"r"}"#, by: World.bo)
    let last = try world.given("procedure.published", "procedure/web", Self.document("2", ""), by: World.bo)
    try adopt(level: 6)
    for position in [retired, last] {
      let annulment = #"{"position":\#(position.value),"reason":"r"}"#
      let refusal = try world.when("event.annulled", "ledger", annulment, by: World.cyd)
      #expect(refusal?.reason.contains("level 6") == true)
    }
  }

  @Test(
    "what a policy in force asks to be applied is for those to publish who may for all that the policy is about"
  )
  func applied() throws {
    let toy = World.person(60)
    try world.grant(toy, level: 5, more: #","services":["toy"]"#)
    let document = Self.document("1", #","appliesTo":{"services":["toy"]}"#)
    #expect(try publishing(document, by: toy) == nil)
    try world.given(
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"1","title":"t","context":"production","rules":[{"rule":"procedure-applied","procedures":["web"]}]}}"#
    )
    #expect(try publishing(document, by: toy)?.code == .notAuthorised)
    try world.given("procedure.published", "procedure/web", document, by: World.bo)
    let retired = try world.given("procedure.retired", "procedure/web", #"{"reason":"r"}"#, by: World.bo)
    let back = #"{"position":\#(retired.value),"reason":"r"}"#
    #expect(try world.when("event.annulled", "ledger", back, by: toy)?.code == .notAuthorised)
    #expect(try world.when("event.annulled", "ledger", back, by: World.cyd) == nil)
  }
}
