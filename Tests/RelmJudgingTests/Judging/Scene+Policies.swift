import RelmDomain
import RelmTestWorld
import RelmProof

/// Policies of any rules with any parameters, most of which a good story meets.
extension Scene {
  func adopt(_ id: String, context: String? = nil) throws {
    try tell(
      "policy.adopted", "policy/\(id)", by: World.ana,
      ["document": policy(id, context: context ?? right("production", or: "development"))])
  }

  /// A draft of a policy, which may say what no adoption takes.
  func draft() -> String {
    policy(any("p", "q", "new"), context: any("production", "production", "development"), isDraft: true)
  }

  private func policy(_ id: String, context: String, isDraft: Bool = false) -> String {
    var rules = some(of: RuleName.allCases, any(100, 90, 50, 20)).map { requirement($0) }
    rules += some(of: RuleName.allCases, 8).map { requirement($0) }
    if rules.isEmpty { rules = [requirement(.planned)] }
    if isDraft, percent(30) { rules.append(#"{"rule":"planned","quorum":2}"#) }
    let from = any(world.now.after(seconds: -3_600), world.now.after(seconds: span().seconds))
    let isTimed = percent(sloppiness)
    if isTimed { mark(from) }
    return object([
      "id": quoted(id), "version": quoted(isDraft ? "draft" : fresh("v")), "title": quoted("t"),
      "context": quoted(context),
      "appliesTo": right(
        nil, or: #"{"packages":["payments-api"]}"#, #"{"services":["payments","other"]}"#,
        #"{"classes":["normal"]}"#,
        #"{"environments":["staging"]}"#, #"{"packages":["other"]}"#),
      "criticalWhen": any(
        nil, #"{"classes":["emergency"]}"#, #"{"services":["payments"]}"#, #"{"residualRisk":6}"#,
        #"{"securityImpact":"high"}"#, #"{"residualRisk":12,"securityImpact":"medium"}"#),
      "lateWithin": any(nil, quoted(span().text), quoted(span().text)),
      "gateValidity": any(nil, nil, quoted(span().text)),
      "overrideWithin": often(20, quoted(span().text)),
      "nonWaivable": often(20, texts(some(of: RuleName.allCases, 10).map(\.rawValue))),
      "rules": list(Array(Set(rules)).sorted()),
      "effectiveFrom": isTimed ? text(from) : nil,
    ])
  }

  /// Now and then a parameter, and then mostly one that a good story meets.
  private func either(_ good: [String], _ other: [String], _ share: Int = 50) -> String? {
    percent(share) ? texts(percent(85) ? good : other) : nil
  }

  /// Who may bring evidence, where it is asked.
  private func source() -> String? {
    guard percent(30) else { return nil }
    let kinds = texts(any(["human", "service"], ["human", "service"], ["human"], ["service"]))
    let accounts = texts([any(World.ana, World.dee, Self.machine, Self.second).text])
    let independent = often(40, texts(any(["author"], ["initiator"], ["initiator", "author"])))
    switch chance.below(4) {
    case 0: return object(["accounts": accounts, "independentOf": independent, "kinds": often(20, kinds)])
    case 1:
      return object([
        "capabilities": texts(any(["farm"], ["runner"], ["farm", "runner"])), "independentOf": independent,
      ])
    default: return object(["kinds": kinds, "independentOf": independent])
    }
  }

  private func requirement(_ rule: RuleName) -> String {
    let within = often(75, quoted(span().text))
    let by = rule.parameters.contains(.by) ? source() : nil
    func asks(_ parameters: KeyValuePairs<String, String?> = [:]) -> String {
      let inner = parameters.compactMap { name, value in value.map { ",\(quoted(name)):\($0)" } }.joined()
      return "{\"rule\":\(quoted(rule.rawValue))\(inner)}"
    }
    switch rule {
    case .approved:
      return asks([
        "quorum": often(40, "\(any(1, 2, 2, 3))"), "level": often(30, "\(any(4, 5, 6))"),
        "separate": often(
          40, texts(some(of: ["requester", "author", "initiator", "deployer", "approver"], 40))),
        "scopes": either(any(["deployment"], ["plan", "deployment"], ["release"]), ["test"], 40),
      ])
    case .attested:
      return asks([
        "predicateTypes": either(
          ["https://slsa.dev/provenance/v1"], ["https://slsa.dev/provenance/v1", "https://a.b/c"]),
        "by": by,
      ])
    case .baselined:
      return asks(["moments": either(any(["before"], ["after"], ["before", "after"]), ["after"]), "by": by])
    case .built: return asks(["capabilities": either(["farm"], ["runner"]), "by": by])
    case .capabilityInPlace:
      return asks(["capabilities": texts(any(["farm"], ["farm", "runner"], ["farm"], ["none"]))])
    case .communicated:
      return asks([
        "audiences": either(any(["users"], ["users", "operations"]), ["board"]),
        "leadTime": often(40, quoted(any("PT1H", "PT1H", "PT4H", "P1D"))),
      ])
    case .componentsAssessed:
      return asks([
        "assessments": either(any(["licence"], ["vulnerability", "licence"]), ["export"]), "by": by,
      ])
    case .handedOver:
      return asks([
        "communities": either(any(["operations"], ["operations", "users"], ["users"]), ["users"]),
        "within": within,
      ])
    case .partnersConsulted: return asks(["partners": either(any(["business"], ["business", "it"]), ["it"])])
    case .personnelCompetent: return asks(["level": often(40, "\(any(3, 4, 5))")])
    case .procedureApplied:
      return asks(["procedures": texts(any(["roll-out"], ["roll-out"], ["roll-out"], ["none", "roll-out"]))])
    case .recordedPromptly, .reviewed: return asks(["within": within])
    case .reconciled, .verified: return asks(["within": within, "by": by])
    case .riskAssessed: return asks(["maximumResidual": often(50, "\(any(6, 10, 12, 25))"), "by": by])
    case .supported: return asks(["minimum": within])
    case .tested:
      return asks([
        "suites": either(any(["system"], ["system", "smoke"]), ["acceptance"]),
        "capabilities": either(["runner"], ["farm"], 30), "by": by,
      ])
    case .validated: return asks(["by": by])
    case .authorised, .classified, .designed, .gated, .notFrozen, .planned, .releasable, .requirementsMet,
      .rollbackPlanned, .scheduled:
      return asks()
    }
  }
}
