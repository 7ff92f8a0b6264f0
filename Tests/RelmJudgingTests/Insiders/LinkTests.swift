import RelmDomain
import RelmViews
import RelmProof
import RelmTestWorld
import Testing

/// Who is whom is said by others, and lends nothing until it is confirmed.
@Suite("Linked accounts")
struct LinkTests {
  private let world: World
  private static let second = World.person(22)
  private let bo = "person/\(World.bo.uuid.text)"

  init() throws { world = try World() }

  private func link(_ account: PersonID = second, by actor: PersonID = World.ana) throws {
    try world.given("person.linked", bo, #"{"kind":"human","accounts":["\#(account.text)"]}"#, by: actor)
  }

  private func confirm(by actor: PersonID) throws {
    try world.given("person.link.confirmed", bo, #"{"account":"\#(Self.second.text)"}"#, by: actor)
  }

  private func confirmation(by actor: PersonID) throws -> Refusal? {
    try world.when("person.link.confirmed", bo, #"{"account":"\#(Self.second.text)"}"#, by: actor)
  }

  private func mayFreeze(_ person: PersonID) throws -> Bool {
    try world.when(
      "freeze.declared", "environment/production",
      #"{"freeze":"f","from":"2026-12-01T00:00:00Z","until":"2026-12-02T00:00:00Z","reason":"r"}"#, by: person)
      == nil
  }

  @Test("a link alone lends no authority, and tells at once that the accounts are one human")
  func linkAlone() throws {
    try world.grant(World.bo, level: 6)
    try link()
    #expect(try mayFreeze(World.bo))
    #expect(try !mayFreeze(Self.second))
    let authority = Authority(world.views, at: world.now)
    #expect(try authority.isSame(World.bo, Self.second))
  }

  @Test("each side lends its own authority by confirming, and gets nothing of the other's by that")
  func sides() throws {
    try world.grant(World.bo, level: 6)
    try link()
    try confirm(by: Self.second)
    #expect(try !mayFreeze(Self.second), "who gains does not confirm")
    try confirm(by: World.bo)
    #expect(try mayFreeze(Self.second))
    #expect(try confirmation(by: World.bo)?.code == .contradiction)
  }

  @Test("a second level 6 lends both ways; who linked them does not, nor a limited one")
  func secondLevel6() throws {
    try world.grant(World.bo, level: 6)
    try world.grant(World.cyd, level: 6)
    try world.grant(World.dee, level: 6, contexts: ["development"])
    try link()
    #expect(try confirmation(by: World.ana)?.code == .notAuthorised)
    #expect(try confirmation(by: World.dee)?.code == .notAuthorised)
    try confirm(by: World.cyd)
    #expect(try mayFreeze(Self.second))
  }

  @Test("what is lent goes one step: not from one account over the human to another")
  func oneStep() throws {
    let third = World.person(33)
    try world.grant(Self.second, level: 6)
    try link()
    try link(third)
    try confirm(by: Self.second)
    #expect(try mayFreeze(World.bo))
    #expect(try !mayFreeze(third))
  }

  @Test("nobody links an account of their own, nor makes themselves somebody else's")
  func oneself() throws {
    try world.grant(World.bo, level: 6)
    for (subject, account) in [(World.bo, Self.second), (World.cyd, World.bo)] {
      let refusal = try world.when(
        "person.linked", "person/\(subject.uuid.text)", #"{"kind":"human","accounts":["\#(account.text)"]}"#,
        by: World.bo)
      #expect(refusal?.reason.contains("of their own") == true)
    }
    #expect(try world.when("person.linked", bo, #"{"kind":"human"}"#, by: World.bo)?.code == .notAuthorised)
  }

  @Test("a service account is not made a human being by linking it")
  func services() throws {
    try world.given("person.linked", bo, #"{"kind":"service","owner":"\#(World.cyd.text)"}"#)
    #expect(try world.when("person.linked", bo, #"{"kind":"human"}"#)?.code == .contradiction)
    #expect(
      try world.when(
        "person.linked", "person/\(World.dee.uuid.text)", #"{"kind":"human","accounts":["\#(World.bo.text)"]}"#)?
        .code == .contradiction)
  }

  @Test("a link that is annulled lends nothing any more")
  func annulled() throws {
    try world.grant(World.bo, level: 6)
    try link()
    try confirm(by: World.bo)
    #expect(try mayFreeze(Self.second))
    let position = try #require(try world.views.person(World.bo)?.links.first?.position)
    #expect(
      try world.when(
        "event.annulled", "ledger", #"{"position":\#(position.value),"reason":"r"}"#, by: World.bo)?.code
        == .notAuthorised)
    try world.given("event.annulled", "ledger", #"{"position":\#(position.value),"reason":"r"}"#)
    #expect(try !mayFreeze(Self.second))
  }
}
