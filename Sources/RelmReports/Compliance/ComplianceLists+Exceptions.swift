internal import RelmDomain
internal import RelmProof

/// What does not hold: by rule and by release, with how often, since when, and what to do about it; and one by one.
extension ComplianceLists {
  var byRule: Section {
    var table = ComplianceTable(
      "What was broken, set aside or not judged, the gravest first; how long, as of "
        + Wording.minute(report.asOf.time),
      [
        "What", "Outcome", .number("Times"), .number("Releases"), .whole("Oldest"), .number("Age"),
        .wide("What to do"),
      ])
    for kind in ExceptionKind.allCases {
      let attempts = report.population.filter(kind.holds)
      guard let oldest = attempts.map(\.begun).min() else { continue }
      table.append(
        nil, [.section(kind.section, kind.words)], [.toned(.bad, "exception")], [.words("\(attempts.count)")],
        [.words("\(Set(attempts.map(\.release)).count)")], [.day(oldest)], [.words(age(oldest))],
        [.typed(kind.advice)])
    }
    let groups = Dictionary(grouping: report.exceptions) { Broken(rule: $0.rule, outcome: $0.outcome) }
    for (broken, exceptions) in groups.sorted(by: { Broken.isGraver($0, $1) }) {
      guard let oldest = exceptions.map(\.since).min() else { continue }
      table.append(
        nil, [.words(broken.rule.rawValue)], [.outcome(broken.outcome, broken.outcome.words)],
        [.words("\(exceptions.count)")], [.words("\(Set(exceptions.map(\.release)).count)")], [.day(oldest)],
        [.words(age(oldest))], [.typed(broken.rule.advice(broken.outcome))])
    }
    var section = section(
      own("exceptions"), heading("Exceptions by rule"), table, none: "No rule was broken or set aside.")
    if !section.isEmpty {
      section.remarks.append(
        "What is violated stays so: explain it in a review (`relm review open RELEASE TITLE`), and see that it does not come "
          + "again. What is overdue can still be done.")
    }
    return section
  }

  /// What a rule came to that is an exception.
  private struct Broken: Hashable {
    let rule: RuleName
    let outcome: RuleOutcome

    typealias Group = (key: Broken, value: [ComplianceReport.Exception])

    /// Whether one is told before the other: the graver outcome, then what is more frequent, then by name.
    static func isGraver(_ one: Group, _ other: Group) -> Bool {
      (other.key.outcome.gravity, other.value.count, one.key.rule.rawValue)
        < (one.key.outcome.gravity, one.value.count, other.key.rule.rawValue)
    }
  }

  private func age(_ since: Instant) -> String { Wording.duration(max(since.seconds(to: report.asOf.time), 0)) }

  func byRelease() throws -> Section {
    var table = ComplianceTable(
      "Releases with exceptions, those first of which most was broken",
      [
        "Release", "Deployments", "Exceptions", .wide("Of which rules"), .whole("Oldest"), .number("Age"),
      ])
    for release in excepted {
      var attempts: [ComplianceTable.Part] = []
      for attempt in release.attempts {
        if !attempts.isEmpty { attempts.append(isInFull ? .lineEnd : .words(" ")) }
        attempts.append(.link(.deployment(attempt.position), "#\(attempt.position)"))
        if isInFull { attempts.append(.quiet(" \(attempt.environment)")) }
      }
      var words: [ComplianceTable.Part] = []
      for kind in release.kinds {
        if !words.isEmpty { words.append(.lineEnd) }
        words.append(.toned(.bad, kind.words))
      }
      if release.tally.total > 0 { words += (words.isEmpty ? [] : [.lineEnd]) + [.tally(release.tally)] }
      let rules = Set(release.exceptions.map(\.rule.rawValue)).sorted().joined(separator: ", ")
      table.append(
        nil, [.words(ComplianceWords.release(release.release))], attempts, words,
        [.words(rules)], [.day(release.oldest)], [.words(age(release.oldest))])
    }
    return section(
      own("releases"), heading("Exceptions by release"), table, none: "No release has an exception.")
  }

  /// A release of which something is an exception.
  private struct Excepted {
    let release: String
    var attempts: [ComplianceReport.Attempt] = []
    var exceptions: [ComplianceReport.Exception] = []
    var kinds: [ExceptionKind] = []
    var oldest = Instant.latest
    var tally = ComplianceReport.Tally.zero

    /// How much of it is broken, not only set aside.
    var broken: Int { kinds.count + tally.violated + tally.overdue }
  }

  private var excepted: [Excepted] {
    var releases: [String: Excepted] = [:]
    let exceptions = Dictionary(grouping: report.exceptions, by: \.attempt)
    for attempt in report.population {
      let kinds = ExceptionKind.allCases.filter { $0.holds(of: attempt) }
      let own = exceptions[attempt.position] ?? []
      guard !kinds.isEmpty || !own.isEmpty else { continue }
      var release = releases[attempt.release] ?? Excepted(release: attempt.release)
      release.attempts.append(attempt)
      release.exceptions += own
      for kind in kinds where !release.kinds.contains(kind) { release.kinds.append(kind) }
      for exception in own { release.tally[exception.outcome] += 1 }
      release.oldest = min(
        release.oldest, own.map(\.since).min() ?? attempt.begun, kinds.isEmpty ? .latest : attempt.begun)
      releases[attempt.release] = release
    }
    return releases.values.sorted { one, other in
      (other.broken, one.oldest, one.release) < (one.broken, other.oldest, other.release)
    }
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
        [.words(try said(exception.reason))], [.minute(exception.since)],
        [.words(Wording.duration(exception.seconds))],
        exception.positions.isEmpty ? [] : [.places(exception.positions, of: exception.attempt)])
    }
    return section("each", "Exceptions one by one", table, none: "No rule was broken or set aside.")
  }
}
