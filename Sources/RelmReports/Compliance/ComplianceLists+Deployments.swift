package import RelmDomain
internal import RelmProof

/// The population, what its rules came to, and on what that rests.
extension ComplianceLists {
  /// Says that not all are shown, and where they are; nil where all are.
  func cut(_ count: Int, _ noun: String) -> String? {
    guard let most, count > most else { return nil }
    return
      "Here are the first \(most) of \(ComplianceWords.count(count, noun)); the report’s JSON and CSV have them all."
  }

  var population: Section {
    var table = ComplianceTable(
      "Deployments that were begun, in the order of the log",
      [.number("Position"), "Release", "Environment", "Begun", "Outcome"]
        + (isInFull ? ["Governance", .wide("Rules")] : [.wide("Exceptions")]))
    for attempt in shown {
      let governance: [ComplianceTable.Part] =
        [.toned(attempt.governance.tone, attempt.governance.words)] + Self.hindrance(attempt)
        + Self.annulments(attempt)
      // Of many, what is as it should be draws no eye.
      let told = governance.dropFirst(attempt.governance == .governed ? 2 : 0)
      // Of what others have annulled nothing is counted, here as in the totals.
      let tally = attempt.annulled?.independent == true ? [] : [ComplianceTable.Part.tally(attempt.exceptions)]
      let exceptions = told + (told.isEmpty || tally.isEmpty ? [] : [.lineEnd]) + tally
      let row: [[ComplianceTable.Part]] = [
        [.link(.deployment(attempt.position), "#\(attempt.position)")], [.words(attempt.releaseName)],
        [.words(attempt.environment)] + (attempt.context == .development ? [.quiet(", development")] : []),
        [.minute(attempt.begun)] + Self.lateness(attempt),
        isInFull ? Self.ending(attempt) : Self.briefEnding(attempt),
      ]
      table.append(nil, row + (isInFull ? [governance, [.tally(attempt.tally)]] : [exceptions]))
    }
    return section(
      "population", "Population", table, cut: cut(report.population.count, "deployment"),
      none: "No deployment belongs to the scope.")
  }

  /// How a deployment ended, on one line.
  private static func briefEnding(_ attempt: ComplianceReport.Attempt) -> [ComplianceTable.Part] {
    var parts = Array(ending(attempt).prefix(1))
    if attempt.restored == true { parts.append(.quiet(", put there by a rollback")) }
    if let undone = attempt.undone {
      parts += [.quiet(", undone "), .places([undone.position], of: attempt.position)]
    }
    return parts
  }

  /// How long after it had begun it was recorded, and on which side of the period; nothing where it was recorded at once.
  static func lateness(_ attempt: ComplianceReport.Attempt) -> [ComplianceTable.Part] {
    var parts: [ComplianceTable.Part] = []
    if let late = attempt.lateSeconds {
      parts += [.lineEnd, .toned(.warning, "recorded \(Wording.duration(late)) late")]
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

  static func ending(_ attempt: ComplianceReport.Attempt) -> [ComplianceTable.Part] {
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

  var outcomes: Section {
    guard !report.population.isEmpty else {
      return Section(
        id: "outcomes", title: "Outcomes", remarks: ["There is nothing to judge."], content: .tables([]))
    }
    var remarks: [String] = []
    if !isInFull {
      remarks.append(
        "Of each deployment: what does not plainly hold, and why; and of what holds, the events that it rests on. "
          + "`relm report compliance --release PACKAGE/VERSION` tells all of one; the report’s JSON and CSV have all of "
          + "every one, with whole digests and hashes.")
    }
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
    lines += try remarks(on: attempt)
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

  /// What is out of the ordinary about a deployment, whatever its rules came to.
  func remarks(on attempt: ComplianceReport.Attempt) throws -> [Line] {
    var lines: [Line] = []
    if attempt.restored == true {
      lines.append(Line("Put there by", [.toned(.warning, ComplianceWords.restored)]))
    }
    if let over = attempt.unreleasable {
      lines.append(
        Line(
          "Not to be released",
          [
            .outcome(over.outcome, over.outcome.words), .words(": \(try said(over.reason)) "),
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
    if !attempt.setApart.isEmpty {
      lines.append(
        Line(
          "Set apart",
          [
            .words("what strangers told of it, who could not have made it, at "),
            .places(attempt.setApart, of: attempt.position), .words("; it is judged as if they had not"),
          ]))
    }
    if let annulled = attempt.annulled {
      lines.append(Line("Annulled", try self.annulment(annulled, of: attempt)))
    }
    for part in attempt.annulledParts {
      let event: [ComplianceTable.Part] = [.words("what stands at "), .places([part.event]), .words(", ")]
      lines.append(Line("Annulled in part", event + (try self.annulment(part, of: attempt))))
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
      .words(", \(try said(annulment.reason)); "), .toned(annulment.tone, annulment.words),
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
    var parts: [ComplianceTable.Part] = [.words(try said(finding.reason))]
    if let control = finding.waiver?.control, !finding.reason.contains(control) {
      parts += [.lineEnd, .quiet("Instead: \(try said(control))")]
    }
    return parts + finding.helps.map { .help($0) }
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
}
