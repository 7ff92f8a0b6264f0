import Foundation
import RelmDomain
import RelmTestWorld
import RelmViews
import RelmProof
import RelmRules
import Testing

/// A plain evaluator in another language, which shares nothing with the rules, reads the same generated histories.
///
/// `RELM_HISTORIES=5000` makes more of them, and prints how often which rule came to what; `RELM_SEED` is the first seed.
@Suite("The judgement of generated histories", .serialized)
struct AgreementTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let count = environment["RELM_HISTORIES"].flatMap(Int.init) ?? 100
  private static let first = environment["RELM_SEED"].flatMap(UInt64.init) ?? 1
  private static let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Whether there is a Python to run the other evaluator with.
  private static var hasPython: Bool {
    (try? run(["--version"], in: FileManager.default.temporaryDirectory).status) == 0
  }

  @Test(
    "two evaluators that share no code come to the same for every deployment",
    .enabled(if: hasPython, "the plain evaluator needs python3, which is not here"))
  func agree() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "relm-judging-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: "histories")
    var (batch, ours, seeds) = (Data(), [[String]](), [UInt64]())
    for seed in Self.first..<Self.first + UInt64(Self.count) {
      let scene = try Scene.played(seed)
      for part in scene.parts() {
        batch.append(contentsOf: scene.bytes(of: part))
        ours.append(try scene.judged(part, log: ours.count))
        seeds.append(seed)
      }
    }
    try batch.write(to: file)
    let script = Self.checkout.appending(path: "tools/judge.py").path
    let run = try Self.run([script, "--batch", file.path], in: folder)
    try #require(run.status == 0, "\(run.remarks), over \(file.path)")

    var theirs = Array(repeating: [String](), count: ours.count)
    for line in run.lines { theirs[try #require(Self.log(of: line))].append(line) }
    var differences = 0
    for log in ours.indices where ours[log] != theirs[log].sorted() {
      differences += 1
      guard differences <= 20 else { continue }
      let (one, other) = (Set(ours[log]), Set(theirs[log]))
      let lines =
        one.subtracting(other).sorted().map { "report: \($0)" }
        + other.subtracting(one).sorted().map { "plain:  \($0)" }
      Issue.record(
        "seed \(seeds[log]), log \(log) of \(file.path):\n\(lines.prefix(12).joined(separator: "\n"))")
    }
    let outcomes = ours.joined().filter { $0.contains(#""rule""#) }
    #expect(differences == 0, "of \(ours.count) parts of histories; they are kept at \(file.path)")
    #expect(outcomes.count > Self.count)
    if differences == 0 { try FileManager.default.removeItem(at: folder) }
    guard Self.environment["RELM_HISTORIES"] != nil else { return }
    print("\(Self.count) histories from seed \(Self.first), \(ours.count) parts, \(outcomes.count) outcomes")
    print(Self.table(outcomes))
  }

  @Test("a gate comes to what the report says of a deployment that begins right then")
  func gate() throws {
    var compared = 0
    for seed in Self.first..<Self.first + UInt64(Self.count / 3) {
      let scene = try Scene.played(seed)
      for gate in scene.gates {
        let part = JudgedPart(size: Int(gate.line.value) + 1, time: gate.at, draft: nil)
        // Where the deployment had been told of before, its end first, the gate stood at no beginning.
        guard let attempt = try scene.report(part).first(where: { $0.position == gate.line }) else { continue }
        try #require(gate.decision.findings.count == attempt.findings.count, "seed \(seed), \(gate.line)")
        for (said, found) in zip(gate.decision.findings, attempt.findings)
        where try Self.isComparable(found, scene, gate) && !isByDeployer(said, attempt, scene)
          && !isLeftBehind(said, gate)
        {
          compared += 1
          #expect(
            said.outcome == found.outcome && said.rule == found.rule,
            "seed \(seed), \(gate.line): \(said.rule) at the gate \(said.outcome) (\(said.reason)), then \(found.outcome) (\(found.reason))"
          )
        }
      }
    }
    #expect(compared > Self.count)
  }

  /// Whether a gate stayed closed though an override sets some rule aside: a deployment then goes by no override.
  private func isLeftBehind(_ finding: GateDecided.Finding, _ gate: DryGate) -> Bool {
    finding.outcome == .overridden && gate.decision.override == nil
  }

  /// Whether a gate let a rule be waived by who then deployed, which no gate can know.
  private func isByDeployer(
    _ finding: GateDecided.Finding, _ attempt: ComplianceReport.Attempt, _ scene: Scene
  ) throws -> Bool {
    guard finding.outcome == .waived, let deployer = attempt.by else { return false }
    let authority = Authority(scene.world.views, at: .latest)
    return try finding.positions.contains { position in
      let event = scene.world.events[Int(position.value)]
      guard case .release(.waiverGranted) = event.event, let giver = event.person else { return false }
      return try authority.isSame(giver, deployer)
    }
  }

  /// Whether a rule asks at the gate what it asks of the deployment: nothing about afterwards, nor about who deploys, or that
  /// cannot be named before it is there.
  private static func isComparable(
    _ finding: ComplianceReport.Finding, _ scene: Scene, _ gate: DryGate
  ) -> Bool {
    guard !finding.rule.isAboutAfterwards, finding.rule != .gated, finding.rule != .personnelCompetent else {
      return false
    }
    let requirement = scene.world.events.lazy.compactMap { event -> PolicyDocument.Requirement? in
      guard case .policy(.policyAdopted(let data)) = event.event, data.document.id == finding.policy,
        data.document.version == finding.policyVersion
      else { return nil }
      return data.document.rules[finding.place]
    }.first
    if requirement?.separate.contains(.deployer) ?? false { return false }
    guard finding.rule == .baselined else { return true }
    let isNamed = scene.world.events.contains { event in
      guard case .environment(.baselineRecorded(let data)) = event.event else { return false }
      return data.deployment == gate.deployment
    }
    return !isNamed && !(requirement?.moments.contains(.after) ?? false)
  }

  // MARK: The other evaluator

  private struct Run {
    let lines: [String]
    let remarks: String
    let status: Int32
  }

  private static func run(_ words: [String], in folder: URL) throws -> Run {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3"] + words
    let names = ["out", "err"].map { folder.appending(path: "\($0)-\(UUID())") }
    for name in names { try Data().write(to: name) }
    process.standardOutput = try FileHandle(forWritingTo: names[0])
    process.standardError = try FileHandle(forWritingTo: names[1])
    try process.run()
    process.waitUntilExit()
    let (output, remarks) = (try Data(contentsOf: names[0]), try Data(contentsOf: names[1]))
    for name in names { try FileManager.default.removeItem(at: name) }
    return Run(
      lines: String(decoding: output, as: UTF8.self).split(separator: "\n").map(String.init),
      remarks: String(decoding: remarks, as: UTF8.self), status: process.terminationStatus)
  }

  private static func log(of line: String) -> Int? { value("log", in: line).flatMap { Int($0) } }

  /// What a line says of a field, without its quotes.
  private static func value(_ field: String, in line: String) -> String? {
    guard let place = line.range(of: "\"\(field)\":") else { return nil }
    return String(line[place.upperBound...].drop { $0 == "\"" }.prefix { $0 != "," && $0 != "}" && $0 != "\"" })
  }

  /// How often each rule came to what.
  private static func table(_ lines: [String]) -> String {
    var counts: [String: Int] = [:]
    for line in lines {
      counts["\(value("rule", in: line) ?? "") \(value("outcome", in: line) ?? "")", default: 0] += 1
    }
    func cell(_ text: String, _ width: Int) -> String {
      String(repeating: " ", count: max(width - text.count, 1)) + text
    }
    let head =
      "rule".padding(toLength: 20, withPad: " ", startingAt: 0)
      + RuleOutcome.allCases.map { cell($0.rawValue, 14) }.joined()
    return
      ([head]
      + RuleName.allCases.map { rule in
        rule.rawValue.padding(toLength: 20, withPad: " ", startingAt: 0)
          + RuleOutcome.allCases.map { cell("\(counts["\(rule.rawValue) \($0.rawValue)"] ?? 0)", 14) }.joined()
      }).joined(separator: "\n")
  }
}
