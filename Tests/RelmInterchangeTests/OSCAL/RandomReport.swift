import RelmBytes
import RelmDomain
import RelmProof

/// A compliance report of which nothing but its shape is right: texts that a schema may choke on, times at the ends of
/// the time line, references to what is not there.
struct RandomReport: RandomNumberGenerator {
  private var numbers: SplitMix64

  init(seed: UInt64) { numbers = SplitMix64(seed: seed &* 0x9E37_79B9_7F4A_7C15) }

  mutating func next() -> UInt64 { numbers.next() }

  // MARK: Parts

  private static let texts = [
    "payments", "a b", " leading", "trailing ", "two\nlines", "\n", " ", "_", "-", "1.0", "8.5.1", "CM-3(1)(2)",
    "Art. 9(4)(e)", "größe", "名前", "e\u{301}", "😀", "*bold*", "<b>", "{{ insert: param, a }}", "a/b", "a%2Fb",
    "\u{FEFF}", "\u{2028}", "\u{85}x", "\u{0}", "# head", "#", "x_y", "_x_", "\\", "`", "²", "Ⅷ", "release/a/1",
    "ledger",
    "\u{1F}a\u{A0}",
  ]
  private static let moments: [Instant] =
    [.earliest, .latest]
    + ["1899-12-31T23:59:59Z", "3000-01-01T00:00:00Z"]
    .compactMap(Instant.init)

  mutating func text() -> String {
    let count = Int.random(in: 1...2, using: &self)
    return (0..<count).map { _ in Self.texts.randomElement(using: &self) ?? "" }.joined()
  }

  private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
  private mutating func maybe<T>(_ value: T) -> T? { chance(50) ? value : nil }
  private mutating func position() -> Position { Position(UInt64.random(in: 0...30, using: &self)) }
  private mutating func positions() -> [Position] {
    (0..<Int.random(in: 0...3, using: &self)).map { _ in position() }
  }
  private mutating func person() -> PersonID {
    PersonID(UUIDText(high: 7 << 12, low: 1 << 63 | UInt64.random(in: 0...5, using: &self)))
  }
  private mutating func instant() -> Instant {
    guard chance(90) else { return Self.moments.randomElement(using: &self) ?? .earliest }
    return Instant(microseconds: Int64.random(in: 1_700_000_000_000_000...1_800_000_000_000_000, using: &self))
  }
  private mutating func moment() -> Moment { Moment(at: instant(), position: position()) }
  private mutating func digest() -> ContentDigest? {
    ContentDigest("sha1:" + String(repeating: chance(50) ? "a" : "b", count: 40))
  }
  private mutating func one<T: CaseIterable>(_ type: T.Type) -> T? { T.allCases.randomElement(using: &self) }
  private mutating func some<T>(_ most: Int, _ make: (inout RandomReport) -> T?) -> [T] {
    (0..<Int.random(in: 0...most, using: &self)).compactMap { _ in make(&self) }
  }

  // MARK: The report

  mutating func report() -> ComplianceReport {
    let population = some(6) { $0.attempt() }
    let findings = population.flatMap { attempt in attempt.findings.map { (attempt, $0) } }
    var report = ComplianceReport(
      origin: text(),
      asOf: .init(
        events: Int.random(in: 1...40, using: &self),
        root: maybe("FKI9QdNuuCRD0HvW1ZLWlJdXiN2vKcCOYkRXfF5jYOY="),
        recorded: instant(), time: instant(), happenedBy: maybe(instant())),
      scope: .init(
        context: one(ContextChoice.self) ?? .production, package: maybe(text()), version: maybe(text()),
        environment: maybe(text()), from: maybe(instant()),
        until: maybe(instant()), zone: maybe(text()), draft: maybe(text())),
      totals: .init(
        attempts: population.count, releases: 1, governed: 1, ungoverned: 1, unasked: 1, beforeLedger: 1,
        recordedLate: 0, afterPeriod: 0, clean: 0, annulled: 1, annulledByOthers: 0, unaccepted: 0,
        findings: tally()),
      population: population)
    if report.scope.context == .all { report.developmentTotals = report.totals }
    report.exceptions = findings.map { attempt, finding in
      ComplianceReport.Exception(
        attempt: attempt.position, release: attempt.release, environment: attempt.environment,
        context: attempt.context, policy: chance(90) ? finding.policy : text(), rule: finding.rule,
        outcome: finding.outcome,
        reason: finding.reason, since: instant(), seconds: 7, positions: positions())
    }
    report.overrides = unique(some(3) { $0.overrideUse() }, by: \.position)
    report.lateEvidence = some(3) { random in
      .init(
        attempt: random.position(), position: random.position(), release: random.text(), type: random.text(),
        happened: random.instant(), recorded: random.instant(), seconds: 3)
    }
    report.governance = some(3) { random in
      .init(
        position: random.position(), type: random.text(), subject: random.text(), what: random.text(),
        happened: random.instant(), recorded: random.instant(), by: random.maybe(random.person()),
        annulled: random.maybe(random.position()))
    }
    report.authority = some(4) { random in
      .init(
        person: random.person(), level: Int.random(in: 3...6, using: &random), contexts: [.production],
        from: random.instant(), grant: random.position(), by: random.maybe(random.person()),
        inForce: random.chance(70))
    }
    report.reconciliation = some(4) { random in
      guard let kind = random.one(ComplianceReport.DiscrepancyKind.self) else { return nil }
      return .init(
        environment: "live", kind: kind, item: random.maybe("a"), version: random.maybe("1"),
        digest: random.maybe(random.digest()) ?? nil, since: Self.moments[0], positions: random.positions())
    }
    report.clauses = chance(30) ? [] : clauses()
    return report
  }

  private mutating func clauses() -> [ComplianceReport.Clause] {
    var known: Set<[String]> = []
    return some(6) { random in
      guard let coverage = random.one(ComplianceReport.Coverage.self) else { return nil }
      return .init(
        framework: random.chance(20) ? "nist-800-53" : random.text(), clause: random.text(),
        title: random.text(),
        coverage: coverage, why: random.maybe(random.text()), rules: random.some(3) { $0.one(RuleName.self) },
        unasked: random.chance(80) ? [] : [.tested], findings: random.tally())
    }.filter { known.insert([$0.framework, $0.clause]).inserted }
  }

  private func unique<T>(_ items: [T], by key: KeyPath<T, Position>) -> [T] {
    var known: Set<Position> = []
    return items.filter { known.insert($0[keyPath: key]).inserted }
  }

  private mutating func tally() -> ComplianceReport.Tally {
    let counts = (0..<8).map { _ in chance(70) ? 0 : 2 }
    return .init(
      satisfied: counts[0], satisfiedLate: counts[1], violated: counts[2], overridden: counts[3],
      pending: counts[4],
      overdue: counts[5], waived: counts[6], notApplicable: counts[7])
  }

  private var attempts: UInt64 = 100

  private mutating func attempt() -> ComplianceReport.Attempt? {
    guard let governance = one(ComplianceReport.Governance.self), let context = one(Context.self) else {
      return nil
    }
    attempts += 1
    let policies = some(2) { random in
      ComplianceReport.Judge(
        policy: random.text(), version: random.text(), position: random.maybe(random.position()))
    }
    let findings = policies.enumerated().flatMap { number, policy in
      some(4) { $0.finding(of: policy) }.enumerated().map { place, finding in
        var finding = finding
        finding.place = number * 10 + place
        return finding
      }
    }
    return ComplianceReport.Attempt(
      position: Position(attempts), release: chance(50) ? "release/acme/api/1%2F2" : text(),
      environment: text(),
      context: context, deployment: text(), begun: instant(), recorded: instant(), lateSeconds: maybe(5),
      afterPeriod: maybe(true), by: maybe(person()), ended: maybe(instant()), outcome: maybe(.failed),
      undone: maybe(moment()), digests: some(2) { $0.digest() }, governance: governance, policies: policies,
      findings: findings,
      conflicts: some(1) { random in
        random.one(ComplianceReport.Duty.self).map {
          .init(approval: random.position(), person: random.person(), duty: $0)
        }
      },
      evidence: some(3) { random in
        .init(
          position: random.position(), type: random.text(), subject: random.text(), happened: random.instant(),
          recorded: random.instant(), by: random.maybe(random.person()),
          hash: "FKI9QdNuuCRD0HvW1ZLWlJdXiN2vKcCOYkRXfF5jYOY=",
          annulled: random.maybe(random.position()))
      })
  }

  private mutating func finding(of policy: ComplianceReport.Judge) -> ComplianceReport.Finding? {
    // Few rules, so that a policy asks for one more than once.
    guard let outcome = one(RuleOutcome.self),
      let rule = [RuleName.approved, .tested].randomElement(using: &self)
    else { return nil }
    return ComplianceReport.Finding(
      policy: policy.policy, policyVersion: policy.version, place: 0, rule: rule, ruleVersion: 1,
      outcome: outcome,
      reason: text(), positions: positions(), due: maybe(instant()),
      waiver: maybe(.init(position: position(), by: maybe(person()), until: instant(), control: text())),
      override: maybe(position()), once: maybe(.satisfied))
  }

  private mutating func overrideUse() -> ComplianceReport.OverrideUse? {
    guard let state = one(ComplianceReport.OverrideState.self) else { return nil }
    return ComplianceReport.OverrideUse(
      position: position(), release: text(), environment: text(), rules: [.approved], by: maybe(person()),
      declared: instant(), until: instant(), incident: maybe(text()), freeze: maybe(text()), reason: text(),
      used: maybe(moment()), ratified: maybe(moment()), ratifiedBy: maybe(person()), reviewed: maybe(moment()),
      due: instant(), state: state)
  }
}
