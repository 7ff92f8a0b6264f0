import RelmDomain
import RelmViews
import RelmProof
import RelmTestWorld
import RelmRules

/// What comes before a deployment.
extension Story {
  private var commits: String? {
    scene.right(
      #"[{"id":"c-1","authors":["\#(World.cyd.text)"]}]"#, or: nil, #"[{"id":"c-2"}]"#,
      #"[{"id":"c-1"},{"id":"c-2"}]"#)
  }

  private var components: String? {
    scene.right(
      #"[{"name":"openssl","version":"3.0"}]"#, or: nil, #"[{"name":"openssl"}]"#,
      #"[{"name":"openssl","version":"3.1"}]"#,
      #"[{"name":"a","version":"3.0","digest":"\#(Scene.digests[0])"}]"#,
      #"[{"name":"openssl","version":"3.0"},{"name":"zlib"}]"#)
  }

  private var kind: String {
    quoted(scene.right("normal", or: "standard", "emergency", "standard", "emergency"))
  }
  private var procedure: String? { scene.right(quoted("roll-out"), or: nil, quoted("none")) }
  private var fixes: String? { scene.right(#"["inc-1"]"#, or: nil, #"["inc-2"]"#, #"["inc-2","inc-1"]"#) }

  func plan() throws {
    let kinds = scene.percent(60) ? kind : quoted(scene.any("standard", "emergency"))
    try fact(
      "release.planned",
      [
        "class": kinds, "critical": isCritical ? "true" : scene.right(nil, or: "false"),
        "services": scene.any(nil, #"["payments"]"#, #"["payments","ledger"]"#),
        "manager": scene.often(40, quoted(scene.any(World.cyd, Scene.second, World.ana).text)),
        "requestedBy": scene.right(
          quoted(World.cyd.text), or: nil, quoted(Scene.stranger.text), quoted(World.bo.text)),
        "commits": commits, "components": components, "procedure": procedure, "fixes": fixes,
        "requires": scene.often(25, required),
      ])
  }

  private var required: String {
    scene.right(
      #"["release/ledger-db/14.2"]"#, or: #"["release/ledger-db/14.3"]"#,
      #"["release/ledger-db/14.2","release/other/1"]"#)
  }

  /// The release is over, by somebody's word.
  func conclude() throws {
    switch scene.chance.below(3) {
    case 0: try tell("release.withdrawn", by: scene.worker(), ["reason": quoted("r")])
    case 1: try tell("release.superseded", by: scene.worker(), ["by": quoted("release/payments-api/9")])
    default: try tell("release.closed", by: scene.worker(), ["outcome": quoted("successful")])
    }
  }

  func changeScope() throws {
    try fact(
      "release.scope.changed",
      [
        "reason": quoted("r"), "class": scene.often(15, kind),
        "critical": scene.often(15, scene.any("true", "false")),
        "services": scene.often(15, scene.any(#"["payments"]"#, #"["other"]"#)),
        "commits": scene.often(20, commits),
        "components": scene.often(20, components), "fixes": scene.often(20, fixes),
        "manager": scene.often(10, quoted(World.bo.text)), "requires": scene.often(15, required),
      ])
  }

  func design() throws {
    try fact(
      "release.designed",
      [
        "strategy": quoted("rolling"), "takeBack": quoted(scene.any("rollBack", "rollBack", "fixForward")),
        "rollbackPlan": scene.right(quoted("p"), or: nil),
        "migrations": scene.right(
          nil, or: #"[{"migration":"m","reverses":true}]"#, #"[{"migration":"m","reverses":false}]"#),
      ])
  }

  func assessComponents() throws {
    for kind in ["licence", "vulnerability"] where !scene.percent(scene.sloppiness) {
      try fact(
        "component.assessed",
        [
          "component": scene.right(
            #"{"name":"openssl","version":"3.0"}"#, or: #"{"name":"openssl"}"#, #"{"name":"zlib"}"#,
            #"{"name":"b","digest":"\#(Scene.digests[0])"}"#,
            #"{"name":"a","version":"3.0","digest":"\#(Scene.digests[1])"}"#),
          "kind": quoted(scene.right(kind, or: "function", "export")),
          "verdict": quoted(scene.right("acceptable", or: "conditional", "unacceptable")),
        ])
    }
  }

  func assessRisk() throws {
    let residual = scene.any(1, 2, 3, 4)
    try fact(
      "risk.assessed",
      [
        "likelihood": "5", "impact": "5", "residualLikelihood": "\(residual)",
        "residualImpact": "\(scene.right(2, or: 3, 5))",
        "securityImpact": scene.often(50, quoted(scene.any("low", "medium", "high", "critical"))),
      ])
  }

  private func tool(_ capability: String) -> String? {
    scene.right(
      #"{"name":"t","capability":"\#(capability)"}"#, or: nil, #"{"name":"t"}"#,
      #"{"name":"t","capability":"farm"}"#,
      #"{"name":"t","capability":"runner"}"#, #"{"name":"t","capability":"none"}"#)
  }

  private var initiator: String? {
    scene.right(
      quoted(World.cyd.text), or: nil, quoted(Scene.machine.text), quoted(World.bo.text),
      quoted(Scene.second.text))
  }

  func build() throws {
    let build = scene.fresh("b")
    if scene.percent(50) {
      try fact("build.started", ["build": quoted(build), "commits": scene.often(50, commits)])
    }
    let digest = scene.right(Scene.digests[0], or: Scene.digests)
    let outcome = scene.right("succeeded", or: "failed")
    let usual = scene.right(
      #"[{"name":"api","digest":"\#(digest)"}]"#, or: nil,
      #"[{"name":"api","digest":"\#(digest)"},{"name":"web","digest":"\#(Scene.digests[2])"}]"#)
    try fact(
      "build.finished",
      [
        "build": quoted(build), "outcome": quoted(outcome), "backfilled": "true",
        "artifacts": scene.aside(35) ? severalDigests(digest) : usual,
        "tool": tool("farm"), "initiator": initiator, "commits": commits,
      ])
  }

  /// Artifacts with digests by two algorithms; mostly those of one thing, said in one way or the other.
  private func severalDigests(_ digest: String) -> String {
    let long = Scene.longer(scene.aside(80) ? digest : Scene.digests[2])
    return scene.aside(
      any:
        #"[{"name":"api","digest":"\#(digest)","digests":["\#(long)"]}]"#,
      #"[{"name":"api","digest":"\#(digest)"},{"name":"api","digest":"\#(long)"}]"#,
      #"[{"name":"api","digest":"\#(digest)"},{"name":"web","digest":"\#(long)"}]"#,
      #"[{"name":"api","digest":"\#(digest)","digests":["\#(long)"]},{"name":"api","digest":"\#(Scene.digests[2])"}]"#
    )
  }

  func publish() throws {
    guard scene.percent(50) else { return }
    let sources = scene.right([Scene.digests[0]], or: [], [Scene.digests[2]], [Scene.digests[1]])
    try fact(
      "package.published",
      [
        "digest": quoted(scene.right(Scene.digests[1], or: Scene.digests)), "derivedFrom": texts(sources),
        "digests": scene.aside(20) ? texts([Scene.longer(Scene.digests[scene.aside(80) ? 1 : 0])]) : nil,
      ])
  }

  /// A digest of what is deployed, mostly.
  private var digest: String {
    get throws { scene.either(scene.right(try made.first ?? Scene.digests[0], or: Scene.digests)) }
  }

  func attest() throws {
    try fact(
      "attestation.recorded",
      [
        "digest": quoted(try digest),
        "predicateType": quoted(scene.right("https://slsa.dev/provenance/v1", or: "https://a.b/c")),
        "statement": #"{"digest":"\#(Scene.digests[2])","mediaType":"application/json","size":1}"#,
      ])
  }

  func test(_ suite: String) throws {
    for _ in 0..<scene.right(1, or: 2) {
      try fact(
        "test.finished",
        [
          "test": quoted(scene.fresh("t")), "suite": quoted(suite), "digests": texts([try digest]),
          "outcome": quoted(scene.right("succeeded", or: "failed", "errored")), "tool": tool("runner"),
          "backfilled": "true", "participants": scene.often(20, partaker),
          "mode": scene.often(20, quoted(scene.any("manual", "automatic"))),
          "initiator": scene.often(20, quoted(scene.any(World.cyd, World.dee).text)),
        ])
    }
  }

  private var criteria: String {
    #"[{"criterion":"c","result":"\#(scene.right("met", or: "unmet", "notAssessed"))"}]"#
  }

  func validate() throws {
    try fact(
      "validation.finished",
      [
        "validation": quoted(scene.fresh("va")), "outcome": quoted(scene.right("succeeded", or: "failed")),
        "criteria": criteria, "validators": #"["\#(World.cyd.text)"]"#,
        "digests": scene.any(nil, texts([try digest])),
      ])
  }

  func schedule() throws {
    let from = scene.world.now.after(seconds: scene.right(-86_400, or: 3_600, -172_800))
    let until = from.after(seconds: scene.right(10 * 86_400, or: 86_400, 3_600))
    if scene.percent(20) {
      scene.mark(from)
      scene.mark(until)
    }
    try fact(
      "schedule.agreed",
      [
        "windows":
          #"[{"environment":"\#(scene.right(scene.any(environment, environment, "production/*", "*"), or: Scene.environments))","from":\#(scene.text(from)),"until":\#(scene.text(until))}]"#
      ])
  }

  func consult() throws {
    for partner in ["business", "it"] where !scene.percent(scene.sloppiness) {
      try fact(
        "partner.consulted",
        [
          "partner": quoted(partner), "name": quoted(scene.right("acme", or: "other")), "about": quoted("a"),
          "outcome": quoted(scene.right("agreed", or: "objected", "noted")),
        ])
    }
  }

  func communicate() throws {
    for audience in ["users", "operations"] where !scene.percent(scene.sloppiness) {
      try fact(
        "communication.sent", ["audience": quoted(audience), "channel": quoted("mail"), "topic": quoted("t")])
    }
  }

  func authorise() throws {
    guard isCritical || scene.percent(20) else { return }
    let name = scene.fresh("auth")
    let until = scene.world.now.after(seconds: scene.any(span, 7 * 86_400))
    scene.mark(until)
    try tell(
      "authorisation.requested", by: World.cyd, isAtOnce: scene.percent(70),
      [
        "authorisation": quoted(name), "activity": quoted("a"), "reason": quoted("r"),
        "of": quoted(World.ana.text),
        "environment": here, "digests": try scene.any(covered, nil), "plan": try scope,
      ])
    try tell(
      "authorisation.granted", by: scene.right(World.ana, or: World.bo, World.dee),
      [
        "authorisation": quoted(name), "digests": try covered, "plan": try scope,
        "until": scene.often(50, scene.text(until)),
      ])
  }

  var span: Int64 { scene.span().seconds }

  func approve(_ person: PersonID) throws {
    for said in scene.percent(30) ? ["plan", "deployment", "release"] : ["deployment"] {
      try tell(
        "approval.given", by: scene.right(person, or: World.ana, World.cyd, Scene.second, Scene.stranger),
        ["scope": quoted(said), "plan": try scope, "digests": try covered, "environment": here])
    }
  }

  func baseline(_ moment: String) throws {
    try scene.tell(
      "baseline.recorded", "environment/\(scene.right(environment, or: Scene.environments))",
      by: scene.worker(),
      isBefore: moment == "before",
      [
        "baseline": quoted(scene.fresh("base")),
        "moment": quoted(scene.right(moment, or: "regular", "after", "before")),
        "release": scene.right(quoted(subject), or: nil, quoted("release/payments-api/0.9")),
        "deployment": scene.right(scene.any(nil, quoted(deployment)), or: quoted("d-1"), quoted("d-9")),
        "items": #"[{"name":"payments-api"}]"#,
      ])
  }

  func completeSteps() throws {
    guard let version = try scene.world.views.procedure("roll-out")?.versions.last?.version else { return }
    for step in ["one", "two"] where !scene.percent(scene.sloppiness) {
      try fact(
        "procedure.step.completed",
        [
          "procedure": quoted("roll-out"), "version": quoted(scene.right(version, or: "v-1")),
          "step": quoted(step),
          "deployment": scene.right(scene.any(nil, quoted(deployment)), or: quoted("d-9")),
        ])
    }
  }

  func waive() throws {
    let rules =
      scene.percent(15) ? RuleName.allCases : scene.some(of: RuleName.allCases, scene.any(0, 0, 5, 20))
    for rule in rules {
      let until = scene.world.now.after(seconds: scene.any(span, 10 * 86_400))
      scene.mark(until)
      try tell(
        "waiver.granted", by: scene.right(World.ana, or: World.bo, World.dee, Scene.second),
        [
          "waiver": quoted(scene.fresh("w")), "rule": quoted(rule.rawValue),
          "environment": scene.any(here, here, quoted("production/*")),
          "reason": quoted("r"), "control": quoted("c"),
          "from": scene.often(20, scene.text(scene.world.now.after(seconds: scene.any(0, -60, 3_600, span)))),
          "until": scene.text(until),
          "excuses": scene.often(15, texts([scene.any(World.dee, World.ana, Scene.second).text])),
        ])
    }
  }

  func declareOverride() throws {
    guard isOverridden || scene.percent(scene.sloppiness) else { return }
    let until = scene.world.now.after(seconds: scene.any(span, 5 * 86_400))
    scene.mark(until)
    let freezes = try scene.world.views.freezes(reaching: environment).map(\.freeze)
    override = try tell(
      "override.declared", by: scene.any(scene.decider(), scene.decider(), World.cyd, Scene.stranger),
      [
        "freeze": freezes.isEmpty ? nil : scene.often(75, quoted(scene.any(freezes))),
        "rules": texts(scene.some(of: RuleName.allCases, scene.any(20, 60, 100)).map(\.rawValue))
          ?? #"["gated"]"#,
        "environment": quoted(
          scene.right(scene.any(environment, environment, "production/*"), or: Scene.environments)),
        "digests": try covered, "plan": try scope, "reason": quoted("r"), "until": scene.text(until),
        "ratifyBy": scene.often(20, scene.text(until.after(seconds: scene.span().seconds))),
      ])
  }
}
