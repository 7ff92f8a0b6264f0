import Foundation
import RelmDomain
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// The two properties that no list of ways can stand for.
///
/// `RELM_HISTORIES=3000` asks more histories and prints the counts; `RELM_SEED` is the first seed.
@Suite("Over generated histories", .serialized)
struct LooseningProperties {
  private static let environment = ProcessInfo.processInfo.environment
  private static let count = environment["RELM_HISTORIES"].flatMap(Int.init) ?? 60
  private static let first = environment["RELM_SEED"].flatMap(UInt64.init) ?? 1

  /// The facts that a rule names as its evidence; acts are none, for nobody without authority does them.
  ///
  /// Written down from the page of rules, not from their code.
  private static func evidence(of rule: RuleName) -> Set<String> {
    // What a release is made of runs through builds, packages and what the deployment names.
    let identity: Set = ["build.finished", "package.published", "deployment.started", "deployment.finished"]
    let takenBack: Set = ["deployment.rolledback by a machine", "deployment.removed by a machine"]
    return switch rule {
    case .planned: ["release.planned"]
    case .classified: ["release.planned", "release.scope.changed", "incident.opened"]
    case .designed, .rollbackPlanned: ["release.designed"]
    case .componentsAssessed: ["component.assessed", "release.planned", "release.scope.changed"]
    case .riskAssessed: ["risk.assessed"]
    case .built: identity.union(["capability.registered", "capability.assessed"])
    case .tested: identity.union(["test.finished", "capability.registered", "capability.assessed"])
    case .validated: identity.union(["validation.finished"])
    case .baselined: ["baseline.recorded"]
    case .scheduled: ["schedule.agreed"]
    case .partnersConsulted: ["partner.consulted"]
    case .communicated: ["communication.sent"]
    case .procedureApplied: ["procedure.step.completed"]
    case .approved, .authorised, .gated: identity
    case .attested: identity.union(["attestation.recorded"])
    case .verified: identity.union(["verification.finished"])
    // That a deployment was taken back before something was due, by who may deploy it, is what the next three name besides.
    case .reconciled: takenBack.union(["environment.observed"])
    case .handedOver: takenBack.union(["handover.offered", "handover.accepted"])
    case .supported: takenBack.union(["support.opened", "support.closed"])
    case .reviewed: ["review.opened", "review.closed"]
    case .capabilityInPlace: ["capability.registered", "capability.assessed"]
    case .requirementsMet:
      takenBack.union([
        "deployment.started", "deployment.finished", "deployment.rolledback", "deployment.removed",
        "release.planned",
      ])
    case .notFrozen, .recordedPromptly, .personnelCompetent, .releasable: []
    }
  }

  @Test("nobody without authority makes an outcome better, but by evidence of the kinds that its rule names")
  func unprivileged() throws {
    var (taken, tried, compared) = (0, 0, 0)
    for seed in Self.first..<Self.first + UInt64(Self.count) {
      let scene = try Scene.played(seed)
      let size = scene.world.events.count
      let insider = Insider(scene)
      var told: Set<String> = []
      for _ in 0..<12 {
        tried += 1
        guard let type = try insider.tries(Insider.everything) else { continue }
        told.insert(type)
        taken += 1
      }
      compared += try expectNothingBetter(scene, from: size, told: told, seed)
    }
    report("\(taken) of \(tried) events were taken", compared)
    #expect(taken > Self.count && compared > Self.count)
  }

  @Test(
    "nobody without authority takes a reason to be closed from a gate, but by evidence of the kinds that its rule names"
  )
  func gates() throws {
    var (closing, opening) = (0, 0)
    for seed in Self.first..<Self.first + UInt64(Self.count) {
      let scene = try Scene.played(seed)
      let insider = Insider(scene)
      let time = scene.world.now.after(seconds: 12 * 3_600)
      let before = try gates(of: scene, at: time)
      var told: Set<String> = []
      for _ in 0..<12 { if let type = try insider.tries(Insider.everything) { told.insert(type) } }
      let after = try gates(of: scene, at: time)
      for (place, decision) in before where decision.outcome == .closed {
        guard let now = after[place] else { continue }
        // Whoever plans a release says which policies apply to it; they cannot make fewer of those that do.
        guard !decision.findings.isEmpty else {
          #expect(now.outcome == .closed || told.contains("release.planned"), "seed \(seed): \(place) is open")
          continue
        }
        for (index, finding) in decision.findings.enumerated() where finding.outcome.closesGate {
          closing += 1
          let same = now.findings.indices.contains(index) ? now.findings[index] : nil
          let later = same?.policy == finding.policy && same?.rule == finding.rule ? same : nil
          guard !(later?.outcome.closesGate ?? false) else { continue }
          opening += 1
          guard told.isDisjoint(with: Self.evidence(of: finding.rule).union(["release.planned"])) else {
            continue
          }
          Issue.record(
            "seed \(seed): \(finding.rule) at the gate of \(place) was \(finding.reason), and is \(later?.reason ?? "gone") after \(told.sorted())"
          )
        }
      }
    }
    report("\(opening) of \(closing) reasons to keep a gate closed went, by evidence", closing)
    #expect(closing > Self.count)
  }

  /// What the gates of every release to every environment would say.
  private func gates(of scene: Scene, at time: Instant) throws -> [String: GateDecided] {
    let counting = scene.world.counting(of: scene.world.events.count)
    var decisions: [String: GateDecided] = [:]
    for case .release(let package, let version)? in Set(counting.map(\.subject)) {
      for environment in Scene.environments {
        decisions["\(package)/\(version) to \(environment)"] = try Gate.judge(
          package: package, version: version, environment: environment,
          events: counting.filter { $0.subject == .release(package: package, version: version) },
          configuration: counting.filter { $0.subject == .environment(environment) },
          neighbours: World.deployments(among: counting), given: scene.world.views,
          size: scene.world.events.count, at: time
        ).decided
      }
    }
    return decisions
  }

  @Test("events that are about something else change no verdict")
  func unrelated() throws {
    var (taken, compared) = (0, 0)
    for seed in Self.first..<Self.first + UInt64(Self.count) {
      let scene = try Scene.played(seed)
      let size = scene.world.events.count
      let insider = Insider(scene)
      for _ in 0..<30 where try insider.tries(Insider.unrelated) != nil { taken += 1 }
      let time = scene.world.now
      let before = try scene.report(JudgedPart(size: size, time: time, draft: nil))
      let all = try scene.report(JudgedPart(size: scene.world.events.count, time: time, draft: nil))
      let after = all.filter { $0.position.value < size }
      compared += before.count
      #expect(before.map(Verdict.init) == after.map(Verdict.init), "seed \(seed)")
    }
    report("\(taken) events were taken", compared)
    #expect(taken > Self.count && compared > Self.count)
  }

  /// What a deployment came to, without the words.
  private struct Verdict: Equatable {
    let position: Position
    let governance: String
    let outcomes: [String]

    init(_ attempt: ComplianceReport.Attempt) {
      position = attempt.position
      governance = attempt.governance.rawValue
      // Competence is asked of every record about a release, so a stranger's is a finding of its own.
      outcomes = attempt.findings.filter { $0.rule != .personnelCompetent && $0.rule != .recordedPromptly }.map
      {
        "\($0.policy) \($0.policyVersion) \($0.place) \($0.outcome)"
      }
    }
  }

  private func expectNothingBetter(
    _ scene: Scene, from size: Int, told: Set<String>, _ seed: UInt64
  ) throws -> Int {
    let time = scene.world.now
    let before = try scene.report(JudgedPart(size: size, time: time, draft: nil))
    let after = try scene.report(JudgedPart(size: scene.world.events.count, time: time, draft: nil))
    var compared = 0
    for attempt in before {
      guard let now = after.first(where: { $0.position == attempt.position }) else {
        Issue.record("seed \(seed): the deployment at \(attempt.position) is gone after \(told.sorted())")
        continue
      }
      if attempt.governance == .ungoverned {
        #expect(
          now.governance == .ungoverned, "seed \(seed): \(attempt.position) is governed after \(told.sorted())")
      }
      for (index, finding) in attempt.findings.enumerated()
      where finding.outcome == .violated || finding.outcome == .overdue {
        compared += 1
        let later = now.findings.indices.contains(index) ? now.findings[index] : nil
        let isBad = later.map { $0.outcome == .violated || $0.outcome == .overdue } ?? false
        guard !isBad, told.isDisjoint(with: Self.evidence(of: finding.rule)) else { continue }
        Issue.record(
          """
          seed \(seed): \(finding.rule) of the deployment at \(attempt.position) was \(finding.outcome) \
          (\(finding.reason)), and is \(later?.outcome.rawValue ?? "gone") (\(later?.reason ?? "")) after \(told.sorted())
          """)
      }
    }
    return compared
  }

  private func report(_ taken: String, _ compared: Int) {
    guard Self.environment["RELM_HISTORIES"] != nil else { return }
    print("\(Self.count) histories from seed \(Self.first): \(taken), \(compared) compared")
  }
}
