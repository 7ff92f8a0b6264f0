import RelmDomain
import RelmViews
import RelmProof
import RelmTestWorld
import RelmRules

/// People, environments, tools, procedures and incidents: what stands around a release.
extension Scene {
  static let environments = [World.environment, "staging"]

  /// Who may do what, where, and by which rules.
  func setUp() throws {
    for person in [World.bo, World.cyd, World.dee] where !percent(sloppiness) {
      try link(person, [])
    }
    if percent(30) { try link(World.bo, [Self.second]) }
    if percent(70) {
      try tell(
        "person.linked", "person/\(Self.machine.uuid.text)", by: World.ana,
        ["kind": quoted("service"), "owner": quoted(any(World.cyd, World.dee, Self.stranger).text)])
    }
    for (person, level) in [
      (World.bo, any(5, 6)), (World.dee, any(5, 6, 6)), (World.cyd, any(4, 5)), (Self.stranger, any(3, 5)),
    ] where !percent(sloppiness) { try grant(person, level) }
    if !percent(sloppiness) { try link(World.ana, []) }
    if !percent(20) {
      try register(World.environment, right("production", or: "development"))
    }
    if percent(70) { try register("staging", right("development", or: "production")) }
    for capability in ["farm", "runner"] { try assess(capability) }
    try publish("roll-out")
    try openIncident()
    for number in 0..<any(1, 1, 2) { try adopt(["p", "q"][number]) }
    if percent(40) { try adopt("dev", context: "development") }
    for _ in 0..<any(0, 0, 0, 1, 1, 2) { try freeze() }
    for _ in 0..<any(0, 1, 1, 2) { try deployRequired() }
  }

  func link(_ person: PersonID, _ accounts: [PersonID]) throws {
    try tell(
      "person.linked", "person/\(person.uuid.text)", by: person == World.ana ? World.dee : World.ana,
      ["kind": quoted("human"), "accounts": texts(accounts.map(\.text))])
    for account in accounts where percent(60) {
      try tell(
        "person.link.confirmed", "person/\(person.uuid.text)", by: any(person, account, World.dee),
        ["account": quoted(account.text)])
    }
  }

  func grant(_ person: PersonID, _ level: Int) throws {
    let isDelegated = percent(sloppiness)
    let until = world.now.after(seconds: any(span().seconds, 7 * 86_400))
    if isDelegated || percent(sloppiness) { mark(until) }
    try tell(
      "authority.granted", "person/\(person.uuid.text)", by: World.ana,
      [
        "level": "\(level)",
        "contexts": right(#"["development","production"]"#, or: #"["production"]"#, #"["development"]"#),
        "services": right(nil, or: #"["payments"]"#, #"["ledger"]"#),
        "packages": right(nil, or: #"["payments-api"]"#, #"["other"]"#),
        "from": often(sloppiness, lineAhead().map(text)),
        "until": isDelegated || percent(sloppiness) ? text(until) : nil,
        "delegatedFrom": isDelegated ? "\(any([0] + told.map(\.value)))" : nil,
      ])
  }

  func register(_ environment: String, _ context: String) throws {
    try tell(
      "environment.registered", "environment/\(environment)", by: World.ana, ["context": quoted(context)])
  }

  /// A tool is registered, assessed, withdrawn or assessed again.
  func assess(_ capability: String) throws {
    let subject = "capability/\(capability)"
    try tell(
      "capability.registered", subject, by: any(World.ana, World.ana, World.cyd, Self.stranger),
      [
        "kind": quoted("tool"), "title": quoted("t"),
        "owner": quoted(any(World.ana, World.cyd, World.dee).text),
        "people": often(30, texts([any(World.bo, Self.stranger).text])),
        "validUntil": right(nil, or: text(lineAhead() ?? world.now)),
      ])
    if percent(60) {
      try tell(
        "capability.assessed", subject, by: World.ana,
        [
          "verdict": quoted(right("acceptable", or: "conditional", "unacceptable")),
          "validUntil": right(nil, or: text(lineAhead() ?? world.now)),
        ])
    }
    if percent(sloppiness) { try tell("capability.withdrawn", subject, by: World.ana, ["reason": quoted("r")]) }
  }

  func publish(_ procedure: String) throws {
    let steps = ["one", "two", "three"].prefix(any(1, 2, 3)).enumerated().map { place, step in
      object([
        "step": quoted(step), "title": quoted("t"),
        "mandatory": place == 2 ? "false" : right(nil, or: "true", "false"),
      ])
    }
    try tell(
      "procedure.published", "procedure/\(procedure)", by: World.ana,
      [
        "document": object([
          "id": quoted(procedure), "version": quoted(fresh("v")), "title": quoted("t"),
          "owner": quoted(World.ana.text), "steps": list(steps),
          "appliesTo": right(
            nil, or: #"{"packages":["other"]}"#, #"{"services":["payments"]}"#,
            #"{"classes":["normal","emergency"]}"#,
            #"{"environments":["staging"]}"#),
          "preauthorises": right("true", or: nil, "false"),
        ])
      ])
  }

  func openIncident() throws {
    try tell(
      "incident.opened", "incident/inc-1", by: worker(), ["severity": quoted("high"), "summary": quoted("s")])
  }

  /// What releases may require is deployed, told in whatever order, and sometimes taken back.
  func deployRequired() throws {
    let subject = "release/ledger-db/\(any("14.2", "14.2", "14.3"))"
    let name = fresh("db")
    let environment = any(World.environment, World.environment, "staging")
    func step(_ type: String, outcome: String? = nil, restores: String? = nil) throws {
      try tell(
        "deployment.\(type)", subject, by: worker(),
        [
          "deployment": quoted(name), "environment": quoted(environment), "outcome": outcome.map(quoted),
          "restores": restores.map(quoted), "backfilled": type == "started" ? nil : "true",
        ])
    }
    let isTold = percent(60)
    if isTold { try step("started") }
    try step("finished", outcome: right("succeeded", or: "failed", "cancelled"))
    if !isTold, percent(20) { try step("started") }
    if percent(15) { try step("rolledback", restores: any(nil, "14.2")) }
    if percent(10) { try step("removed") }
  }

  // MARK: Something happens to the house

  func houseChanges() throws {
    switch chance.below(16) {
    case 0:
      try tell(
        "environment.retired", "environment/\(any(Self.environments))", by: World.ana, ["reason": quoted("r")])
    case 1: try register(any(Self.environments), any("production", "development"))
    case 2, 3: try freeze()
    case 4:
      try tell(
        "freeze.lifted", "environment/\(World.environment)", by: decider(),
        ["freeze": quoted("freeze-\(any(1, 2, names))"), "reason": quoted("r")])
    case 5:
      let person = any(World.bo, World.cyd, World.dee, Self.stranger)
      let grants = try world.views.person(person)?.grants.map(\.position.value) ?? []
      if !grants.isEmpty {
        try tell(
          "authority.revoked", "person/\(person.uuid.text)", by: World.ana,
          ["grant": "\(any(grants))", "reason": quoted("r")])
      }
    case 6: try grant(any(World.bo, World.cyd, World.dee, Self.stranger), any(3, 4, 5, 6))
    case 7, 8: try adopt(any("p", "q"), context: any("production", "production", "development"))
    case 9:
      try tell("policy.retired", "policy/\(any("p", "p", "q", "dev"))", by: World.ana, ["reason": quoted("r")])
    case 10: try assess(any("farm", "runner"))
    case 13, 14:
      try tell(
        "history.accepted", "ledger", by: any(World.ana, World.ana, World.bo, World.dee),
        [
          "source": quoted(any("/test", "/test", "/other")), "reason": quoted("r"),
          "until": often(40, text(lineAhead() ?? world.now)),
        ])
    case 15:
      try tell(
        "subject.erased", "ledger", by: World.ana,
        ["person": quoted(any(World.bo, World.dee, Self.stranger, Self.second).text), "ground": quoted("g")])
    case 11:
      if percent(50) {
        try tell("procedure.retired", "procedure/roll-out", by: World.ana, ["reason": quoted("r")])
      } else {
        try publish("roll-out")
      }
    default:
      if percent(50) {
        try openIncident()
      } else {
        try link(any(World.bo, World.cyd), [any(Self.second, Self.stranger)])
      }
    }
  }

  private func freeze() throws {
    let from = world.now.after(seconds: any(-3_600, 0, 3_600))
    let until = from.after(seconds: any(span().seconds, 604_800) + 60)
    mark(from)
    mark(until)
    try tell(
      "freeze.declared",
      "environment/\(any(World.environment, World.environment, World.environment, "staging", "production", "production/*", "*"))",
      by: decider(),
      [
        "freeze": quoted(fresh("freeze")), "from": text(from), "until": text(until), "reason": quoted("r"),
        "services": any(nil, nil, #"["payments"]"#, #"["other"]"#),
        "packages": any(nil, nil, #"["payments-api"]"#, #"["other"]"#),
        "context": any(nil, nil, nil, quoted("production"), quoted("development")),
        "except": any(nil, nil, nil, #"["production/*"]"#, #"["staging"]"#),
        "mayOverride": often(70, texts([any(Self.stranger, World.cyd, World.bo).text])),
      ])
  }

  /// An event does not count any more; often one that was told lately, and sometimes an annulment.
  func annul() throws {
    guard !told.isEmpty else { return }
    let late = Array(told.suffix(12))
    try tell(
      "event.annulled", "ledger", by: any(World.ana, World.ana, World.bo, World.dee),
      ["position": "\(any(percent(60) ? late : told).value)", "reason": quoted("r")])
  }
}
