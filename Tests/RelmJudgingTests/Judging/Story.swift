import RelmDomain
import RelmViews
import RelmProof
import RelmTestWorld
import RelmRules

/// A release from its plan to its review, step by step; each step says what it should, mostly.
final class Story {
  typealias Step = (Story) throws -> Void

  let scene: Scene
  let package: String
  let version: String
  var environment: String
  var deployment = "d-1"
  /// What is deployed, by what was built and published.
  var deployed: [String] = []
  var gate: Position?
  var override: Position?
  var ended: Instant?
  let isCritical: Bool
  let isOverridden: Bool

  var subject: String { "release/\(package)/\(version)" }

  init(_ scene: Scene, _ package: String, _ version: String) {
    self.scene = scene
    self.package = package
    self.version = version
    environment = scene.percent(85) ? World.environment : "staging"
    isCritical = scene.percent(30)
    isOverridden = scene.percent(25)
  }

  /// All of it, with what chance adds, leaves out, moves and repeats.
  func steps() -> [Step] {
    var steps: [Step] = [
      { try $0.plan() }, { try $0.design() }, { try $0.assessComponents() }, { try $0.assessRisk() },
      { try $0.build() }, { try $0.publish() }, { try $0.attest() }, { try $0.test("system") },
      { try $0.test("smoke") }, { try $0.validate() }, { try $0.schedule() }, { try $0.consult() },
      { try $0.communicate() }, { try $0.authorise() }, { try $0.approve(World.bo) },
      { try $0.approve(World.dee) }, { try $0.baseline("before") }, { try $0.completeSteps() },
      { try $0.waive() }, { try $0.declareOverride() }, { try $0.askGate() },
    ]
    // Sometimes much of what comes before is told only when it has begun.
    let beginning = scene.percent(20) ? 4 + scene.chance.below(steps.count - 4) : steps.count
    steps.insert({ try $0.begin() }, at: beginning)
    steps += [
      { try $0.progress() }, { try $0.end() }, { try $0.baseline("after") }, { try $0.verify() },
      { try $0.observe() }, { try $0.handOver("operations") }, { try $0.handOver("users") },
      { try $0.support() }, { try $0.ratify() }, { try $0.review() },
    ]
    if scene.percent(30) { steps.insert({ try $0.changeScope() }, at: 1) }
    if scene.percent(15) { steps += Self.again }
    if scene.percent(10) { steps.append(scene.percent(50) ? { try $0.doAway() } : { try $0.beginAnew() }) }
    let all = steps
    for _ in 0..<scene.any(0, 0, 1, 2, 3, 4) {
      let place = scene.chance.below(steps.count)
      switch scene.chance.below(10) {
      case ..<3: steps.remove(at: place)
      case ..<6:
        let step = steps.remove(at: place)
        steps.insert(step, at: scene.chance.below(steps.count + 1))
      case 6: steps.insert(scene.any(all), at: place)
      case 7: steps.insert({ try $0.scene.annul() }, at: place)
      case 8: steps.insert({ try $0.scene.houseChanges() }, at: place)
      default: steps.insert({ try $0.stray() }, at: place)
      }
    }
    return steps
  }

  /// Another deployment of the same.
  private static var again: [Step] {
    [
      { try $0.askGate() }, { $0.deployment = $0.scene.fresh("d") }, { try $0.begin() }, { try $0.end() },
      { try $0.verify() },
      { try $0.observe() },
    ]
  }

  /// Something that no good story has.
  private func stray() throws {
    switch scene.chance.below(22) {
    case 0: try changeScope()
    case 1, 2:
      try tell(
        "approval.refused", by: scene.decider(),
        [
          "scope": quoted(scene.any("deployment", "plan")), "plan": scope, "reason": quoted("r"),
          "environment": scene.often(50, quoted(environment)),
        ])
    case 3:
      let approvals = scene.world.events.filter { $0.record.envelope.type == "relm.approval.given" }.map(
        \.position.value)
      if !approvals.isEmpty {
        try tell(
          "approval.withdrawn", by: scene.any(World.bo, World.dee),
          ["approval": "\(scene.any(approvals))", "reason": quoted("r")])
      }
    case 4, 5:
      try tell(
        "deployment.rolledback", by: scene.worker(),
        ["deployment": quoted(deployment), "environment": quoted(environment), "backfilled": "true"])
    case 15: try restore()
    case 6:
      try tell(
        "deployment.removed", by: scene.worker(),
        ["deployment": quoted(deployment), "environment": quoted(environment), "backfilled": "true"])
    case 7:
      deployment = scene.fresh("d")
      try end()
      if scene.percent(50) { try begin() }
    case 8:
      try tell(
        "waiver.revoked", by: scene.decider(),
        ["waiver": quoted("w-\(scene.any(1, 2, scene.names))"), "reason": quoted("r")])
    case 9:
      try tell(
        "authorisation.refused", by: scene.decider(),
        ["authorisation": quoted("auth-\(scene.names)"), "reason": quoted("r")])
    case 10: try waive()
    case 11: try declareOverride()
    case 12, 13: try doAway()
    case 14: try beginAnew()
    case 16: try assessRisk()
    case 17: try consult()
    case 18, 19: try conclude()
    case 20: try scene.deployRequired()
    default:
      try tell(
        "procedure.step.skipped", by: scene.worker(),
        [
          "procedure": quoted("roll-out"), "version": quoted("v-1"), "step": quoted("one"),
          "reason": quoted("r"),
        ])
    }
  }

  /// The deployment is rolled back, and something else is put there, which had run there or not.
  private func restore() throws {
    let restored = scene.any(version, "1.0", "1.1", "0.9")
    let made = try scene.world.views.release(package, restored)?.digests.map(\.text) ?? []
    try tell(
      "deployment.rolledback", by: scene.worker(),
      [
        "deployment": quoted(deployment), "environment": quoted(environment), "restores": quoted(restored),
        "restoresDigests": scene.any(
          nil, made.isEmpty ? nil : texts(made.map(scene.either)), texts([scene.any(Scene.digests)])),
        "backfilled": scene.any(nil, nil, "true"), "initiator": scene.often(30, quoted(World.dee.text)),
      ])
  }

  /// Somebody annuls what there is of the deployment: its beginning, its end, or both.
  private func doAway() throws {
    let somebody = scene.any(World.ana, World.bo, World.cyd, World.dee, Scene.stranger)
    for event in scene.world.events {
      guard event.subject?.text == subject, case .release(let said) = event.event, let step = said.attempt,
        step.kind == .deployment, step.id == deployment, scene.percent(75)
      else { continue }
      try scene.tell(
        "event.annulled", "ledger", by: scene.percent(70) ? somebody : scene.decider(),
        ["position": "\(event.position.value)", "reason": quoted("r")])
    }
  }

  /// The deployment is annulled and told anew, under the same id.
  private func beginAnew() throws {
    try doAway()
    try begin()
    if scene.percent(60) { try end() }
    if scene.percent(30) { try doAway() }
  }

  // MARK: What steps say

  @discardableResult
  func tell(
    _ type: String, by actor: PersonID?, isBefore: Bool = false, isAtOnce: Bool = false,
    isOlder: Bool = false, _ data: KeyValuePairs<String, String?>
  ) throws -> Position? {
    try scene.tell(type, subject, by: actor, isBefore: isBefore, isAtOnce: isAtOnce, isOlder: isOlder, data)
  }

  /// A fact of what comes before a deployment.
  func fact(_ type: String, _ data: KeyValuePairs<String, String?>) throws {
    try tell(type, by: scene.worker(), isBefore: true, data)
  }

  var row: ReleaseRow? { get throws { try scene.world.views.release(package, version) } }

  /// Where the plan was last set.
  var scope: String? {
    get throws { try row?.plan.map { "\($0.scope.position.value)" } }
  }

  /// What the release is made of.
  var made: [String] { get throws { try row?.digests.map(\.text) ?? [] } }

  /// What an act covers: all that the release is made of.
  var covered: String? {
    get throws {
      let made = try made
      return try scene.right(texts(made), or: texts(scene.some(of: self.made)), nil)
    }
  }

  var here: String? {
    scene.right(scene.any(nil, quoted(environment)), or: quoted("staging"), quoted(World.environment))
  }
}
