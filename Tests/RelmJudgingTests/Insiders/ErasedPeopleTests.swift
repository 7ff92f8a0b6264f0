import RelmDomain
import RelmViews
import RelmProof
import RelmTestWorld
import Testing

@Suite("Erased people")
struct ErasedPeopleTests {
  private let world: World

  init() throws { world = try World() }

  private func erasure(of person: PersonID) -> String { #"{"person":"\#(person.text)","ground":"g"}"# }

  @Test("who is erased has no authority any more, says nothing, and is granted and linked nothing")
  func gone() throws {
    try world.grant(World.bo, level: 6)
    try world.given("subject.erased", "ledger", erasure(of: World.bo))
    #expect(try Authority(world.views, at: world.now).held(by: World.bo, for: .everything) == nil)
    let freeze = try world.when(
      "freeze.declared", "environment/p",
      #"{"freeze":"f","from":"2026-12-01T00:00:00Z","until":"2026-12-02T00:00:00Z","reason":"r"}"#, by: World.bo
    )
    #expect(freeze?.pointer == "/authid")
    #expect(
      try world.when("build.started", World.release, #"{"build":"b"}"#, by: World.bo)?.pointer == "/authid")
    let bo = "person/\(World.bo.uuid.text)"
    #expect(try world.when("authority.granted", bo, World.grantData(5))?.code == .contradiction)
    #expect(try world.when("person.linked", bo, #"{"kind":"human"}"#)?.code == .contradiction)
    #expect(
      try world.when(
        "person.linked", "person/\(World.dee.uuid.text)", #"{"kind":"human","accounts":["\#(World.bo.text)"]}"#)?
        .code
        == .contradiction)
  }

  @Test("what an erased person had delegated, and lent to a linked account, ends too")
  func handedOn() throws {
    let grant = try world.grant(World.bo, level: 6)
    try world.grant(
      World.dee, level: 6, more: #","until":"2027-01-01T00:00:00Z","delegatedFrom":\#(grant.value)"#)
    let alias = World.person(40)
    try world.given(
      "person.linked", "person/\(World.bo.uuid.text)", #"{"kind":"human","accounts":["\#(alias.text)"]}"#)
    try world.given(
      "person.link.confirmed", "person/\(World.bo.uuid.text)", #"{"account":"\#(alias.text)"}"#, by: World.bo)
    let scope = ActScope(contexts: [.production])
    for person in [World.dee, alias] {
      #expect(try Authority(world.views, at: world.now).held(by: person, for: scope)?.level == 6)
    }
    try world.given("subject.erased", "ledger", erasure(of: World.bo))
    for person in [World.dee, alias] {
      #expect(try Authority(world.views, at: world.now).held(by: person, for: scope) == nil)
    }
  }

  @Test("the last level 6 without limit is not erased")
  func last() throws {
    try world.grant(World.dee, level: 6, contexts: ["production"])
    let own = try world.when("subject.erased", "ledger", erasure(of: World.ana))
    #expect(own?.code == .contradiction && own?.reason.contains("somebody must") == true)
    try world.grant(World.bo, level: 6)
    #expect(try world.when("subject.erased", "ledger", erasure(of: World.ana)) == nil)
    try world.given("subject.erased", "ledger", erasure(of: World.ana), by: World.bo)
    #expect(
      try world.when("subject.erased", "ledger", erasure(of: World.bo), by: World.bo)?.code == .contradiction)
    let grant = try #require(try world.views.person(World.bo)?.grants.first?.position)
    #expect(
      try world.when(
        "authority.revoked", "person/\(World.bo.uuid.text)", #"{"grant":\#(grant.value),"reason":"r"}"#,
        by: World.bo)?
        .code == .contradiction)
  }
}
