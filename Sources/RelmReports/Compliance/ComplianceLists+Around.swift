internal import RelmDomain
internal import RelmProof

/// What an auditor asks besides: what was set aside, who could act, what changed, what does not agree.
extension ComplianceLists {
  func overrides() throws -> Section {
    var table = ComplianceTable(
      "Overrides of the population’s releases",
      [
        .number("Position"), "Where", "Rules", .wide("Why"), "Declared", "Used", "Ratified and reviewed",
        "State",
      ])
    for use in report.overrides {
      var why: [ComplianceTable.Part] = [.words(try said(use.reason))]
      if let incident = use.incident { why += [.lineEnd, .quiet("answers incident \(incident)")] }
      if let freeze = use.freeze { why += [.lineEnd, .quiet("breaks freeze \(freeze)")] }
      var declared: [ComplianceTable.Part] = [
        .minute(use.declared), .lineEnd, .quiet("until "), .minute(use.until),
      ]
      if let by = use.by { declared += [.lineEnd, .quiet("by \(try reader.name(by))")] }
      table.append(
        .override(use.position), [.own(use.position)],
        [.words(ComplianceWords.release(use.release)), .lineEnd, .quiet("to \(use.environment)")],
        [.words(use.rules.map(\.rawValue).joined(separator: ", "))], why, declared,
        use.used.map(Self.moment) ?? [.words("not used")], try afterwards(use), Self.state(use))
    }
    return section("overrides", "Overrides", table, none: "No rule was overridden.")
  }

  /// What became of an override. Nothing was done under one that was not used, so nothing is missing.
  private func afterwards(_ use: ComplianceReport.OverrideUse) throws -> [ComplianceTable.Part] {
    let missing: TimelineReport.Tone = use.state == .overdue ? .bad : .warning
    if use.state == .unused, use.ratified == nil, use.reviewed == nil { return [.words("–")] }
    var parts: [ComplianceTable.Part] = [.toned(missing, "not ratified")]
    if let ratified = use.ratified {
      let by = try use.ratifiedBy.map { "by \(try reader.name($0)) " } ?? ""
      parts = [.words("ratified \(by)")] + Self.moment(ratified)
    }
    parts.append(.lineEnd)
    parts += use.reviewed.map { [.words("reviewed ")] + Self.moment($0) } ?? [.toned(missing, "not reviewed")]
    return parts
  }

  private static func state(_ use: ComplianceReport.OverrideUse) -> [ComplianceTable.Part] {
    let state = ComplianceTable.Part.toned(use.state.tone, use.state.words)
    switch use.state {
    case .unused, .closed: return [state]
    case .open: return [state, .lineEnd, .quiet("due "), .minute(use.due)]
    case .overdue: return [state, .lineEnd, .quiet("was due "), .minute(use.due)]
    }
  }

  var lateEvidence: Section {
    var table = ComplianceTable(
      "Events that count, and were recorded after the deployment that rests on them had begun",
      [
        .number("Position"), "Event", "Release", .number("Deployment"), .whole("Happened"), .whole("Recorded"),
        .number("Later by"),
      ])
    for late in report.lateEvidence {
      table.append(
        nil, [.places([late.position], of: late.attempt)], [.words(ComplianceWords.type(late.type))],
        [.words(ComplianceWords.release(late.release))], [.link(.deployment(late.attempt), "#\(late.attempt)")],
        [.minute(late.happened)], [.minute(late.recorded)], [.words(Wording.duration(late.seconds))])
    }
    return section("late", "Late evidence", table, none: "Nothing that counts was recorded late.")
  }

  func conflicts() throws -> Section {
    var table = ComplianceTable(
      "Approvals by somebody who had another duty in the same change",
      [.number("Deployment"), "Release", "Environment", "Approval", "Who", "Also"])
    for attempt in report.population {
      for conflict in attempt.conflicts {
        table.append(
          nil, [.link(.deployment(attempt.position), "#\(attempt.position)")], [.words(attempt.releaseName)],
          [.words(attempt.environment)], [.places([conflict.approval], of: attempt.position)],
          [try name(conflict.person)],
          [.toned(.bad, conflict.duty.words)])
      }
    }
    return section(
      "conflicts", "Duty conflicts", table, none: "Nobody approved what they had another duty in.")
  }

  func governance() throws -> Section {
    var table = ComplianceTable(
      "Changes of policies, authority, freezes, waivers and of what counts",
      [.number("Position"), "Recorded", "By", .wide("What changed")])
    for change in report.governance {
      var recorded: [ComplianceTable.Part] = [.minute(change.recorded)]
      let later = change.happened.seconds(to: change.recorded)
      if later >= 3600 { recorded += [.lineEnd, .quiet("\(Wording.duration(later)) later")] }
      var what: [ComplianceTable.Part] = []
      // The stream, where the words do not name it themselves.
      if !change.subject.hasPrefix("person/"), change.subject != "ledger" {
        what.append(.words("\(try subject(change.subject)): "))
      }
      what += [.words(try said(change.what)), .quiet(" (\(ComplianceWords.type(change.type)))")]
      if let by = change.annulled {
        what += [.quiet(", "), .toned(.bad, "annulled by"), .words(" "), .places([by])]
      }
      table.append(
        .change(change.position), [.own(change.position)], recorded, [try name(change.by)], what)
    }
    return section(
      "governance", "Governance changes", table, none: "Nothing changed in who may do what, under which rules.")
  }

  func authority() throws -> Section {
    var table = ComplianceTable(
      "Grants that were in force in the period, or are as of \(Wording.minute(report.asOf.time))",
      ["Person", .whole("Authority"), "Where", "For", .whole("From"), .whole("Until"), "Granted", "State"])
    for holder in report.authority {
      let narrowed = holder.services.map { "service \($0)" } + holder.packages.map { "package \($0)" }
      var granted: [ComplianceTable.Part] = [.places([holder.grant])]
      if let by = holder.by { granted += [.words(" by \(try reader.name(by))")] }
      if let from = holder.delegatedFrom {
        granted += [.lineEnd, .quiet("delegated from "), .places([from])]
      }
      table.append(
        .grant(holder.grant), [try name(holder.person)], [.words("level \(holder.level)")],
        [.words(holder.contexts.map(\.rawValue).joined(separator: ", "))],
        [.words(narrowed.isEmpty ? "all" : narrowed.joined(separator: ", "))], [.minute(holder.from)],
        holder.until.map { [.minute($0)] } ?? [.words("–")], granted, state(holder))
    }
    return section("authority", "Authority register", table, none: "Nobody had authority.")
  }

  private func state(_ holder: ComplianceReport.Holder) -> [ComplianceTable.Part] {
    var parts: [ComplianceTable.Part] =
      holder.inForce
      ? [.toned(.good, "in force")]
      : holder.revoked.map { [.words("revoked ")] + Self.moment($0) } ?? [.words("not in force")]
    if holder.inForce, let revoked = holder.revoked {
      parts += [.lineEnd, .quiet("revoked ")] + Self.moment(revoked)
    }
    if let reviewBy = holder.reviewBy {
      let day = String(Wording.minute(reviewBy).prefix(10))
      let isOverdue = holder.inForce && reviewBy < report.asOf.time
      parts += [
        .lineEnd, isOverdue ? .toned(.warning, "review OVERDUE since \(day)") : .quiet("review by \(day)"),
      ]
    }
    return parts
  }

  var reconciliation: Section {
    var table = ComplianceTable(
      "Where what is recorded and what was seen do not agree",
      ["Environment", "What", "Item", "Digest", .whole("Since"), "Shown by"])
    for discrepancy in report.reconciliation {
      table.append(
        nil, [.words(discrepancy.environment)], [.toned(discrepancy.kind.tone, discrepancy.kind.words)],
        [.words([discrepancy.item, discrepancy.version].compactMap { $0 }.joined(separator: " "))],
        discrepancy.digest.map { [.hash($0.text)] } ?? [], [.minute(discrepancy.since)],
        discrepancy.positions.isEmpty ? [] : [.places(discrepancy.positions)])
    }
    return section(
      "reconciliation", "Reconciliation", table,
      none: "What is recorded and what was seen agree, as far as is known.")
  }

  var clauses: Section {
    let groups = report.clauses.reduce(into: [(framework: String, context: Context?)]()) { groups, clause in
      let isKnown = groups.contains { $0.framework == clause.framework && $0.context == clause.context }
      if !isKnown { groups.append((clause.framework, clause.context)) }
    }
    guard !groups.isEmpty else {
      return Section(
        id: "clauses", title: "Coverage by clause", remarks: ["No clause of a framework is shown."],
        content: .tables([]))
    }
    return Section(
      id: "clauses", title: "Coverage by clause",
      remarks: [
        "Evidenced: what is recorded shows whether the clause is followed. Partly: it shows a part of it. Outside: it "
          + "cannot show it. The report judges rules, not whether a clause is fulfilled."
      ], content: .tables(groups.map { coverage(of: $0.framework, $0.context) }))
  }

  private func coverage(of framework: String, _ context: Context?) -> ComplianceTable {
    var table = ComplianceTable(
      "Clauses of \(framework)\(context.map { ", \($0.rawValue)" } ?? "")",
      [.whole("Clause"), .wide("What it is about"), "Coverage", .wide("What the rules came to")])
    for clause in report.clauses where clause.framework == framework && clause.context == context {
      var coverage: [ComplianceTable.Part] = [.toned(clause.coverage.tone, clause.coverage.rawValue)]
      if let why = clause.why { coverage += [.lineEnd, .quiet(why)] }
      var rules: [ComplianceTable.Part] = clause.rules.isEmpty ? [] : [.tally(clause.findings)]
      if !clause.rules.isEmpty {
        rules += [.lineEnd, .quiet(clause.rules.map(\.rawValue).joined(separator: ", "))]
      }
      if !clause.evidence.isEmpty {
        if !rules.isEmpty { rules.append(.lineEnd) }
        rules.append(.quiet("the ledger itself: \(clause.evidence.joined(separator: ", "))"))
      }
      if !clause.unasked.isEmpty {
        let names = clause.unasked.map(\.rawValue).joined(separator: ", ")
        rules += [.lineEnd, .toned(.warning, "no policy asked: \(names)")]
      }
      table.append(nil, [.words(clause.clause)], [.words(clause.title)], coverage, rules)
    }
    return table
  }
}
