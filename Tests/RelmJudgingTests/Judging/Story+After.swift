import RelmDomain
import RelmViews
import RelmProof
import RelmTestWorld
import RelmRules

/// The gate, the deployment, and what comes after it.
extension Story {
  /// What the gate comes to now.
  private func judge() throws -> GateDecided {
    let counting = scene.world.counting(of: scene.world.events.count)
    return try Gate.judge(
      package: package, version: version, environment: environment,
      events: counting.filter { $0.subject?.text == subject },
      everything: scene.world.events.filter { $0.subject?.text == subject },
      configuration: counting.filter { $0.subject == .environment(environment) },
      neighbours: World.deployments(among: counting), given: scene.world.views,
      size: scene.world.events.count, at: scene.world.now
    ).decided
  }

  func askGate() throws {
    let decision = try judge()
    let isMade = scene.percent(30)
    let isOpen = isMade ? scene.percent(70) : decision.outcome == .open
    let until = isMade ? scene.world.now.after(seconds: scene.right(span, or: 0)) : decision.until?.instant
    if let until { scene.mark(until) }
    gate = try tell(
      "gate.decided", by: scene.right(World.ana, or: World.bo, World.cyd, nil), isAtOnce: !isMade,
      [
        "environment": quoted(scene.right(environment, or: Scene.environments)),
        "outcome": quoted(isOpen ? "open" : "closed"),
        "digests": isMade ? try covered : texts(decision.digests.map(\.text)),
        "plan": isMade ? scene.right(try scope, or: nil, "1") : decision.plan.map { "\($0.value)" },
        "judged": "\(decision.judged)", "until": isOpen || isMade ? until.map(scene.text) : nil,
        "reason": quoted("r"),
        "override": isMade
          ? scene.right(override.map { "\($0.value)" }, or: nil) : decision.override.map { "\($0.value)" },
      ])
  }

  func begin() throws {
    let attempt = AttemptID(.deployment, deployment, in: environment)
    if try scene.world.views.attempt(package, version, attempt)?.begun != nil {
      // One job deploys to several environments under its own id.
      deployment = scene.percent(10) ? "job" : scene.fresh("d")
    }
    let made = try made
    deployed = made.count > 1 ? scene.any(made, [made[made.count - 1]], [made[0]]) : made
    deployed = scene.right(deployed, or: [], Scene.digests, [Scene.digests[2]]).map(scene.either)
    let isOlder = scene.percent(4)
    let isDry = !isOlder && scene.percent(35)
    if isDry {
      scene.pass()
      deployed = made
    }
    let dry = try isDry ? judge() : nil
    let named = scene.any(nil, override)
    let position = try tell(
      "deployment.started",
      by: scene.right(scene.any(World.ana, World.dee), or: World.cyd, Scene.machine, Scene.stranger, nil),
      isAtOnce: isDry, isOlder: isOlder,
      [
        "deployment": quoted(deployment), "environment": quoted(environment), "digests": texts(deployed),
        "initiator": scene.right(
          scene.any(nil, quoted(World.cyd.text)), or: quoted(Scene.stranger.text), quoted(World.bo.text)),
        "gateDecision": isDry ? nil : scene.right(scene.any(nil, gate.map { "\($0.value)" }), or: "1"),
        "override": (isDry ? dry?.override : scene.right(named, or: Position(1), nil)).map { "\($0.value)" },
      ])
    guard let position else { return }
    let event = scene.world.events[Int(position.value)]
    guard !isOlder else { return }
    scene.begun = event.happened
    scene.mark(event.happened)
    if let dry {
      scene.gates.append(DryGate(line: position, at: event.happened, deployment: deployment, decision: dry))
    }
  }

  func progress() throws {
    guard scene.percent(15) else { return }
    try tell(
      "deployment.progressed", by: scene.worker(),
      [
        "deployment": quoted(deployment), "environment": quoted(environment), "decision": quoted("continue"),
        "backfilled": "true",
      ])
  }

  func end() throws {
    let position = try tell(
      "deployment.finished", by: scene.worker(),
      [
        "deployment": quoted(deployment), "environment": quoted(environment),
        "outcome": quoted(scene.right("succeeded", or: "failed", "succeeded", "cancelled")),
        "digests": deployed.isEmpty ? scene.percent(50) ? texts(try made) : nil : nil,
        "backfilled": scene.any(nil, "true"),
      ])
    guard let position else { return }
    let moment = scene.world.events[Int(position.value)].happened
    ended = moment
    scene.mark(moment)
  }

  private var criteria: String {
    #"[{"criterion":"c","result":"\#(scene.right("met", or: "unmet", "notAssessed"))"}]"#
  }

  /// What was deployed, mostly.
  private var seen: [String] {
    scene.right(deployed, or: [], [Scene.digests[0]], Scene.digests).map(scene.either)
  }

  func verify() throws {
    for _ in 0..<scene.right(1, or: 2, 3) {
      try tell(
        "verification.finished", by: scene.worker(),
        [
          "deployment": quoted(scene.right(deployment, or: "d-9")), "environment": quoted(environment),
          "outcome": quoted(scene.right("succeeded", or: "failed")), "checks": scene.often(50, criteria),
          "digests": scene.often(60, texts(seen)),
          "participants": scene.often(20, partaker),
          "tool": scene.often(20, #"{"name":"t","capability":"runner"}"#),
        ])
    }
  }

  /// Somebody who took part.
  var partaker: String {
    #"[{"person":"\#(scene.any(World.cyd, World.bo, Scene.second).text)","part":"p"}]"#
  }

  func observe() throws {
    for _ in 0..<scene.right(1, or: 2) {
      var items = seen.map { #"{"name":"\#(package)","version":"\#(version)","digest":"\#($0)"}"# }
      if items.isEmpty || scene.percent(20) {
        items.append(
          scene.right(
            #"{"name":"\#(package)","version":"\#(version)"}"#, or: #"{"name":"\#(package)"}"#,
            #"{"name":"other"}"#))
      }
      try scene.tell(
        "environment.observed", "environment/\(scene.right(environment, or: Scene.environments))",
        by: scene.right(World.ana, or: World.cyd, Scene.machine, Scene.stranger, nil),
        [
          "observer": quoted("o"), "coverage": quoted(scene.any("complete", "partial")),
          "running": scene.right(list(items), or: nil, #"[{"name":"other"}]"#),
        ])
    }
  }

  func handOver(_ community: String) throws {
    guard !scene.percent(15) else { return }
    let handover = scene.fresh("h")
    let party = community == "operations" ? World.bo : World.dee
    try tell(
      "handover.offered", by: World.ana,
      ["handover": quoted(handover), "to": quoted(community), "party": quoted(party.text), "environment": here])
    if scene.percent(scene.sloppiness) {
      try tell("handover.rejected", by: party, ["handover": quoted(handover), "reason": quoted("r")])
    }
    let due = scene.world.now.after(seconds: span)
    let hasConditions = scene.percent(35)
    if hasConditions { scene.mark(due) }
    try tell(
      "handover.accepted", by: party,
      [
        "handover": quoted(handover),
        "conditions": hasConditions
          ? #"[{"id":"k","condition":"c","owner":"\#(party.text)","due":\#(scene.text(due))},{"id":"l","condition":"c","owner":"\#(party.text)","due":\#(scene.text(due.after(seconds: span)))}]"#
          : nil,
      ])
    guard hasConditions else { return }
    for condition in scene.right(["k", "l"], or: [], ["k"], ["l"]) {
      try tell(
        "handover.condition.met", by: party, ["handover": quoted(handover), "condition": quoted(condition)])
    }
  }

  func support() throws {
    let support = scene.fresh("els")
    let until = scene.world.now.after(seconds: span)
    let isLong = scene.percent(40)
    if isLong { scene.mark(until) }
    try tell(
      "support.opened", by: scene.worker(),
      [
        "support": quoted(support), "criteria": #"["c"]"#, "until": isLong ? scene.text(until) : nil,
        "environment": here,
      ])
    if scene.percent(60) { scene.world.advance(to: scene.lineAhead(within: 4) ?? scene.world.now) }
    guard !scene.percent(15) else { return }
    try tell(
      "support.closed", by: scene.worker(),
      [
        "support": quoted(scene.right(support, or: "els-1")), "criteria": criteria,
        "outcome": scene.right(scene.any(nil, quoted("succeeded")), or: quoted("failed")), "backfilled": "true",
      ])
  }

  func ratify() throws {
    guard let override else { return }
    try tell(
      "approval.given", by: scene.any(scene.decider(), Scene.second, World.bo),
      [
        "scope": quoted("deployment"), "plan": try scope, "digests": try covered,
        "ratifies": "\(override.value)",
      ])
  }

  func review() throws {
    let review = scene.fresh("rev")
    try tell("review.opened", by: scene.worker(), ["review": quoted(review), "scope": quoted("s")])
    try tell(
      "review.closed", by: scene.worker(),
      [
        "review": quoted(review), "outcome": quoted("successful"),
        "overrides": scene.right(override.map { "[\($0.value)]" }, or: nil, "[1]"),
      ])
  }
}
