import Foundation
import RelmDomain
import RelmJudging
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// What somebody with a little authority, or with authority for something else, cannot do either; and whose looks take nothing away.
///
/// `RELM_HISTORIES=3000` asks more histories and prints the counts; `RELM_SEED` is the first seed.
@Suite("Over generated histories, with a little authority", .serialized)
struct LittleAuthorityProperties {
  private static let environment = ProcessInfo.processInfo.environment
  private static let count = environment["RELM_HISTORIES"].flatMap(Int.init) ?? 30
  private static let first = environment["RELM_SEED"].flatMap(UInt64.init) ?? 1
  private static var seeds: Range<UInt64> { first..<first + UInt64(count) }

  /// Level 5 for a service that nothing here concerns.
  private static let elsewhere = World.person(204)
  /// Level 4 for everything.
  private static let four = World.person(205)
  private static let stranger = World.person(206)

  /// A history with people of little authority, a package that somebody has spoken for, and one that only a stranger has planned.
  private func played(_ seed: UInt64) throws -> Scene {
    let scene = try Scene.played(seed)
    try scene.world.grant(Self.elsewhere, level: 5, more: #","services":["far-off"]"#)
    try scene.world.grant(Self.four, level: 4)
    let standard = scene.any("standard", "emergency", "normal")
    for (subject, data, person) in [
      ("release/payments-api/0.0", #"{"class":"normal","services":["toy"]}"#, World.ana),
      (
        "release/payments-api/s-1", #"{"class":"\#(standard)","services":["toy"],"procedure":"house"}"#,
        Self.stranger
      ),
      ("release/new/1", #"{"class":"normal","services":["\#(scene.any("toy", "payments"))"]}"#, Self.stranger),
    ] {
      _ = try scene.world.told("release.planned", subject, data, by: person)
    }
    return scene
  }

  @Test(
    "who has authority for other services, or a lower level, or takes back what they said, changes no gate's answer"
  )
  func gates() throws {
    var (taken, compared) = (0, 0)
    for seed in Self.seeds {
      let scene = try played(seed)
      let time = scene.world.now.after(seconds: 12 * 3_600)
      let before = try gates(of: scene, at: time)
      var told: [String] = []
      for number in 0..<6 {
        guard let type = try act(in: scene, number) else { continue }
        told.append(type)
        taken += 1
      }
      let after = try gates(of: scene, at: time)
      compared += before.count
      for (place, said) in before where after[place] != said {
        Issue.record(
          "seed \(seed): the gate of \(place) said \(said), and says \(after[place] ?? []) after \(told)")
      }
    }
    report("\(taken) acts were taken", compared)
    #expect(taken > Self.count && compared > Self.count)
  }

  /// Somebody does what they may, or tries what they may not; its type, or nil where it was refused.
  private func act(in scene: Scene, _ number: Int) throws -> String? {
    let id = "l-\(number)"
    switch scene.chance.below(5) {
    case 0:
      let services = scene.any(#""far-off""#, #""toy","far-off""#, #""far-off","payments""#)
      return try tell(
        scene, "release.planned", "release/payments-api/\(id)",
        #"{"class":"normal","services":[\#(services)]}"#,
        by: Self.elsewhere)
    case 1:
      return try tell(
        scene, "release.scope.changed", "release/payments-api/l-\(scene.chance.below(6))",
        #"{"reason":"r","services":["far-off"]}"#, by: Self.elsewhere)
    case 2:
      let more = scene.any(
        "", #","preauthorises":true"#, #","preauthorises":true,"appliesTo":{"services":["toy"]}"#)
      return try tell(
        scene, "procedure.published", "procedure/house",
        #"{"document":{"id":"house","version":"\#(id)","title":"t","owner":"\#(Self.four.text)","steps":[{"step":"one","title":"t"}]\#(more)}}"#,
        by: Self.four)
    case 3: return try tell(scene, "procedure.retired", "procedure/house", #"{"reason":"r"}"#, by: Self.four)
    default:
      // Somebody at level 6 approves what they have not looked at, and takes that back.
      guard let plan = try scene.world.views.release("new", "1")?.plan?.scope.position.value,
        let approval = try scene.world.told(
          "approval.given", "release/new/1", #"{"scope":"plan","plan":\#(plan)}"#, by: World.ana)
      else { return nil }
      return try tell(
        scene, "approval.withdrawn", "release/new/1", #"{"approval":\#(approval.value),"reason":"r"}"#,
        by: World.ana)
    }
  }

  private func tell(
    _ scene: Scene, _ type: String, _ subject: String, _ data: String, by person: PersonID?
  ) throws -> String? {
    try scene.world.told(type, subject, data, by: person).map { _ in type }
  }

  /// What the gates of all releases but those that somebody with a little authority has planned would say, without the words.
  private func gates(of scene: Scene, at time: Instant) throws -> [String: [String]] {
    let counting = scene.world.counting(of: scene.world.events.count)
    var said: [String: [String]] = [:]
    for case .release(let package, let version)? in Set(counting.map(\.subject)) where !version.hasPrefix("l-")
    {
      for environment in Scene.environments {
        let decided = try Gate.judge(
          package: package, version: version, environment: environment,
          events: counting.filter { $0.subject == .release(package: package, version: version) },
          configuration: counting.filter { $0.subject == .environment(environment) },
          neighbours: World.deployments(among: counting), given: scene.world.views,
          size: scene.world.events.count, at: time
        ).decided
        said["\(package)/\(version) to \(environment)"] =
          ["\(decided.outcome)"] + decided.findings.map { "\($0.policy) \($0.rule) \($0.outcome)" }
      }
    }
    return said
  }

  @Test("what somebody saw running, or found to be missing, is told whatever strangers say that they saw")
  func observers() throws {
    var (taken, compared) = (0, 0)
    for seed in Self.seeds {
      let scene = try played(seed)
      for _ in 0..<4 {
        _ = try look(in: scene, by: scene.any(World.ana, Scene.machine, Scene.stranger, World.person(207)))
      }
      let before = try discrepancies(of: scene)
      for _ in 0..<12 where try look(in: scene, by: scene.any(Self.stranger, Self.elsewhere, nil)) {
        taken += 1
      }
      let after = try discrepancies(of: scene)
      compared += before.count
      #expect(before.isSubset(of: after), "seed \(seed): \(before.subtracting(after).sorted()) is told no more")
    }
    report("\(taken) looks were taken", compared)
    #expect(taken > Self.count && compared > Self.count)
  }

  private func look(in scene: Scene, by person: PersonID?) throws -> Bool {
    let items =
      [#"{"name":"stray","version":"6"}"#, #"{"name":"payments-api","version":"1.0"}"#]
      + Scene.digests.map { #"{"name":"payments-api","digest":"\#($0)"}"# }
    let seen = scene.some(of: items, 30).joined(separator: ",")
    let list = seen.isEmpty ? "" : #","running":[\#(seen)]"#
    let time = scene.percent(20) ? scene.world.now.after(seconds: -Int64(scene.chance.below(5)) * 3_600) : nil
    return try scene.world.told(
      "environment.observed", "environment/\(scene.any(Scene.environments))",
      #"{"observer":"\#(scene.any("agent", "other"))","coverage":"\#(scene.any("complete", "partial"))"\#(list)}"#,
      by: person, time: time?.rfc3339Milliseconds) != nil
  }

  /// What a report says does not agree of what was seen, environment by environment.
  private func discrepancies(of scene: Scene) throws -> Set<String> {
    let world = scene.world
    let rows = try world.past(world.events.count)
    let history = History(indexes: rows) { world.events[Int($0.value)] }
    var question = ComplianceQuestion()
    question.context = .all
    let around = try ComplianceSurroundings(question, in: rows, history, asOf: world.now)
    return Set(
      around.reconciliation.filter { $0.kind != .unobserved }.map {
        "\($0.environment): \($0.kind) \($0.item ?? "") \($0.digest?.text ?? $0.version ?? "")"
      })
  }

  @Test("what strangers tell of a deployment that others make changes none of its rules but who was competent")
  func parked() throws {
    var (taken, compared) = (0, 0)
    for seed in Self.seeds {
      var chance = SeededNumbers(seed: seed)
      let steps = Self.steps(&chance)
      let (plain, parked) = (try played(seed), try played(seed))
      for step in steps {
        for _ in 0..<chance.below(3) where try park(in: parked, &chance) { taken += 1 }
        for scene in [plain, parked] {
          scene.world.advance(to: scene.world.now.after(seconds: 1_200))
          for (type, data, person) in step {
            _ = try scene.world.told(type, World.release, Self.pinned(data, scene.world), by: person)
          }
        }
      }
      for time in [plain.world.now, plain.world.now.after(days: 1), plain.world.now.after(days: 20)] {
        let before = try own(plain, at: time)
        compared += before.count
        #expect(try own(parked, at: time) == before, "seed \(seed)")
      }
    }
    report("\(taken) words were parked", compared)
    #expect(taken > Self.count && compared > Self.count)
  }

  /// What is told of a release around a deployment of it.
  private static func steps(_ chance: inout SeededNumbers) -> [[(String, String, PersonID)]] {
    let place = #""deployment":"p-1","environment":"\#(World.environment)""#
    let around: [(String, String, PersonID)] = [
      ("approval.given", #"{"scope":"deployment","digests":["\#(World.digest)"]PLAN}"#, World.bo),
      ("approval.refused", #"{"scope":"deployment","reason":"r"PLAN}"#, World.dee),
      ("release.scope.changed", #"{"reason":"r","critical":true}"#, World.ana),
      (
        "test.finished",
        #"{"test":"p","suite":"smoke","outcome":"failed","digests":["\#(World.digest)"],"backfilled":true}"#,
        World.ana
      ),
      ("verification.finished", #"{\#(place),"outcome":"succeeded"}"#, World.ana),
    ]
    var steps: [[(String, String, PersonID)]] = []
    for own in [
      ("deployment.started", #"{\#(place),"digests":["\#(World.digest)"]}"#, four),
      ("deployment.progressed", #"{\#(place),"decision":"continue"}"#, four),
      (
        "deployment.finished", #"{\#(place),"outcome":"\#(chance.below(4) > 0 ? "succeeded" : "failed")"}"#,
        four
      ),
    ] {
      steps.append(around.filter { _ in chance.below(3) == 0 })
      steps.append([own])
    }
    return steps + [around.filter { _ in chance.below(3) == 0 }]
  }

  private static func pinned(_ data: String, _ world: World) throws -> String {
    let plan = try world.views.release("payments-api", "1.0")?.plan?.scope.position.value
    return data.replacing("PLAN", with: plan.map { ",\"plan\":\($0)" } ?? "")
  }

  /// A stranger tells something of the deployment.
  private func park(in scene: Scene, _ chance: inout SeededNumbers) throws -> Bool {
    let words = [
      ("started", #","digests":["\#(World.digest)"]"#), ("started", #","digests":["\#(World.otherDigest)"]"#),
      ("progressed", #","decision":"continue","backfilled":true"#),
      ("progressed", #","decision":"abort","backfilled":true"#),
      ("finished", #","outcome":"succeeded","backfilled":true"#),
      ("finished", #","outcome":"failed","backfilled":true"#),
      ("finished", #","outcome":"cancelled","backfilled":true"#), ("rolledback", #","backfilled":true"#),
      ("removed", #","backfilled":true"#),
    ]
    let (type, more) = words[chance.below(words.count)]
    let time = chance.below(3) == 0 ? scene.world.now.after(seconds: Int64(chance.below(50)) * -600 + 300) : nil
    return try scene.world.told(
      "deployment.\(type)", World.release,
      #"{"deployment":"p-1","environment":"\#(World.environment)"\#(more)}"#,
      by: [Self.stranger, World.person(207), nil][chance.below(3)], time: time?.rfc3339Milliseconds) != nil
  }

  /// What is told of that deployment, without the positions.
  private func own(_ scene: Scene, at time: Instant) throws -> [String] {
    let world = scene.world
    let all = try scene.report(JudgedPart(size: world.events.count, time: time, draft: nil))
    let own = all.filter { $0.deployment == "p-1" && world.events[Int($0.position.value)].person == Self.four }
    return own.flatMap { attempt in
      [
        "\(attempt.governance) \(attempt.outcome.map(\.rawValue) ?? "") \(attempt.unreleasable?.outcome.rawValue ?? "")"
      ]
        + attempt.findings.filter { $0.rule != .personnelCompetent }.map {
          "\($0.policy) \($0.policyVersion) \($0.place) \($0.outcome)"
        }
    }
  }

  private func report(_ taken: String, _ compared: Int) {
    guard Self.environment["RELM_HISTORIES"] != nil else { return }
    print("\(Self.count) histories from seed \(Self.first): \(taken), \(compared) compared")
  }
}
