import RelmDomain
import RelmProof
import RelmTestWorld
import Testing

/// A level 6 for a toy in development is not a level 6.
@Suite("Limited level 6")
struct LimitedAuthorityTests {
  private let world: World
  private static let mallory = World.person(66)

  init() throws {
    world = try World()
    try world.grant(Self.mallory, level: 6, contexts: ["development"], more: #","services":["toy"]"#)
    try world.grant(
      World.dee, level: 6, contexts: ["development", "production"], more: #","packages":["toy"]"#)
  }

  static let ofEverything: [(type: String, subject: String, data: String)] = [
    ("person.linked", "person/\(World.bo.uuid.text)", #"{"kind":"human","accounts":["\#(World.cyd.text)"]}"#),
    ("person.linked", "person/\(World.bo.uuid.text)", #"{"kind":"service","owner":"\#(World.cyd.text)"}"#),
    ("hold.placed", "ledger", #"{"hold":"h","ground":"g","everything":true}"#),
    ("environment.retired", "environment/production", #"{"reason":"r"}"#),
    ("environment.registered", "environment/production", #"{"context":"development"}"#),
    (
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"1","title":"t","context":"production","rules":[{"rule":"planned"}]}}"#
    ),
    (
      "freeze.declared", "environment/production",
      #"{"freeze":"f","from":"2026-12-01T00:00:00Z","until":"2026-12-02T00:00:00Z","reason":"r"}"#
    ),
    (
      "ledger.sealed", "ledger",
      #"{"treeSize":1,"rootHash":"n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg=","streams":1,"streamsRootHash":"n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="}"#
    ),
    ("subject.erased", "ledger", #"{"person":"\#(World.bo.text)","ground":"g"}"#),
    ("evidence.disposed", "ledger", #"{"digest":"\#(World.digest)","ground":"g"}"#),
  ]

  @Test(
    "what concerns people, the ledger, or everything needs level 6 without limit",
    arguments: ofEverything.indices)
  func needsUnlimited(index: Int) throws {
    let (type, subject, data) = Self.ofEverything[index]
    if type == "environment.retired" {
      try world.given("environment.registered", subject, #"{"context":"production"}"#)
    }
    guard EventType.named("relm.\(type)")?.traits.needs == .level(6) || type == "environment.registered" else {
      return
    }
    for limited in [Self.mallory, World.dee] {
      #expect(
        try world.when(type, subject, data, by: limited)?.code == .notAuthorised, "\(type) by a limited level 6"
      )
    }
  }

  @Test("a limited level 6 still decides within its limit")
  func within() throws {
    try world.given("environment.registered", "environment/dev", #"{"context":"development"}"#)
    let freeze =
      #"{"freeze":"f","from":"2026-12-01T00:00:00Z","until":"2026-12-02T00:00:00Z","reason":"r","services":["toy"]}"#
    #expect(try world.when("freeze.declared", "environment/dev", freeze, by: Self.mallory) == nil)
    #expect(
      try world.when("freeze.declared", "environment/production", freeze, by: Self.mallory)?.code
        == .notAuthorised)
  }

  @Test("a policy of production is not replaced by one of development")
  func policyTakenOver() throws {
    try world.grant(World.cyd, level: 6, contexts: ["development"])
    func adopt(_ version: String, _ context: String, by actor: PersonID) throws -> Refusal? {
      try world.when(
        "policy.adopted", "policy/p",
        #"{"document":{"id":"p","version":"\#(version)","title":"t","context":"\#(context)","rules":[{"rule":"planned"}]}}"#,
        by: actor)
    }
    #expect(try adopt("1", "development", by: World.cyd) == nil)
    try world.given(
      "policy.adopted", "policy/p",
      #"{"document":{"id":"p","version":"1","title":"t","context":"production","rules":[{"rule":"planned"}]}}"#)
    #expect(try adopt("2", "development", by: World.cyd)?.code == .notAuthorised)
    #expect(
      try world.when("policy.retired", "policy/p", #"{"reason":"r"}"#, by: World.cyd)?.code == .notAuthorised)
  }
}
