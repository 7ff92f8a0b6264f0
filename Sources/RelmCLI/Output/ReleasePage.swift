internal import RelmDomain
internal import RelmLedger
internal import RelmViews
internal import RelmProof

/// A release for a person to read: one line a facet, each with the position that it rests on.
struct ReleasePage {
  private let row: ReleaseRow
  private let ledger: Ledger
  private let names: Names

  init(_ row: ReleaseRow, _ ledger: Ledger) {
    self.row = row
    self.ledger = ledger
    names = Names(ledger.vault)
  }

  private struct Line {
    let facet: String
    let words: String
    let moment: Moment?
  }

  func print() throws {
    let subject = Subject.release(package: row.package, version: row.version).text
    try Terminal.print("\(Rows.printable(subject)): \(PlainWords.of(row.stage.rawValue))")
    let lines = try lines()
    let width = lines.reduce(0) { max($0, $1.words.count) }
    for line in lines {
      let place = line.moment.map { "  \(Moments.text($0.at))  [\($0.position.value)]" } ?? ""
      try Terminal.print(
        "  " + Self.padded(line.facet, 12)
          + (place.isEmpty ? line.words : Self.padded(line.words, width) + place))
    }
  }

  private func lines() throws -> [Line] {
    var lines: [Line] = []
    if let plan = row.plan { lines += try planLines(plan) }
    lines += preparationLines()
    if let builds = row.builds {
      let latest = builds.latest
      let words = "\(latest.build) \(Self.words(latest.outcome))" + (try otherBuilds())
      lines.append(Line(facet: "build", words: words, moment: latest.moment))
    }
    if let tests = row.tests {
      for suite in tests.suites {
        lines.append(
          Line(facet: "test", words: "\(suite.suite) \(Self.words(suite.outcome))", moment: suite.moment))
      }
      if tests.suitesLeftOut > 0 {
        lines.append(Line(facet: "test", words: "and \(tests.suitesLeftOut) older suites", moment: nil))
      }
    }
    if let packages = row.packages {
      let digest = packages.latest.digest.text
      let short = digest.count > 26 ? digest.prefix(26) + "…" : digest
      lines.append(
        Line(
          facet: "package", words: "\(packages.latest.name ?? row.package) \(short)",
          moment: packages.latest.moment))
    }
    for approval in row.approvals?.latest ?? [] {
      let target = approval.environment.map { " to \($0)" } ?? ""
      var words = "\(approval.scope.rawValue)\(target), by \(try names.text(approval.by.text))"
      if let staleness = approval.staleness(given: row) { words += "; STALE: \(staleness)" }
      for lost in try ledger.standing(of: approval.moment.position).lostFoundations {
        words += "; RESTS ON position \(lost.value), which is annulled"
      }
      lines.append(
        Line(facet: approval.isRefusal ? "REFUSED" : "approved", words: words, moment: approval.moment))
    }
    lines += permissionLines()
    lines += try deploymentLines()
    for handover in row.handovers?.latest ?? [] {
      let state =
        handover.accepted != nil ? "accepted by" : handover.rejected != nil ? "REJECTED by" : "offered to"
      let words = "\(handover.to.rawValue), \(state) \(try names.text(handover.party.text))"
      lines.append(
        Line(
          facet: "handover", words: words, moment: handover.accepted ?? handover.rejected ?? handover.offered))
    }
    lines += afterwardsLines()
    if let documents = row.documents {
      let others = documents.attached > 1 ? " and \(documents.attached - 1) more" : ""
      lines.append(
        Line(facet: "document", words: documents.latest.title + others, moment: documents.latest.moment))
    }
    if let activities = row.activities {
      lines.append(
        Line(facet: "activity", words: "\(activities.recorded) recorded", moment: activities.latest.moment))
    }
    if let ending = row.ending {
      let outcome = ending.outcome.map { ", \(PlainWords.of($0.rawValue))" } ?? ""
      let by = ending.by.map { " by \($0)" } ?? ""
      lines.append(Line(facet: "end", words: ending.how.rawValue + by + outcome, moment: ending.moment))
    }
    let events = row.events == 0 ? "none of its own; others spoke of it last" : "\(row.events), the last"
    lines.append(Line(facet: "events", words: events, moment: row.last))
    return lines.map { Line(facet: $0.facet, words: Rows.printable($0.words), moment: $0.moment) }
  }

  /// How it stands in each environment, and what is under way there.
  private func deploymentLines() throws -> [Line] {
    let places = row.deployments?.environments ?? []
    let isOver = row.ending.map { $0.how != .closed } ?? false
    let rollouts = try rollouts()
    func words(_ environment: String, _ deployment: String) -> String {
      rollouts.first { $0.environment == environment && $0.rollout.deployment == deployment }.map {
        ", at \($0.rollout.inWords) since \(Moments.text($0.rollout.since.at))"
      } ?? ""
    }
    let lines = try places.map { place in
      // An attempt at it that was stopped leaves it as it ran before; that there was one is told all the same.
      let aborted = place.status == .aborted ? ", and a rollout of it was aborted" : ""
      let state =
        place.running
        ? (isOver ? "still runs there" : "runs there") + aborted
        : try gone(place) ?? PlainWords.of(place.status.rawValue)
      return Line(
        facet: "deployed",
        words: "\(place.environment), \(place.deployment): \(state)"
          + words(place.environment, place.deployment),
        moment: place.moment)
    }
    // An environment's line is about the deployment that was touched last; others may be under way there as well.
    let others = rollouts.filter { one in
      !places.contains { $0.environment == one.environment && $0.deployment == one.rollout.deployment }
    }
    return lines
      + others.map { one in
        Line(
          facet: "deployed",
          words: "\(one.environment), \(one.rollout.deployment): started"
            + words(one.environment, one.rollout.deployment),
          moment: one.rollout.changed)
      }
  }

  /// What to say where the release had come to run and another has taken its place; nil where it has not.
  private func gone(_ place: ReleaseRow.Environment) throws -> String? {
    guard place.status == .succeeded, let other = try ledger.successor(of: row, in: place.environment) else {
      return nil
    }
    return "ran there until \(Moments.text(other.since.at)), when \(other.version) took its place"
  }

  /// Those of its deployments that are under way, and of which was said how far they have come.
  private func rollouts() throws -> [(environment: String, rollout: RunningRow.Rollout)] {
    try ledger.withViews { rows, _ in
      var environments: [String] = []
      let components = [row.package, row.version, AttemptRow.Kind.deployment.rawValue]
      try ledger.forEachRow(of: Attempts.self, under: components, in: rows) { attempt in
        if let environment = attempt.environment, attempt.progressed != nil, attempt.isUnderWay,
          !environments.contains(environment)
        {
          environments.append(environment)
        }
        return true
      }
      return try environments.flatMap { environment in
        let key = Running.key(environment: environment, package: row.package)
        let running = try Running.row(key, in: rows).map { try Running.shown($0, in: rows) }
        return (running?.rollouts ?? []).filter { $0.version == row.version }.map { (environment, $0) }
      }
    }
  }

  private func planLines(_ plan: ReleaseRow.Plan) throws -> [Line] {
    var words = plan.class.rawValue + (plan.critical ? ", critical" : "")
    if let manager = plan.manager { words += ", managed by \(try names.text(manager.text))" }
    var lines = [Line(facet: "plan", words: words, moment: plan.planned)]
    if let purpose = plan.purpose { lines.append(Line(facet: "purpose", words: purpose, moment: nil)) }
    if plan.scopeChanges > 0 {
      lines.append(Line(facet: "scope", words: "changed \(Self.times(plan.scopeChanges))", moment: plan.scope))
    }
    for (facet, values) in [("services", plan.services), ("requires", plan.requires), ("fixes", plan.fixes)]
    where !values.isEmpty {
      lines.append(Line(facet: facet, words: values.joined(separator: ", "), moment: nil))
    }
    return lines
  }

  /// Design, assessments, risk, schedule, and who was asked and told.
  private func preparationLines() -> [Line] {
    var lines: [Line] = []
    func add(_ facet: String, _ words: String, _ moment: Moment?) {
      lines.append(Line(facet: facet, words: words, moment: moment))
    }
    if let design = row.design {
      let back = design.canBeRolledBack ? "can be rolled back" : "is mended forward"
      add("design", "\(PlainWords.of(design.strategy)), \(back)", design.moment)
    }
    if let all = row.assessments {
      let words = [
        (all.acceptable, "acceptable"), (all.conditional, "conditional"), (all.unacceptable, "UNACCEPTABLE"),
      ]
      .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
      add("components", words, all.latest)
    }
    if let risk = row.risk {
      add("risk", "\(risk.inherent) of 25, \(risk.residual) after mitigations", risk.moment)
    }
    for window in row.schedule {
      let state = window.isAgreed ? "agreed" : "proposed"
      let span = "\(Moments.text(window.from)) to \(Moments.text(window.until))"
      add("window", "\(window.environment) \(span), \(state)", window.moment)
    }
    if let all = row.consultations {
      add(
        "partners",
        "asked \(Self.times(all.held))" + (all.objections > 0 ? ", \(all.objections) objected" : ""), all.latest
      )
    }
    if let all = row.communications { add("told", "\(Self.times(all.sent)), last \(all.audience)", all.latest) }
    return lines
  }

  /// What was allowed beside approvals, and by whom it was judged.
  private func permissionLines() -> [Line] {
    var lines: [Line] = []
    func add(_ facet: String, _ words: String, _ moment: Moment? = nil) {
      lines.append(Line(facet: facet, words: words, moment: moment))
    }
    if let validation = row.validation { add("validation", Self.words(validation.outcome), validation.moment) }
    if let all = row.authorisations {
      add(
        "authorised",
        "\(all.granted) of \(all.requested) granted" + (all.refused > 0 ? ", \(all.refused) refused" : ""))
    }
    if let all = row.waivers {
      add("waivers", "\(all.granted) granted" + (all.revoked > 0 ? ", \(all.revoked) revoked" : ""))
    }
    if let all = row.overrides {
      add("OVERRIDES", "\(all.declared) declared, \(all.used) used, \(all.ratified) ratified")
    }
    if let all = row.escalations { add("escalated", "\(Self.times(all.raised)), \(all.resolved) resolved") }
    if let all = row.steps {
      add(
        "procedure",
        "\(PlainWords.count(all.completed, "step")) completed"
          + (all.skipped > 0 ? ", \(all.skipped) SKIPPED" : ""))
    }
    for gate in row.gates {
      add("gate", "\(gate.isOpen ? "open" : "closed") to \(gate.environment)", gate.moment)
    }
    return lines
  }

  /// What came after the deployment.
  private func afterwardsLines() -> [Line] {
    var lines: [Line] = []
    func add(_ facet: String, _ words: String, _ moment: Moment?) {
      lines.append(Line(facet: facet, words: words, moment: moment))
    }
    for verification in row.verifications {
      let place = verification.environment.map { " in \($0)" } ?? ""
      add("verified", Self.words(verification.outcome) + place, verification.moment)
    }
    if let all = row.support {
      let shortfall = all.shortfall.map { "; NOT SUPPORTED: \($0)" } ?? ""
      add(
        "support", "\(all.closed) of \(all.opened) closed, advice \(Self.times(all.advised))\(shortfall)",
        all.latest)
    }
    if let all = row.reviews {
      var words = "\(all.closed) of \(all.opened) closed, \(PlainWords.count(all.findings, "finding"))"
      words += ", \(all.actionsCompleted) of \(PlainWords.count(all.actionsRaised, "action")) done"
      if let outcome = all.outcome { words += ": \(PlainWords.of(outcome.rawValue))" }
      add("review", words, all.latest)
    }
    return lines
  }

  private static func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }

  private static func words(_ outcome: Outcome?) -> String {
    outcome.map { PlainWords.of($0.rawValue) } ?? "under way"
  }

  /// How many builds there are, where there are several. The end of one may be told more than once.
  private func otherBuilds() throws -> String {
    let builds = try ledger.withViews { rows, _ in
      var builds: [AttemptRow] = []
      let components = [row.package, row.version, AttemptRow.Kind.build.rawValue]
      try ledger.forEachRow(of: Attempts.self, under: components, in: rows) { attempt in
        builds.append(attempt)
        return true
      }
      return builds.filter { $0.ended != nil }
    }
    let failed = builds.filter { $0.outcome == .failed || $0.outcome == .errored }
    return builds.count > 1 ? " (\(builds.count) builds, \(failed.count) failed)" : ""
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
