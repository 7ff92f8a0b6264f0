import RelmDomain
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// Who records something and names another as who did it, or leaves out what it was.
@Suite("What is named in place of oneself, or left unsaid")
struct NamedAnotherTests {
  private let world: World
  private let separate = #"{"rule":"approved","separate":["deployer"]}"#

  init() throws {
    world = try World()
    for person in [World.bo, World.dee] { try world.grant(person, level: 5) }
    for person in [World.bo, World.cyd] {
      try world.given("person.linked", "person/\(person.uuid.text)", #"{"kind":"human"}"#)
    }
    try world.built()
  }

  @Test("who approves a release does not deploy it by naming another as who set that going")
  func deployer() throws {
    try world.approve(World.bo)
    try world.begin("d-1", more: #","initiator":"\#(World.cyd.text)""#, by: World.bo)
    #expect(try world.finding(separate, of: "d-1").outcome == .violated)
    try world.begin("d-2", more: #","initiator":"\#(World.cyd.text)""#, by: World.person(9))
    #expect(try world.finding(separate, of: "d-2").outcome == .satisfied)
  }

  @Test("nor who set a build going, by naming another in its record")
  func initiator() throws {
    let first = UInt64(world.events.count - 1)
    try world.given("event.annulled", "ledger", #"{"position":\#(first),"reason":"r"}"#, by: World.dee)
    func build(_ build: String, by recorder: PersonID) throws -> Position {
      try world.given(
        "build.finished", World.release,
        #"{"build":"\#(build)","outcome":"succeeded","backfilled":true,"initiator":"\#(World.cyd.text)","artifacts":[{"name":"api","digest":"\#(World.digest)"}]}"#,
        by: recorder)
    }
    let rule = #"{"rule":"approved","separate":["initiator"]}"#
    _ = try build("b-8", by: World.person(9))
    try world.approve(World.bo)
    #expect(try world.outcome(rule) == .satisfied)
    _ = try build("b-9", by: World.bo)
    #expect(try world.outcome(rule) == .violated)
  }

  @Test("who wrote a commit that was built is its author, though the plan declares another")
  func undeclared() throws {
    let world = try World()
    try world.grant(World.bo, level: 5)
    for person in [World.bo, World.cyd] {
      try world.given("person.linked", "person/\(person.uuid.text)", #"{"kind":"human"}"#)
    }
    func commit(_ id: String, by author: PersonID) -> String {
      #"{"id":"\#(id)","authors":["\#(author.text)"]}"#
    }
    func build(_ build: String, _ digest: String, _ commits: String) throws {
      try world.given(
        "build.finished", World.release,
        #"{"build":"\#(build)","outcome":"succeeded","backfilled":true,"commits":[\#(commits)],"artifacts":[{"name":"api","digest":"\#(digest)"}]}"#
      )
    }
    let declared = commit("c-1", by: World.cyd)
    try world.given("release.planned", World.release, #"{"class":"normal","commits":[\#(declared)]}"#)
    try build("b-0", World.otherDigest, declared + "," + commit("c-9", by: World.bo))
    try build("b-1", World.digest, declared)
    try world.approve(World.bo)
    let rule = #"{"rule":"approved","separate":["author"]}"#
    #expect(try world.verdict(rule, digests: [World.digest]).outcome == .satisfied)
    try build("b-2", World.digest, declared + "," + commit("c-2", by: World.bo))
    #expect(try world.verdict(rule, digests: [World.digest]).outcome == .violated)
  }

  @Test("an approval of what was built before is none of a deployment that does not say what it deploys")
  func unsaid() throws {
    let rule = #"{"rule":"approved"}"#
    try world.approve(World.dee)
    try world.begin("d-1", digests: [])
    #expect(try world.finding(rule, of: "d-1").outcome == .satisfied)
    try world.given(
      "build.finished", World.release,
      #"{"build":"b-9","outcome":"succeeded","backfilled":true,"artifacts":[{"name":"api","digest":"\#(World.otherDigest)"}]}"#
    )
    try world.begin("d-2", digests: [])
    #expect(try world.finding(rule, of: "d-2").outcome == .violated)
  }
}
