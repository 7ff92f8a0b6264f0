internal import RelmDomain
internal import RelmProof

extension OSCAL {
  /// A rule that does not plainly hold for a deployment, or a deployment to production that no policy governed, or of a
  /// release that was over.
  ///
  /// Its status says what was decided of it: `deviation-approved` where a waiver stands, `remediating` while an override
  /// is still to be ratified and reviewed, `closed` where it was, or where it was only shown late, and else `open`.
  struct Risk {
    let uuid: UUIDText
    /// The rule; nil where none was asked.
    let rule: RuleName?
    let title: String
    let description: String
    let statement: String
    let status: Status
    let deadline: Instant?
    let properties: [Property]
    let observations: [UUIDText]
    let ids: Identifiers
    var mitigation: Mitigation?

    enum Status: String {
      case open, remediating, closed
      case deviationApproved = "deviation-approved"
    }

    /// What is done instead, by a waiver.
    struct Mitigation {
      let uuid: UUIDText
      let description: String
      let properties: [Property]
    }

    func write(to writer: inout CanonicalWriter) {
      writer.object { writer in
        writer.member("deadline", deadline.map(Text.moment))
        writer.member("description", Text.line(description))
        writer.list("mitigating-factors", [mitigation].compactMap(\.self)) { writer, mitigation in
          writer.object { writer in
            writer.member("description", Text.line(mitigation.description))
            writer.list("props", mitigation.properties) { $1.write(to: &$0) }
            writer.member("uuid", mitigation.uuid)
          }
        }
        OSCAL.writeOrigins(ids, to: &writer)
        writer.list("props", properties) { $1.write(to: &$0) }
        OSCAL.writeRelated(observations: observations, to: &writer)
        writer.member("statement", Text.line(statement))
        writer.member("status", status.rawValue)
        writer.member("title", Text.line(title))
        writer.member("uuid", uuid)
      }
    }
  }
}

extension OSCAL.Risk {
  typealias Property = OSCAL.Property

  /// Those of the report's exceptions, in their order, then those of what no policy governed, and then of what was over.
  static func all(of report: ComplianceReport, _ ids: OSCAL.Identifiers) -> [OSCAL.Risk] {
    let attempts = Dictionary(report.population.map { ($0.position, $0) }) { first, _ in first }
    let overrides = Dictionary(report.overrides.map { ($0.position, $0) }) { first, _ in first }
    var taken: [Position: Set<Int>] = [:]
    let excepted = report.exceptions.enumerated().map { number, exception in
      // An exception does not say which of a policy's requirements it is of: their order is the findings'.
      let findings = attempts[exception.attempt]?.findings ?? []
      let index = findings.indices.first { index in
        let finding = findings[index]
        return finding.policy == exception.policy && finding.rule == exception.rule
          && finding.outcome == exception.outcome && !taken[exception.attempt, default: []].contains(index)
      }
      if let index { taken[exception.attempt, default: []].insert(index) }
      let finding = index.map { findings[$0] }
      return risk(
        exception, number, finding, override: finding?.override.flatMap { overrides[$0] }, ids)
    }
    return excepted + report.population.filter { $0.governance == .ungoverned }.map { ungoverned($0, ids) }
      + report.population.compactMap { attempt in
        attempt.unreleasable.map { unreleasable($0, attempt, ids) }
      }
  }

  private static func risk(
    _ exception: ComplianceReport.Exception, _ number: Int, _ finding: ComplianceReport.Finding?,
    override: ComplianceReport.OverrideUse?, _ ids: OSCAL.Identifiers
  ) -> OSCAL.Risk {
    let name = OSCAL.name(ofRelease: exception.release)
    let outcome = PlainWords.of(exception.outcome.rawValue)
    let policy = [exception.policy, finding?.policyVersion].compactMap(\.self).joined(separator: " ")
    let place =
      finding.map { [$0.policyVersion, "\($0.place)"] } ?? [exception.rule.rawValue, "exception \(number)"]
    let parts = ["\(exception.attempt.value)", exception.policy] + place
    var properties = [
      Property("attempt", exception.attempt), Property("policy", exception.policy),
      Property("rule", exception.rule.rawValue), Property("outcome", OSCAL.word(for: exception.outcome)),
      Property("since", exception.since), Property("seconds", exception.seconds),
    ]
    if let version = finding?.policyVersion { properties.append(Property("policy-version", version)) }
    if let due = finding?.due { properties.append(Property("due", due)) }
    properties += exception.positions.map { Property("rests-on", $0) }
    var risk = OSCAL.Risk(
      uuid: ids.uuid("risk", parts), rule: exception.rule,
      title: "\(exception.rule.rawValue) is \(outcome) for \(name) in \(exception.environment)",
      description: "\(exception.rule.rawValue): \(exception.reason)",
      statement: "The policy \(policy) asks for \(exception.rule.rawValue). For the deployment at position "
        + "\(exception.attempt.value) it is \(outcome), since \(exception.since).",
      status: status(exception.outcome, override: override), deadline: finding?.waiver?.until ?? finding?.due,
      properties: properties,
      observations: [ids.observation(of: exception.attempt)]
        + [override].compactMap { use in use.map { ids.observation(ofOverride: $0.position) } }, ids: ids)
    if let waiver = finding?.waiver {
      var properties = [Property("position", waiver.position), Property("until", waiver.until)]
      if let person = waiver.by { properties.append(Property("by", person.text)) }
      risk.mitigation = Mitigation(
        uuid: ids.uuid("mitigation", parts), description: "Instead, until \(waiver.until): \(waiver.control)",
        properties: properties)
    }
    return risk
  }

  private static func status(
    _ outcome: RuleOutcome, override: ComplianceReport.OverrideUse?
  ) -> Status {
    switch outcome {
    case .satisfied, .satisfiedLate, .notApplicable: return .closed
    case .violated, .overdue, .pending: return .open
    case .waived: return .deviationApproved
    case .overridden:
      switch override?.state {
      case .closed: return .closed
      case .open, .unused: return .remediating
      case .overdue, nil: return .open
      }
    }
  }

  private static func ungoverned(_ attempt: ComplianceReport.Attempt, _ ids: OSCAL.Identifiers) -> OSCAL.Risk {
    let name = OSCAL.name(ofRelease: attempt.release)
    return OSCAL.Risk(
      uuid: ids.uuid("risk", "\(attempt.position.value)", "ungoverned"), rule: nil,
      title: "No policy governed \(name) in \(attempt.environment)",
      description:
        "The deployment \(attempt.deployment) at position \(attempt.position.value) was to production, and "
        + "no policy was in force for it.",
      statement: "A deployment to production without a policy in force was judged by nothing.", status: .open,
      deadline: nil,
      properties: [Property("attempt", attempt.position), Property("governance", "ungoverned")],
      observations: [ids.observation(of: attempt.position)], ids: ids)
  }

  private static func unreleasable(
    _ over: Unreleasable, _ attempt: ComplianceReport.Attempt, _ ids: OSCAL.Identifiers
  ) -> OSCAL.Risk {
    let name = OSCAL.name(ofRelease: attempt.release)
    let rule = RuleName.releasable.rawValue
    return OSCAL.Risk(
      uuid: ids.uuid("risk", "\(attempt.position.value)", "unreleasable"), rule: .releasable,
      title: "\(rule) is \(PlainWords.of(over.outcome.rawValue)) for \(name) in \(attempt.environment)",
      description: "\(rule): \(over.reason)",
      statement:
        "No policy asks for \(rule) of the deployment at position \(attempt.position.value), and production is "
        + "asked by itself.",
      status: status(over.outcome, override: nil), deadline: nil,
      properties: [
        Property("attempt", attempt.position), Property("rule", rule),
        Property("outcome", OSCAL.word(for: over.outcome)),
      ] + over.positions.map { Property("rests-on", $0) },
      observations: [ids.observation(of: attempt.position)], ids: ids)
  }
}
