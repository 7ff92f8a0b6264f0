package import RelmDomain
internal import RelmProof

/// The population, what its rules came to, and on what that rests.
extension ComplianceLists {
  /// Says that not all are shown, and where they are; nil where all are.
  private func cut(_ count: Int, _ noun: String) -> String? {
    guard let most, count > most else { return nil }
    return
      "Here are the first \(most) of \(ComplianceWords.count(count, noun)); the report’s JSON and CSV have them all."
  }

  var population: Section {
    var table = ComplianceTable(
      "Deployments that were begun, in the order of the log",
      [
        .number("Position"), "Release", "Environment", .whole("Begun"), "Recorded", "Outcome", "Governance",
        .wide("Rules"),
      ])
    for attempt in shown {
      table.append(
        nil, [.link(.deployment(attempt.position), "#\(attempt.position)")], [.words(attempt.releaseName)],
        [.words(attempt.environment)] + (attempt.context == .development ? [.quiet(", development")] : []),
        [.minute(attempt.begun)], Self.recorded(attempt), Self.ending(attempt),
        [.toned(attempt.governance.tone, attempt.governance.words)] + Self.hindrance(attempt)
          + Self.annulments(attempt),
        [.tally(attempt.tally)])
    }
    return section(
      "population", "Population", table, cut: cut(report.population.count, "deployment"),
      none: "No deployment belongs to the scope.")
  }

  private static func recorded(_ attempt: ComplianceReport.Attempt) -> [ComplianceTable.Part] {
    var parts: [ComplianceTable.Part] = [.minute(attempt.recorded)]
    if let late = attempt.lateSeconds {
      parts += [.lineEnd, .toned(.warning, "\(Wording.duration(late)) late")]
    }
    if let words = attempt.besidePeriod { parts += [.lineEnd, .toned(.warning, words)] }
    if !attempt.skews.isEmpty { parts += [.lineEnd, .toned(.warning, "times contradict the log")] }
    return parts
  }

  /// That its release was over when it was put into production.
  private static func hindrance(_ attempt: ComplianceReport.Attempt) -> [ComplianceTable.Part] {
    guard let over = attempt.unreleasable else { return [] }
    return [
      .lineEnd, .toned(over.outcome.tone, over.words), .words(" "),
      .places(over.positions, of: attempt.position),
    ]
  }

  /// That it is annulled, or a part of it.
  private static func annulments(_ attempt: ComplianceReport.Attempt) -> [ComplianceTable.Part] {
    if let annulled = attempt.annulled {
      return [
        .lineEnd, .toned(annulled.tone, "annulled"), .words(" "),
        .places([annulled.position], of: attempt.position),
      ]
    }
    guard !attempt.annulledParts.isEmpty else { return [] }
    return [
      .lineEnd, .toned(.warning, "partly annulled"), .words(" "),
      .places(attempt.annulledParts.map(\.position), of: attempt.position),
    ]
  }

  private static func ending(_ attempt: ComplianceReport.Attempt) -> [ComplianceTable.Part] {
    let tone: TimelineReport.Tone =
      switch attempt.outcome {
      case .succeeded: .good
      case .failed: .bad
      case .errored, .cancelled: .warning
      case nil: .plain
      }
    var parts: [ComplianceTable.Part] = [.toned(tone, attempt.ending)]
    if attempt.restored == true { parts += [.lineEnd, .toned(.warning, "put there by a rollback")] }
    if let undone = attempt.undone { parts += [.lineEnd, .words("undone ")] + moment(undone) }
    return parts
  }

  func exceptions() throws -> Section {
    var table = ComplianceTable(
      "Rules that were broken or set aside, in the order of the population; how long, as of "
        + Wording.minute(report.asOf.time),
      [
        .number("Deployment"), "Release", "Environment", "Rule", "Outcome", .wide("Why"), .whole("Since"),
        .number("Age"), "Rests on",
      ])
    let places = Dictionary(
      report.population.enumerated().map { ($1.position, $0) }, uniquingKeysWith: { first, _ in first })
    for exception in report.exceptions {
      let attempt = places[exception.attempt].map { report.population[$0] }
      let finding = attempt?.findings.firstIndex {
        $0.policy == exception.policy && $0.rule == exception.rule && $0.outcome == exception.outcome
          && $0.reason == exception.reason
      }
      let rule: ComplianceTable.Part =
        if let finding { .link(.finding(exception.attempt, finding), exception.rule.rawValue) } else {
          .words(exception.rule.rawValue)
        }
      table.append(
        nil, [.link(.deployment(exception.attempt), "#\(exception.attempt)")],
        [.words(ComplianceWords.release(exception.release))], [.words(exception.environment)],
        [rule, .lineEnd, .quiet(exception.policy)], [.outcome(exception.outcome, exception.outcome.words)],
        [.words(try reader.sentence(exception.reason))], [.minute(exception.since)],
        [.words(Wording.duration(exception.seconds))],
        exception.positions.isEmpty ? [] : [.places(exception.positions, of: exception.attempt)])
    }
    return section("exceptions", "Exceptions", table, none: "No rule was broken or set aside.")
  }

  var outcomes: Section {
    var remarks = report.population.isEmpty ? ["There is nothing to judge."] : []
    if let cut = cut(report.population.count, "deployment") { remarks.append(cut) }
    return Section(id: "outcomes", title: "Outcomes", remarks: remarks, content: .deployments(shown))
  }

  // MARK: One deployment

  /// What there is to say of a deployment before its rules.
  package func about(_ attempt: ComplianceReport.Attempt) throws -> [Line] {
    var lines = [
      Line("Deployment", [.words(attempt.deployment)]),
      Line("Environment", [.words("\(attempt.environment), \(attempt.context.rawValue)")]),
      Line("Begun", [.second(attempt.begun), .words(" "), .places([attempt.position])]),
    ]
    var recorded: [ComplianceTable.Part] = [.second(attempt.recorded)]
    if let late = attempt.lateSeconds {
      recorded += [.words(", "), .toned(.warning, "\(Wording.duration(late)) late")]
    }
    if let words = attempt.besidePeriod { recorded += [.words(", "), .toned(.warning, words)] }
    lines.append(Line("Recorded", recorded))
    if let by = attempt.by { lines.append(Line("Set going by", [try name(by)])) }
    if attempt.restored == true {
      lines.append(
        Line(
          "Put there by",
          [.toned(.warning, "a rollback of another release; it had not run there before as what was restored")])
      )
    }
    var end = Self.ending(attempt).prefix(1) + []
    if let ended = attempt.ended { end += [.words(" "), .second(ended)] }
    if let undone = attempt.undone { end += [.words("; undone ")] + Self.moment(undone) }
    lines.append(Line("Outcome", Array(end)))
    if !attempt.digests.isEmpty {
      let digests = attempt.digests.flatMap { [ComplianceTable.Part.lineEnd, .hash($0.text)] }
      lines.append(Line("Deployed", Array(digests.dropFirst())))
    }
    let governance: [ComplianceTable.Part] =
      if report.scope.draft != nil && attempt.governance == .governed { [.words("judged by a draft")] } else {
        [.toned(attempt.governance.tone, attempt.governance.sentence)]
      }
    lines.append(Line("Governance", governance))
    if let over = attempt.unreleasable {
      lines.append(
        Line(
          "Not to be released",
          [
            .outcome(over.outcome, over.outcome.words), .words(": \(try reader.sentence(over.reason)) "),
            .places(over.positions, of: attempt.position),
          ]))
    }
    for skew in attempt.skews {
      lines.append(
        Line(
          "Clocks",
          [
            .words("the event at "), .places([skew.event], of: attempt.position),
            .words(" is dated \(Wording.duration(skew.seconds)) before the one at "),
            .places([skew.follows], of: attempt.position), .words(", which it follows"),
          ]))
    }
    if let annulled = attempt.annulled {
      lines.append(Line("Annulled", try self.annulment(annulled, of: attempt)))
    }
    for part in attempt.annulledParts {
      let event: [ComplianceTable.Part] = [.words("what stands at "), .places([part.event]), .words(", ")]
      lines.append(Line("Annulled in part", event + (try self.annulment(part, of: attempt))))
    }
    if !attempt.policies.isEmpty {
      var parts: [ComplianceTable.Part] = []
      for judge in attempt.policies {
        if !parts.isEmpty { parts.append(.words(", ")) }
        parts.append(.words("\(judge.policy) version \(judge.version) "))
        parts.append(judge.position.map { .places([$0], of: attempt.position) } ?? .words("(a draft)"))
      }
      lines.append(Line(attempt.policies.count == 1 ? "Policy" : "Policies", parts))
    }
    return lines
  }

  /// By whom, when and why.
  private func annulment(
    _ annulment: ComplianceReport.Annulment, of attempt: ComplianceReport.Attempt
  ) throws -> [ComplianceTable.Part] {
    [
      .words("by "), try name(annulment.by), .words(" at "), .second(annulment.recorded), .words(" "),
      .places([annulment.position], of: attempt.position),
      .words(", \(try reader.sentence(annulment.reason)); "), .toned(annulment.tone, annulment.words),
    ]
  }

  /// What each rule came to; nil where there is none.
  package func findings(_ attempt: ComplianceReport.Attempt) throws -> ComplianceTable? {
    guard !attempt.findings.isEmpty else { return nil }
    var table = ComplianceTable(
      "What each rule came to for \(attempt.deployment)",
      ["Rule", .whole("Policy"), "Outcome", .wide("Why"), .whole("Due"), "Rests on"])
    for (place, finding) in attempt.findings.enumerated() {
      let rests = Set(finding.positions + [finding.override, finding.waiver?.position].compactMap { $0 })
        .sorted()
      table.append(
        .finding(attempt.position, place),
        [.words(finding.rule.rawValue)]
          + (finding.ruleVersion == 1 ? [] : [.quiet(" version \(finding.ruleVersion)")]),
        [.words(finding.policy), .quiet(" \(finding.policyVersion)")], try outcome(finding),
        try why(finding), finding.due.map { [.minute($0)] } ?? [],
        rests.isEmpty ? [] : [.places(rests, of: attempt.position)])
    }
    return table
  }

  /// What a rule came to, and what set it aside.
  private func outcome(_ finding: ComplianceReport.Finding) throws -> [ComplianceTable.Part] {
    var parts: [ComplianceTable.Part] = [.outcome(finding.outcome, finding.outcome.words)]
    if let waiver = finding.waiver {
      let by = try waiver.by.map { "by \(try reader.name($0)) " } ?? ""
      parts += [.lineEnd, .quiet("\(by)until "), .minute(waiver.until)]
    }
    if let once = finding.once { parts += [.lineEnd, .quiet("once \(once.words), before an annulment")] }
    return parts
  }

  private func why(_ finding: ComplianceReport.Finding) throws -> [ComplianceTable.Part] {
    var parts: [ComplianceTable.Part] = [.words(try reader.sentence(finding.reason))]
    if let control = finding.waiver?.control, !finding.reason.contains(control) {
      parts += [.lineEnd, .quiet("Instead: \(try reader.sentence(control))")]
    }
    return parts
  }

  /// Every event that is cited for a deployment; nil where there is none.
  package func evidence(_ attempt: ComplianceReport.Attempt) throws -> ComplianceTable? {
    guard !attempt.evidence.isEmpty else { return nil }
    var table = ComplianceTable(
      "The events that this rests on, for \(attempt.deployment)",
      [.number("Position"), "Event", .whole("Happened"), .whole("Recorded"), "By", "Record hash"])
    for record in attempt.evidence {
      var what: [ComplianceTable.Part] = [.words(ComplianceWords.type(record.type))]
      if record.subject != attempt.release { what += [.lineEnd, .quiet(try subject(record.subject))] }
      if let by = record.annulled {
        what += [.lineEnd, .toned(.bad, "annulled by"), .words(" "), .places([by], of: attempt.position)]
      }
      table.append(
        .evidence(of: attempt.position, record.position), [.own(record.position)], what,
        [.second(record.happened)], [.second(record.recorded)], [try name(record.by)], [.hash(record.hash)])
    }
    return table
  }

  /// A stream's name, with the name of the person that it is about.
  func subject(_ text: String) throws -> String {
    guard text.hasPrefix("person/"), let person = PersonID("person:" + text.dropFirst(7)) else { return text }
    let name = try reader.name(person)
    return name == person.text ? text : "person/" + name
  }

  // MARK: Not judged

  var ungoverned: Section {
    unjudged(
      .ungoverned, "ungoverned", "Ungoverned", "Deployments to production for which no policy was in force",
      none: "No deployment to production was without a policy.")
  }

  func unreleasable() throws -> Section {
    let attempts = report.population.filter { $0.unreleasable != nil }
    var table = ComplianceTable(
      "Deployments to production of what was over or refused, or to what was retired, of which no policy asks that",
      [
        .number("Position"), "Release", "Environment", "Deployment", .whole("Begun"), "Outcome", .wide("Why"),
        "Rests on",
      ])
    for attempt in attempts.prefix(most ?? attempts.count) {
      guard let over = attempt.unreleasable else { continue }
      table.append(
        nil, [.link(.deployment(attempt.position), "#\(attempt.position)")], [.words(attempt.releaseName)],
        [.words(attempt.environment)], [.words(attempt.deployment)], [.minute(attempt.begun)],
        [.outcome(over.outcome, over.outcome.words)], [.words(try reader.sentence(over.reason))],
        over.positions.isEmpty ? [] : [.places(over.positions, of: attempt.position)])
    }
    return section(
      "unreleasable", "Not to be released", table, cut: cut(attempts.count, "deployment"),
      none: "Nothing went to production that was over or refused, without a policy that asks about it.")
  }

  var beforeLedger: Section {
    unjudged(
      .beforeLedger, "before", "Before the ledger: not judged",
      "Deployments that claim to have begun before the ledger was opened; they are not judged",
      none: "No deployment claims to have begun before the ledger was opened.")
  }

  var unaccepted: Section {
    unjudged(
      .unaccepted, "unaccepted", "Before the ledger: not accepted",
      "Deployments that claim to have begun before the ledger was opened, were recorded more than a day after that, and are "
        + "of a source whose history nobody has accepted (history.accepted)",
      none: "Nothing claims to be older than the ledger that was not recorded at once or accepted.")
  }

  func annulled() throws -> Section {
    let attempts = report.population.filter { $0.annulled != nil }
    var table = ComplianceTable(
      "Deployments that are annulled, judged as they stood",
      [
        .number("Position"), "Release", "Environment", "Deployment", .whole("Begun"), "Annulled by",
        .whole("Annulled"), .wide("Why"), "Exception",
      ])
    for attempt in attempts.prefix(most ?? attempts.count) {
      guard let annulled = attempt.annulled else { continue }
      table.append(
        nil, [.link(.deployment(attempt.position), "#\(attempt.position)")], [.words(attempt.releaseName)],
        [.words(attempt.environment)], [.words(attempt.deployment)], [.minute(attempt.begun)],
        [try name(annulled.by)],
        [.minute(annulled.recorded), .words(" "), .places([annulled.position], of: attempt.position)],
        [.words(try reader.sentence(annulled.reason))],
        [.toned(annulled.tone, annulled.independent ? "no" : "yes"), .lineEnd, .quiet(annulled.words)])
    }
    return section(
      "annulled", "Annulled deployments", table, cut: cut(attempts.count, "deployment"),
      none: "No deployment is annulled.")
  }

  private func unjudged(
    _ governance: ComplianceReport.Governance, _ id: String, _ title: String, _ caption: String, none: String
  ) -> Section {
    outside(id, title, caption, none: none) { $0.governance == governance }
  }

  /// Deployments that the period has by when they were recorded, and not by when they say that they began.
  var beforePeriod: Section {
    outside(
      "brought", "Recorded in the period, begun before it",
      "Deployments that claim to have begun before the period, and were recorded in it; those an hour or more late may be in "
        + "no report of the period before, and are exceptions",
      none: "Whatever was recorded in the period claims to have begun in it."
    ) { $0.beforePeriod == true }
  }

  private func outside(
    _ id: String, _ title: String, _ caption: String, none: String,
    _ belongs: (ComplianceReport.Attempt) -> Bool
  ) -> Section {
    let attempts = report.population.filter(belongs)
    var table = ComplianceTable(
      caption,
      [.number("Position"), "Release", "Environment", "Deployment", .whole("Begun"), "Recorded", "Outcome"])
    for attempt in attempts.prefix(most ?? attempts.count) {
      table.append(
        nil, [.link(.deployment(attempt.position), "#\(attempt.position)")], [.words(attempt.releaseName)],
        [.words(attempt.environment)], [.words(attempt.deployment)], [.minute(attempt.begun)],
        Self.recorded(attempt), Self.ending(attempt))
    }
    return section(id, title, table, cut: cut(attempts.count, "deployment"), none: none)
  }
}
