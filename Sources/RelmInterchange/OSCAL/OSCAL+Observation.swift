internal import RelmDomain
internal import RelmProof

extension OSCAL {
  /// What was found by reading the ledger about one thing, with the events that show it.
  struct Observation {
    let uuid: UUIDText
    let title: String
    let description: String
    /// OSCAL's words for what an observation is: `control-objective`, `finding`, `discovery`, `historic`.
    let types: [String]
    let collected: Instant
    let ids: Identifiers
    var subjects: [Subject] = []
    var properties: [Property] = []
    var evidence: [Evidence] = []
    var policies: [UUIDText] = []

    /// A component that it is about.
    struct Subject {
      let uuid: UUIDText
      let title: String
    }

    func write(to writer: inout CanonicalWriter) {
      writer.object { writer in
        writer.member("collected", Text.moment(collected))
        writer.member("description", Text.line(description))
        writer.list("links", policies) { writer, policy in
          writer.object { writer in
            writer.member("href", "#" + policy.text)
            writer.member("rel", "reference")
          }
        }
        writer.list("methods", ["EXAMINE"]) { $0.string($1) }
        OSCAL.writeOrigins(ids, to: &writer)
        writer.list("props", properties) { $1.write(to: &$0) }
        writer.list("relevant-evidence", evidence) { $1.write(to: &$0) }
        writer.list("subjects", subjects) { writer, subject in
          writer.object { writer in
            writer.member("subject-uuid", subject.uuid)
            writer.member("title", Text.line(subject.title))
            writer.member("type", "component")
          }
        }
        writer.member("title", Text.line(title))
        writer.list("types", types) { $0.string($1) }
        writer.member("uuid", uuid)
      }
    }
  }
}

extension OSCAL.Observation {
  typealias Property = OSCAL.Property
  typealias Evidence = OSCAL.Evidence

  /// Every deployment of the population, every override, everything that does not agree, and the changes of governance.
  static func all(of report: ComplianceReport, _ ids: OSCAL.Identifiers) -> [OSCAL.Observation] {
    var late: [Position: [Position: Int]] = [:]
    for record in report.lateEvidence { late[record.attempt, default: [:]][record.position] = record.seconds }
    let excepted = Set(report.exceptions.map(\.attempt))
    let attempts = report.population.map { attempt in
      Self.attempt(
        attempt, late: late[attempt.position] ?? [:], isExcepted: excepted.contains(attempt.position), report,
        ids)
    }
    return attempts + report.overrides.map { override($0, report, ids) } + discrepancies(report, ids)
      + governance(report, ids)
  }

  // MARK: Deployments

  private static func attempt(
    _ attempt: ComplianceReport.Attempt, late: [Position: Int], isExcepted: Bool, _ report: ComplianceReport,
    _ ids: OSCAL.Identifiers
  ) -> OSCAL.Observation {
    let name = OSCAL.name(ofRelease: attempt.release)
    var words = "The deployment \(attempt.deployment) of \(name) to \(attempt.environment)"
    words += " (\(attempt.context.rawValue)) began \(attempt.begun)"
    if let ended = attempt.ended { words += " and ended \(ended)" }
    if let outcome = attempt.outcome { words += ": \(PlainWords.of(outcome.rawValue))" }
    if let undone = attempt.undone { words += "; it was undone at \(undone.at)" }
    words += ". "
    switch attempt.governance {
    case .governed: words += "It was judged by \(OSCAL.count(attempt.policies.count, "policy version"))."
    case .ungoverned: words += "No policy was in force for it, and production needs one."
    case .unasked: words += "No policy was in force for it, and development needs none."
    case .beforeLedger: words += "It claims to have begun before there was a ledger, and is not judged."
    case .unaccepted:
      words +=
        "It claims to have begun before there was a ledger, was recorded more than a day after that was opened, "
      words += "and nobody has accepted the history of its source."
    }
    if attempt.restored == true {
      words += " A rollback of another release put it there, where it had not run as what was restored."
    }
    if attempt.beforePeriod == true {
      words += " It was recorded in the period, and claims to have begun before it."
    }
    if let over = attempt.unreleasable { words += " It was not to be released: \(over.reason)." }
    for skew in attempt.skews {
      words +=
        " What stands at position \(skew.event.value) is dated \(OSCAL.count(skew.seconds, "second")) before "
      words += "position \(skew.follows.value), which it follows."
    }
    if !attempt.setApart.isEmpty {
      let places = attempt.setApart.map { String($0.value) }.joined(separator: ", ")
      words += " It was judged without what strangers told of it, at \(places)."
    }
    if let annulled = attempt.annulled {
      words +=
        " It was annulled at position \(annulled.position.value): \(annulled.reason). It was judged as it stood; "
      words +=
        annulled.independent
        ? "who annulled it has level 6 and had no hand in it."
        : "who annulled it has not level 6, or had a hand in it."
    }
    for part in attempt.annulledParts {
      words += " What stands at position \(part.event.value) was annulled at position \(part.position.value): "
      words += "\(part.reason)."
    }
    var types: [String] =
      switch attempt.governance {
      case .governed, .ungoverned, .unaccepted: ["control-objective"]
      case .unasked, .beforeLedger: ["historic"]
      }
    let isUnjudged = attempt.governance == .ungoverned || attempt.governance == .unaccepted
    let isBrought = attempt.beforePeriod == true && attempt.lateSeconds != nil
    if isExcepted || isBrought || attempt.unreleasable != nil || attempt.annulled?.independent == false
      || (isUnjudged && attempt.annulled == nil)
    {
      types.append("finding")
    }
    return OSCAL.Observation(
      uuid: ids.observation(of: attempt.position),
      title: "\(name) to \(attempt.environment), \(attempt.deployment)",
      description: words, types: types, collected: report.asOf.time, ids: ids,
      subjects: [
        Subject(uuid: ids.release(attempt.release), title: name),
        Subject(uuid: ids.environment(attempt.environment), title: attempt.environment),
      ], properties: properties(of: attempt), evidence: evidence(of: attempt, late: late),
      policies: attempt.policies.map(ids.policy))
  }

  private static func properties(of attempt: ComplianceReport.Attempt) -> [Property] {
    var properties = [
      Property("position", attempt.position), Property("deployment", attempt.deployment),
      Property("governance", PlainWords.of(attempt.governance.rawValue)), Property("begun", attempt.begun),
      Property("recorded", attempt.recorded),
    ]
    if let late = attempt.lateSeconds { properties.append(Property("recorded-late-seconds", late)) }
    if attempt.afterPeriod == true { properties.append(Property("recorded-after-period", "true")) }
    if attempt.beforePeriod == true { properties.append(Property("begun-before-period", "true")) }
    if attempt.restored == true { properties.append(Property("restored", "true")) }
    if let person = attempt.by { properties.append(Property("by", person.text)) }
    if let annulled = attempt.annulled {
      properties.append(Property("annulled", annulled.position))
      if let person = annulled.by { properties.append(Property("annulled-by", person.text)) }
      properties.append(Property("annulled-by-others", "\(annulled.independent)"))
    }
    properties += attempt.annulledParts.map { Property("annulled-in-part", $0.position) }
    properties += attempt.digests.map { Property("digest", $0.text) }
    properties += attempt.conflicts.map { conflict in
      Property(
        "duty-conflict", conflict.duty.rawValue,
        remarks: "\(conflict.person) approved at position \(conflict.approval.value), and was the "
          + "\(conflict.duty.rawValue) as well")
    }
    return properties + attempt.findings.map(property)
  }

  /// The outcome of a rule: the rule is the name.
  private static func property(_ finding: ComplianceReport.Finding) -> Property {
    var words =
      "\(finding.policy) \(finding.policyVersion), place \(finding.place), version \(finding.ruleVersion) "
    words += "of the rule: \(finding.reason)"
    if let due = finding.due { words += "; due \(due)" }
    if let waiver = finding.waiver {
      words += "; waived at position \(waiver.position.value) until \(waiver.until)"
    }
    if let override = finding.override { words += "; overridden at position \(override.value)" }
    if let once = finding.once {
      words += "; \(PlainWords.of(once.rawValue)) while events counted that are annulled now"
    }
    if !finding.positions.isEmpty {
      let positions = finding.positions.map { "\($0.value)" }
      words += "; rests on \(positions.joined(separator: ", "))"
    }
    return Property(finding.rule.rawValue, OSCAL.word(for: finding.outcome), remarks: words)
  }

  /// The beginning, and every event that is cited, by position.
  private static func evidence(of attempt: ComplianceReport.Attempt, late: [Position: Int]) -> [Evidence] {
    var evidence = attempt.evidence.map { Evidence($0, late: late[$0.position]) }
    let cited = Set(evidence.map(\.position))
    if !cited.contains(attempt.position) {
      evidence.append(Evidence(attempt.position, "The deployment's beginning"))
    }
    for (position, seconds) in late where position != attempt.position && !cited.contains(position) {
      evidence.append(
        Evidence(position, "What counts and was recorded late", [Property("recorded-late-seconds", seconds)]))
    }
    return evidence.sorted { $0.position < $1.position }
  }

  // MARK: Overrides

  private static func override(
    _ use: ComplianceReport.OverrideUse, _ report: ComplianceReport, _ ids: OSCAL.Identifiers
  ) -> OSCAL.Observation {
    let name = OSCAL.name(ofRelease: use.release)
    let rules = use.rules.map(\.rawValue).joined(separator: ", ")
    var words = "Rules set aside once (\(rules)) for \(name) to \(use.environment), declared \(use.declared)"
    words += ", usable until \(use.until): \(use.reason). "
    switch use.state {
    case .unused: words += "Nothing was done under it."
    case .open: words += "It is to be ratified and reviewed by \(use.due)."
    case .overdue: words += "It was to be ratified and reviewed by \(use.due), and was not."
    case .closed: words += "It was ratified and reviewed."
    }
    var properties = [
      Property("state", use.state.rawValue), Property("declared", use.declared), Property("until", use.until),
      Property("due", use.due),
    ]
    properties += use.rules.map { Property("rule", $0.rawValue) }
    if let person = use.by { properties.append(Property("by", person.text)) }
    if let incident = use.incident { properties.append(Property("incident", incident)) }
    if let freeze = use.freeze { properties.append(Property("freeze", freeze)) }
    if let person = use.ratifiedBy { properties.append(Property("ratified-by", person.text)) }
    let steps: [(Moment?, String)] = [
      (use.used, "Where it was used"), (use.ratified, "Where it was ratified"),
      (use.reviewed, "Where it was reviewed"),
    ]
    let evidence = steps.compactMap { moment, words in moment.map { Evidence($0.position, words) } }
    return OSCAL.Observation(
      uuid: ids.observation(ofOverride: use.position), title: "Override for \(name) to \(use.environment)",
      description: words, types: ["discovery"], collected: report.asOf.time, ids: ids,
      subjects: [
        Subject(uuid: ids.release(use.release), title: name),
        Subject(uuid: ids.environment(use.environment), title: use.environment),
      ], properties: properties, evidence: [Evidence(use.position, "Where it was declared")] + evidence)
  }

  // MARK: What does not agree, and governance

  private static func discrepancies(
    _ report: ComplianceReport, _ ids: OSCAL.Identifiers
  ) -> [OSCAL.Observation] {
    var seen: [[String]: Int] = [:]
    return report.reconciliation.map { found in
      let kind: String =
        switch found.kind {
        case .unrecorded: "was seen running and is not recorded"
        case .absent: "is recorded and was not seen by a complete observation"
        case .unobserved: "has not been observed since it was deployed"
        case .drift: "has drifted"
        }
      let item = [found.item, found.version].compactMap(\.self).joined(separator: " ")
      let subject = item.isEmpty ? found.digest?.text ?? "Something" : item
      var properties = [Property("kind", found.kind.rawValue), Property("since", found.since)]
      if let item = found.item { properties.append(Property("item", item)) }
      if let version = found.version { properties.append(Property("item-version", version)) }
      if let digest = found.digest { properties.append(Property("digest", digest.text)) }
      // The same may be found twice; the first keeps the plain name.
      var parts = [found.environment, found.kind.rawValue, found.item ?? "", found.version ?? ""]
      parts += [found.digest?.text ?? "", found.since.rfc3339Microseconds]
      let repeated = seen[parts, default: 0]
      seen[parts] = repeated + 1
      return OSCAL.Observation(
        uuid: ids.uuid("reconciliation", repeated == 0 ? parts : parts + ["\(repeated)"]),
        title: "Reconciliation of \(found.environment)",
        description: "\(subject) \(kind), in \(found.environment), since \(found.since).", types: ["discovery"],
        collected: report.asOf.time, ids: ids,
        subjects: [Subject(uuid: ids.environment(found.environment), title: found.environment)],
        properties: properties, evidence: found.positions.map { Evidence($0, "What shows it") })
    }
  }

  private static func governance(_ report: ComplianceReport, _ ids: OSCAL.Identifiers) -> [OSCAL.Observation] {
    guard !report.governance.isEmpty else { return [] }
    let evidence = report.governance.map { change in
      var properties = [
        Property("type", change.type), Property("subject", change.subject),
        Property("happened", change.happened),
        Property("recorded", change.recorded),
      ]
      if let person = change.by { properties.append(Property("by", person.text)) }
      if let annulled = change.annulled { properties.append(Property("annulled-by", annulled)) }
      return Evidence(change.position, "\(change.type) in \(change.subject): \(change.what)", properties)
    }
    return [
      OSCAL.Observation(
        uuid: ids.uuid("governance", OSCAL.Identifiers.document(of: report)), title: "Changes of governance",
        description:
          "\(OSCAL.count(evidence.count, "change")) of policies, authority, freezes, waivers and of what "
          + "counts, in the period.", types: ["historic"], collected: report.asOf.time, ids: ids,
        evidence: evidence)
    ]
  }
}
