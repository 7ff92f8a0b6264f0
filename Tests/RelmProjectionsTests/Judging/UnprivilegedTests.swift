import Foundation
import RelmDomain
import RelmProjections
import RelmProof
import RelmRules
import Testing

/// What loosens is an act: whatever somebody without authority records, no closed gate opens and nothing that is violated or
/// overdue comes to anything better, but by evidence of the kinds that a rule names.
@Suite("Facts of somebody without authority, over generated histories", .serialized)
struct UnprivilegedTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let count = environment["RELM_HISTORIES"].flatMap(Int.init) ?? 60
  private static let first = environment["RELM_SEED"].flatMap(UInt64.init) ?? 1
  /// Somebody of whom nothing is known.
  private static let nobody = World.person(12)

  @Test("no outcome gets better and no gate opens")
  func nothingLoosens() throws {
    var (compared, told) = (0, 0)
    for seed in Self.first..<Self.first + UInt64(Self.count) {
      let scene = try Scene.played(seed)
      let size = scene.world.events.count
      let later = scene.world.now.after(days: 30)
      // What is not due yet may still be taken back in time; what is due already may not.
      let before = try scene.world.report(size)
      let gate = try Self.gate(scene, at: later)
      for _ in 0..<6 { if try Self.say(scene) { told += 1 } }
      let after = try scene.world.report(at: later)
      for attempt in before {
        let again = try #require(after.first { $0.position == attempt.position }, "seed \(seed)")
        #expect(
          attempt.governance == again.governance || attempt.governance == .unasked,
          "seed \(seed), \(attempt.position)")
        for finding in attempt.findings
        where finding.outcome.isFailure && !Self.isEvidence(for: finding.rule) {
          compared += 1
          let same = again.findings.first {
            $0.policy == finding.policy && $0.place == finding.place
              && $0.policyVersion == finding.policyVersion
          }
          #expect(
            same?.outcome.isFailure == true,
            "seed \(seed), \(attempt.position): \(finding.rule) was \(finding.outcome) (\(finding.reason)), and is \(same?.outcome.rawValue ?? "gone") (\(same?.reason ?? ""))"
          )
        }
      }
      let now = try Self.gate(scene, at: later)
      for finding in gate.findings where finding.outcome.closesGate && !Self.isEvidence(for: finding.rule) {
        compared += 1
        let same = now.findings.filter { $0.policy == finding.policy && $0.rule == finding.rule }
        #expect(
          same.contains { $0.outcome.closesGate },
          "seed \(seed): at the gate \(finding.rule) was \(finding.outcome) (\(finding.reason)), and is \(same.map { "\($0.outcome) (\($0.reason))" })"
        )
      }
    }
    #expect(compared > Self.count && told > Self.count)
    if Self.environment["RELM_HISTORIES"] != nil {
      print("\(told) events over \(Self.count) histories, \(compared) compared")
    }
  }

  /// Whether what is told below is evidence that a rule names.
  private static func isEvidence(for rule: RuleName) -> Bool {
    // A change of scope names the procedure or the incident, and an assessment assesses the risk.
    rule == .classified || rule == .riskAssessed
  }

  private static func gate(_ scene: Scene, at time: Instant) throws -> GateDecided {
    let (world, size) = (scene.world, scene.world.events.count)
    let counting = world.counting(of: size)
    return try Gate.judge(
      package: "payments-api", version: "1.0", environment: World.environment,
      events: counting.filter { $0.subject?.text == World.release }, everything: world.everything,
      configuration: counting.filter { $0.subject == .environment(World.environment) }, given: world.views,
      size: size, at: time)
  }

  /// Something that anybody may say and that is no evidence; whether it is taken.
  private static func say(_ scene: Scene) throws -> Bool {
    let place = [
      "deployment": quoted(scene.any("d-1", "d-1", "d-2")), "environment": quoted(World.environment),
    ]
    let position: Position? =
      switch scene.chance.below(5) {
      case 0:
        try tell(
          scene, "deployment.removed",
          ["deployment": place["deployment"], "environment": place["environment"], "backfilled": "true"])
      case 1:
        try tell(
          scene, "deployment.rolledback",
          ["deployment": place["deployment"], "environment": place["environment"], "backfilled": "true"])
      case 2:
        try tell(
          scene, "risk.assessed",
          [
            "likelihood": "1", "impact": "1", "residualLikelihood": "1", "residualImpact": "1",
            "securityImpact": quoted("low"),
          ])
      default:
        try tell(
          scene, "release.scope.changed",
          [
            "reason": quoted("r"),
            "class": scene.often(50, quoted(scene.any("normal", "standard", "emergency"))),
            "critical": scene.often(50, "false"), "services": scene.often(50, #"["other"]"#),
            "commits": scene.often(50, #"[{"id":"c-9","authors":["\#(nobody.text)"]}]"#),
            "components": scene.often(50, #"[{"name":"none"}]"#),
            "manager": scene.often(50, quoted(nobody.text)),
          ])
      }
    return position != nil
  }

  private static func tell(
    _ scene: Scene, _ type: String, _ data: KeyValuePairs<String, String?>
  ) throws -> Position? {
    try scene.tell(type, World.release, by: nobody, isBefore: scene.percent(60), data)
  }
}
