internal import RelmDomain
internal import RelmProof

/// What no policy judged, or was not to be: deployments that are exceptions, or no concern, by themselves.
extension ComplianceLists {
  var ungoverned: Section {
    unjudged(
      .ungoverned, "ungoverned", "Ungoverned", "Deployments to production for which no policy was in force",
      none: "No deployment to production was without a policy.")
  }

  func unreleasable() throws -> Section {
    let attempts = report.population.filter { $0.unreleasable != nil }
    var table = ComplianceTable(
      "Deployments to production of what was over or refused, or to what was retired, before they began or while they went on",
      [
        .number("Position"), "Release", "Environment", "Deployment", .whole("Begun"), "Outcome", .wide("Why"),
        "Rests on",
      ])
    for attempt in attempts.prefix(most ?? attempts.count) {
      guard let over = attempt.unreleasable else { continue }
      table.append(
        nil, [.link(.deployment(attempt.position), "#\(attempt.position)")], [.words(attempt.releaseName)],
        [.words(attempt.environment)], [.words(attempt.deployment)], [.minute(attempt.begun)],
        [.outcome(over.outcome, over.outcome.words)], [.words(try said(over.reason))],
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
        [.words(try said(annulled.reason))],
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
      [.number("Position"), "Release", "Environment", "Deployment", "Begun", "Outcome"])
    for attempt in attempts.prefix(most ?? attempts.count) {
      table.append(
        nil, [.link(.deployment(attempt.position), "#\(attempt.position)")], [.words(attempt.releaseName)],
        [.words(attempt.environment)], [.words(attempt.deployment)],
        [.minute(attempt.begun)] + Self.lateness(attempt), Self.ending(attempt))
    }
    return section(id, title, table, cut: cut(attempts.count, "deployment"), none: none)
  }
}
