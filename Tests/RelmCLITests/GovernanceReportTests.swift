import Foundation
import RelmDomain
import RelmProof
import Testing

@Suite("Changes of governance in the compliance report")
struct GovernanceReportTests {
  private let desk: Desk

  init() throws { desk = try Desk.withLedger() }

  /// What each change is told as, by where it stands.
  private func told() throws -> [Int: String] {
    let run = try desk.relm("report", "compliance", "--format", "json")
    let report = try ComplianceReport(canonical: [UInt8](run.output.dropLast()))
    return Dictionary(uniqueKeysWithValues: report.governance.map { (Int($0.position.value), $0.what) })
  }

  @Test("a version of a policy says which rules it asks otherwise than the one before, from what to what")
  func policies() throws {
    func adopt(_ version: Int, _ rules: String, _ more: String = "") throws -> Int {
      try desk.record(
        "policy.adopted", "policy/p",
        #"document:={"id":"p","version":"\#(version)","title":"t","context":"production","rules":[\#(rules)]\#(more)}"#
      )
    }
    let first = try adopt(1, #"{"rule":"planned"},{"rule":"approved","quorum":1}"#)
    let second = try adopt(
      2, #"{"rule":"approved","quorum":2,"level":5},{"rule":"tested","suites":["smoke"]}"#,
      #","gateValidity":"PT4H""#)
    let third = try adopt(3, #"{"rule":"approved","quorum":2,"level":5},{"rule":"tested","suites":["smoke"]}"#)
    let retired = try desk.record("policy.retired", "policy/p", "reason=Another one holds")
    let told = try told()
    #expect(told[first] == "version 1, the first, for production: planned, approved (quorum 1)")
    #expect(
      told[second]
        == "version 1 → 2: approved: quorum 1 → 2, level none → 5; no longer asked: planned; now asked: tested (suites smoke); "
        + "gate open P1D → PT4H")
    #expect(told[third] == "version 2 → 3: gate open PT4H → P1D")
    #expect(told[retired] == "version 3 retired, it asks nothing any more: Another one holds")
  }

  @Test("authority that is given or taken says whose it is, of which level, where, and for how long")
  func authority() throws {
    let grant = try desk.record(
      "authority.granted", "person/bo@example.org", "level=5", "contexts=production", "packages=web",
      "until=2999-01-01T00:00:00Z", "reason=Another pair of hands")
    let gone = try desk.record(
      "authority.revoked", "person/bo@example.org", "grant=\(grant)", "reason=Another team")
    let told = try told()
    let scope = "level 5 in production for package web until 2999-01-01T00:00:00Z"
    #expect(told[grant]?.hasSuffix(" gets \(scope): Another pair of hands") == true)
    #expect(told[gone]?.hasSuffix(" loses \(scope) (granted at position \(grant)): Another team") == true)
    // With names for whom it is written.
    let text = try desk.relm("report", "compliance", "--format", "markdown").text
    #expect(text.contains("bo@example.org loses \(scope)"))
  }

  @Test(
    "an annulment says what was annulled, by whom that was recorded, and why; its undoing says that it counts again"
  )
  func annulments() throws {
    let planned = try desk.record("release.planned", "release/web/1.0", "class=normal")
    try desk.record("authority.granted", "person/gus@example.org", "level=5", "contexts=production")
    func annul(_ position: Int, _ reason: String) throws -> Int {
      let run = try desk.relm(
        "record", "event.annulled", "-s", "ledger", "position=\(position)", "reason=\(reason)", "--actor",
        "gus@example.org", "--format", "json")
      return try #require(try Desk.object(run.text)["position"] as? Int)
    }
    let annulled = try annul(planned, "Another package")
    let words = try #require(try told()[annulled])
    #expect(
      words.hasPrefix(
        "position \(planned) does not count any more (planned as normal; release/web/1.0; recorded by person:"))
    #expect(words.hasSuffix("): Another package"))
    let undone = try annul(annulled, "It was right")
    #expect(
      try told()[undone]?.hasPrefix(
        "the annulment at position \(annulled) is undone, and position \(planned) counts again") == true)
  }

  @Test("an environment says from what to what it changed, and the end of a freeze or a waiver what ends")
  func environments() throws {
    let first = try desk.record("environment.registered", "environment/staging", "context=development")
    let second = try desk.record(
      "environment.registered", "environment/staging", "context=production", "tier=gold")
    let gone = try desk.record("environment.retired", "environment/staging", "reason=Torn down")
    let freeze = try desk.record(
      "freeze.declared", "environment/prod", "freeze=f", "from=2999-01-01T00:00:00Z",
      "until=2999-02-01T00:00:00Z",
      "reason=Year end", "packages=web")
    let lifted = try desk.record("freeze.lifted", "environment/prod", "freeze=f", "reason=No need")
    let told = try told()
    #expect(told[first] == "not registered, production → development")
    #expect(told[second] == "development → production, tier gold")
    #expect(told[gone] == "production → retired: Torn down")
    let span = "from 2999-01-01T00:00:00Z until 2999-02-01T00:00:00Z"
    #expect(told[freeze] == "freeze f \(span), for package web: Year end")
    #expect(told[lifted] == "freeze f, which held \(span), lifted: No need")
  }
}
