import Foundation
import RelmDomain
import RelmInterchange
import RelmProof
import RelmTestSupport
import Testing

@Suite("OSCAL assessment results")
struct OSCALTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  private static let checkout = folder.deletingLastPathComponent().deletingLastPathComponent()

  /// The example of the report's schema.
  private static func example() throws -> ComplianceReport {
    let file = checkout.appending(path: "Tests/RelmDomainTests/Fixtures/report/compliance.v1.json")
    var bytes = [UInt8](try Data(contentsOf: file))
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return try ComplianceReport(canonical: bytes)
  }

  private static func document(_ report: ComplianceReport) throws -> JSONDocument {
    try JSONDocument(OSCAL.assessmentResults(of: report))
  }

  private static func text(_ pointer: String, in document: JSONDocument) throws -> String {
    try #require(document.node(at: pointer)?.string, "\(pointer)")
  }

  /// The report of one deployment, of which one rule came to this.
  private static func report(_ outcomes: [RuleOutcome], coverage: ComplianceReport.Coverage = .evidenced) throws
    -> ComplianceReport
  {
    var report = try example()
    var attempt = report.population[0]
    attempt.findings = outcomes.enumerated().map { place, outcome in
      var finding = attempt.findings[0]
      (finding.outcome, finding.place, finding.waiver) = (outcome, place, nil)
      return finding
    }
    report.population = [attempt]
    report.exceptions = outcomes.map { outcome in
      var exception = report.exceptions[0]
      exception.outcome = outcome
      return exception
    }
    func count(_ outcome: RuleOutcome) -> Int { outcomes.count { $0 == outcome } }
    report.clauses[0].unasked = []
    report.clauses[0].coverage = coverage
    report.clauses[0].findings = .init(
      satisfied: count(.satisfied), satisfiedLate: count(.satisfiedLate), violated: count(.violated),
      overridden: count(.overridden), pending: count(.pending), overdue: count(.overdue),
      waived: count(.waived),
      notApplicable: count(.notApplicable))
    return report
  }

  // MARK: The whole

  @Test("the example of the report is written as the document that was looked at")
  func golden() throws {
    let text = String(decoding: OSCAL.assessmentResults(of: try Self.example()), as: UTF8.self) + "\n"
    let file = Self.folder.appending(path: "Goldens/assessment-results.json")
    if ProcessInfo.processInfo.environment["RELM_UPDATE_GOLDENS"] == "1" {
      try Data(text.utf8).write(to: file)
    }
    let isSame = try text == String(contentsOf: file, encoding: .utf8)
    #expect(isSame, "look at \(file.lastPathComponent); RELM_UPDATE_GOLDENS=1 rewrites it")
  }

  @Test(
    "NIST's schema takes the golden and what was made of 60 random reports, and every reference in them holds",
    .enabled(if: Vectors.arePresent, Comment(rawValue: Vectors.absence)))
  func schema() throws {
    let place = FileManager.default.temporaryDirectory.appending(path: "relm-oscal-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: place) }
    var files = [Self.folder.appending(path: "Goldens/assessment-results.json").path]
    for seed in 1...60 as ClosedRange<UInt64> {
      var random = RandomReport(seed: seed)
      let file = place.appending(path: "seed-\(seed).json")
      try Data(OSCAL.assessmentResults(of: random.report())).write(to: file)
      files.append(file.path)
    }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      [
        "python3", Self.checkout.appending(path: "tools/lib/oscal_agreement.py").path,
        Vectors.folder.appending(path: "oscal/assessment-results.schema.json").path,
      ] + files
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "\(String(decoding: said.prefix(4000), as: UTF8.self))")
  }

  @Test(
    "the same report gives the same canonical bytes, and another position, time or scope another document",
    arguments: 1...20 as ClosedRange<UInt64>)
  func deterministic(seed: UInt64) throws {
    var random = RandomReport(seed: seed)
    var report = random.report()
    // A time beyond the ends of the time line is written as the end.
    report.asOf.time = report.asOf.time == .earliest ? .latest : report.asOf.time
    let bytes = OSCAL.assessmentResults(of: report)
    #expect(OSCAL.assessmentResults(of: report) == bytes, "seed \(seed)")
    let document = try JSONDocument(bytes)
    #expect(document.canonicalBytes() == bytes, "seed \(seed)")
    var changed = [report, report, report, report]
    changed[0].asOf.events += 1
    changed[1].asOf.time = changed[1].asOf.time.advanced(byMicroseconds: -1)
    changed[2].scope.package = (changed[2].scope.package ?? "") + "x"
    changed[3].origin += "x"
    var ids: Set = [try Self.text("/assessment-results/uuid", in: document)]
    for report in changed { ids.insert(try Self.text("/assessment-results/uuid", in: Self.document(report))) }
    #expect(ids.count == 5, "seed \(seed)")
  }

  @Test("a deployment keeps its id in every later document, and anyone can compute it")
  func stableIDs() throws {
    var report = try Self.example()
    let pointer = "/assessment-results/results/0/observations/0/uuid"
    let first = try Self.text(pointer, in: Self.document(report))
    report.asOf.events += 100
    report.scope.environment = nil
    #expect(try Self.text(pointer, in: Self.document(report)) == first)
    // Python: uuid.uuid5(uuid.uuid5(uuid.NAMESPACE_URL, "example.org/releases"), "observation/7")
    #expect(first == "b8ede19c-2151-5ce0-ad0a-6e7df40195a6")
  }

  // MARK: What it says

  @Test("a clause is satisfied only where all that was asked is shown, and the reason tells why it is not")
  func findings() throws {
    let told: [([RuleOutcome], ComplianceReport.Coverage, String, String)] = [
      ([.satisfied], .evidenced, "satisfied", "pass"),
      ([.satisfied, .satisfiedLate, .notApplicable], .evidenced, "satisfied", "pass"),
      ([.satisfied], .partly, "satisfied", "other"),
      ([.satisfied, .violated], .evidenced, "not-satisfied", "fail"),
      ([.overdue, .waived], .partly, "not-satisfied", "fail"),
      ([.satisfied, .waived], .evidenced, "not-satisfied", "other"),
      ([.satisfied, .overridden], .evidenced, "not-satisfied", "other"),
      ([.satisfied, .pending], .evidenced, "not-satisfied", "other"),
      ([.notApplicable], .evidenced, "not-satisfied", "other"),
      ([], .evidenced, "not-satisfied", "other"),
    ]
    for (outcomes, coverage, state, reason) in told {
      let document = try Self.document(Self.report(outcomes, coverage: coverage))
      let status = "/assessment-results/results/0/findings/0/target/status"
      #expect(try Self.text(status + "/state", in: document) == state, "\(outcomes)")
      #expect(try Self.text(status + "/reason", in: document) == reason, "\(outcomes)")
    }
  }

  @Test("a clause with a rule that no policy asked for is not satisfied")
  func unasked() throws {
    var report = try Self.report([.satisfied])
    report.clauses[0].unasked = [.tested]
    let document = try Self.document(report)
    #expect(
      try Self.text("/assessment-results/results/0/findings/0/target/status/state", in: document)
        == "not-satisfied")
  }

  @Test("a clause that the ledger cannot show is excluded and gets no finding")
  func outside() throws {
    let document = try Self.document(Self.report([.satisfied], coverage: .outside))
    #expect(document.node(at: "/assessment-results/results/0/findings") == nil)
    let selection = "/assessment-results/results/0/reviewed-controls/control-selections/0"
    #expect(try Self.text(selection + "/exclude-controls/0/control-id", in: document) == "soc2_CC8.1")
    #expect(document.node(at: selection + "/include-controls") == nil)
  }

  @Test("without a framework each rule that was asked gets a finding")
  func rules() throws {
    var report = try Self.report([.satisfied, .violated])
    report.clauses = []
    let document = try Self.document(report)
    let finding = "/assessment-results/results/0/findings/0"
    #expect(try Self.text(finding + "/title", in: document) == "approved")
    #expect(try Self.text(finding + "/target/target-id", in: document) == "approved_obj")
    #expect(try Self.text(finding + "/target/status/state", in: document) == "not-satisfied")
    #expect(document.node(at: "/assessment-results/results/0/findings/1") == nil)
    let selection = "/assessment-results/results/0/reviewed-controls/control-selections/0/include-all"
    #expect(document.node(at: selection) != nil)
  }

  @Test("a clause of NIST SP 800-53 is named as NIST's catalogue names it")
  func nist() throws {
    var report = try Self.report([.satisfied])
    report.clauses[0].framework = "nist-800-53"
    report.clauses[0].clause = "CM-3(1)"
    let selection = "/assessment-results/results/0/reviewed-controls/control-selections/0"
    #expect(try Self.text(selection + "/include-controls/0/control-id", in: Self.document(report)) == "cm-3.1")
  }

  @Test("a risk's status says what was decided of it, and each has its own id")
  func risks() throws {
    let outcomes: [RuleOutcome] = [.violated, .violated, .overdue, .waived, .overridden, .satisfiedLate]
    var report = try Self.report(outcomes)
    for (state, status) in [
      (ComplianceReport.OverrideState.closed, "closed"), (.open, "remediating"), (.unused, "remediating"),
      (.overdue, "open"),
    ] {
      report.overrides[0].state = state
      let document = try Self.document(report)
      let told = outcomes.indices.map {
        document.node(at: "/assessment-results/results/0/risks/\($0)/status")?.string
      }
      #expect(told == ["open", "open", "open", "deviation-approved", status, "closed"])
      let ids = outcomes.indices.map {
        document.node(at: "/assessment-results/results/0/risks/\($0)/uuid")?.string
      }
      #expect(Set(ids).count == outcomes.count)
    }
  }

  @Test("a waiver's control is a mitigation, and its end the risk's deadline")
  func waiver() throws {
    let document = try Self.document(Self.example())
    let risk = "/assessment-results/results/0/risks/0"
    #expect(try Self.text(risk + "/status", in: document) == "deviation-approved")
    #expect(try Self.text(risk + "/deadline", in: document) == "2026-12-01T00:00:00.000000Z")
    let mitigation = try Self.text(risk + "/mitigating-factors/0/description", in: document)
    #expect(mitigation.hasSuffix("A second pair of eyes within a day"))
  }

  @Test("a deployment to production of what is over is a risk, though no policy asks about it")
  func unreleasable() throws {
    var report = try Self.report([])
    report.population[0].unreleasable = Unreleasable(
      outcome: .violated, reason: "it was withdrawn at position 5", positions: [Position(5)])
    let document = try Self.document(report)
    #expect(try Self.text("/assessment-results/results/0/risks/0/status", in: document) == "open")
    #expect(
      try Self.text("/assessment-results/results/0/risks/0/description", in: document)
        == "releasable: it was withdrawn at position 5")
    #expect(try Self.text("/assessment-results/results/0/observations/0/types/1", in: document) == "finding")
  }

  @Test("a deployment to production without a policy is a risk")
  func ungoverned() throws {
    var report = try Self.report([])
    report.population[0].governance = .ungoverned
    report.population[0].policies = []
    let document = try Self.document(report)
    #expect(try Self.text("/assessment-results/results/0/risks/0/status", in: document) == "open")
    let types = "/assessment-results/results/0/observations/0/types/1"
    #expect(try Self.text(types, in: document) == "finding")
  }
}
