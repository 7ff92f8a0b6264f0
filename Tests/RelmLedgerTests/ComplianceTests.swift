import Foundation
import RelmDomain
import RelmLedger
import RelmJudging
import RelmProof
import RelmTestSupport
import RelmVault
import Testing

/// What policies come to over the year of a service, recorded as it happened and asked when it is over.
///
/// The goldens were checked by hand, deployment by deployment and rule by rule, against the story and the page on judging.
@Suite("Compliance of the year")
struct ComplianceTests {
  private static let starting = ["small-team", "separation-of-duties", "regulated"]
  private static let python = "/usr/bin/python3"
  private static let hasPython = FileManager.default.isExecutableFile(atPath: python)

  private func report(of year: YearLedger) throws -> ComplianceReport {
    year.machine.now = try #require(Instant("2027-01-01T00:00:00Z"))
    return try year.ledger.compliance(ComplianceQuestion())
  }

  /// A line for each finding: release, environment, position of the beginning, rule, outcome, due time, reason.
  private func lines(
    _ year: YearLedger, by isAsked: (ComplianceReport.Finding) -> Bool
  ) throws -> String {
    let vault = year.ledger.vault
    return try report(of: year).population.flatMap { attempt -> [String] in
      let version = attempt.release.split(separator: "/").last ?? ""
      let place = "\(version) \(attempt.environment) \(attempt.position.value)"
      guard attempt.governance == .governed else { return ["\(place) \(attempt.governance.rawValue)"] }
      return try attempt.findings.filter(isAsked).map { found in
        let due = found.due.map { " due \($0.rfc3339Milliseconds)" } ?? ""
        // Pseudonyms are new in every ledger.
        let reason = try PersonID.naming(in: found.reason) { try vault.displayName(of: $0) }
        return "\(place) \(found.rule.rawValue): \(found.outcome.rawValue)\(due): \(reason)"
      }
    }.map { $0 + "\n" }.joined()
  }

  @Test(
    "each starting policy comes to what was checked by hand for every deployment of the year",
    arguments: starting)
  func goldens(policy: String) throws {
    let year = try YearLedger(adopting: policy)
    try Golden.expect(lines(year) { $0.policy == policy }, "compliance-\(policy).txt")
  }

  @Test(
    "the policies that the story itself adopts, replaces and retires judge what lies in their time, and no more"
  )
  func ownPolicies() throws {
    try Golden.expect(lines(YearLedger()) { _ in true }, "compliance-of-its-own-policies.txt")
  }

  @Test(
    "a program that shares no code with relm comes to the same over the same log",
    .enabled(if: hasPython, "python3 is not installed"), arguments: starting)
  func secondJudge(policy: String) throws {
    let year = try YearLedger(adopting: policy)
    let report = try report(of: year)
    let log = year.folder.path + "/log.ndjson"
    let records = try year.ledger.history().map { String(decoding: $0.record.bytes, as: UTF8.self) + "\n" }
    try records.joined().write(toFile: log, atomically: true, encoding: .utf8)
    let judge = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../tools/judge.py")
    let run = try Program.run(
      Self.python, [judge.standardized.path, log, "--time", "2027-01-01T00:00:00Z"], limitSeconds: 120)
    try #require(run.status == 0, "\(run.remarks)")
    let other = String(decoding: run.output, as: UTF8.self).split(separator: "\n").map(String.init)
    #expect(report.population.flatMap(Self.asTold).sorted() == other.sorted())
  }

  // MARK: What was seen running

  @Test(
    "what was seen before a deployment was told of counts by when it happened, and what was seen late is too late"
  )
  func seen() throws {
    let test = try TestLedger()
    let start = test.machine.now
    func at(_ minutes: Int64) -> String {
      #","time":"\#(start.advanced(byMicroseconds: minutes * 60_000_000).rfc3339Milliseconds)""#
    }
    try test.ledger.append(
      event(
        "policy", "policy.adopted", about: "policy/p",
        #"{"document":{"context":"production","id":"p","rules":[{"rule":"reconciled","within":"PT1H"}],"title":"t","version":"1"}}"#
      ))
    func observe(_ id: String, _ version: String) throws {
      try test.ledger.append(
        event(
          id, "environment.observed", about: "environment/live",
          #"{"coverage":"partial","observer":"o","running":[{"name":"api","version":"\#(version)"}]}"#))
    }
    func deploy(_ version: String, told minutes: Int64...) throws {
      let name = #""deployment":"d-\#(version)","environment":"live""#
      try test.ledger.append(
        event(
          "a-\(version)", "deployment.started", about: "release/api/\(version)", "{\(name)}",
          more: at(minutes[0])),
        event(
          "z-\(version)", "deployment.finished", about: "release/api/\(version)",
          #"{\#(name),"outcome":"succeeded"}"#, more: at(minutes[1])))
    }
    test.machine.advance(seconds: 600)
    try observe("o-1", "1.0")
    test.machine.advance(seconds: 3600)
    try deploy("1.0", told: 1, 2)
    try deploy("2.0", told: 3, 4)
    try deploy("3.0", told: 5, 6)
    test.machine.advance(seconds: 86_400)
    try observe("o-2", "2.0")
    let report = try test.ledger.compliance(ComplianceQuestion())
    #expect(report.population.map { $0.findings.map(\.outcome) } == [[.satisfied], [.overdue], [.overdue]])
  }

  // MARK: What claims to be older than the ledger

  @Test("an import that comes too late is told by its source until somebody accepts that, and then is history")
  func unaccepted() throws {
    let test = try TestLedger()
    test.machine.advance(seconds: 86_400 * 3)
    for number in 1...2 {
      try test.ledger.append(
        event(
          "d-\(number)", "deployment.started", about: "release/api/\(number).0",
          #"{"deployment":"d","environment":"host/a"}"#,
          more: #","time":"2020-01-01T00:00:00Z","source":"/dpkg/a""#))
    }
    #expect(try test.ledger.unacceptedHistory().map { "\($0.source) \($0.count)" } == ["/dpkg/a 2"])
    #expect(try test.ledger.compliance(ComplianceQuestion()).totals.unaccepted == 2)
    try test.ledger.append(
      event("h", "history.accepted", about: "ledger", #"{"source":"/dpkg/a","reason":"looked through"}"#))
    #expect(try test.ledger.unacceptedHistory().isEmpty)
    let totals = try test.ledger.compliance(ComplianceQuestion()).totals
    #expect(totals.unaccepted == nil && totals.beforeLedger == 2)
  }

  /// What a report says of a deployment, as the other program prints it.
  private static func asTold(_ attempt: ComplianceReport.Attempt) -> [String] {
    let place = #"{"attempt":\#(attempt.position.value),"#
    let findings = attempt.findings.map { found in
      // The other program tells when something is due only where it is not done.
      let due = found.outcome.isDone ? nil : found.due.map { #""due":"\#($0.rfc3339Milliseconds)","# }
      let override = found.override.map { #""override":\#($0.value),"# }
      let waiver = found.waiver.map { #","waiver":\#($0.position.value)"# }
      return place + (due ?? "") + #""log":0,"outcome":"\#(found.outcome.rawValue)","# + (override ?? "")
        + #""place":\#(found.place),"policy":"\#(found.policy)","policyVersion":"\#(found.policyVersion)","#
        + #""rule":"\#(found.rule.rawValue)"\#(waiver ?? "")}"#
    }
    return [place + #""governance":"\#(attempt.governance.rawValue)","log":0}"#] + findings
  }
}

extension RuleOutcome {
  fileprivate var isDone: Bool {
    switch self {
    case .satisfied, .satisfiedLate, .notApplicable: true
    case .violated, .overridden, .waived, .pending, .overdue: false
    }
  }
}
