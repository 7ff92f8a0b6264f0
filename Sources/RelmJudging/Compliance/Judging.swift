package import RelmHistory
internal import RelmViews
package import RelmDomain
internal import RelmProof
internal import RelmRules

/// Judges the deployments of a population: each by the policies that were in force for it, as its events and the
/// ledger's rows stood, and tells what was cited.
package final class Judging {
  private let question: ComplianceQuestion
  let standing: StandingRows
  let asOf: Instant
  /// What claims to have begun before the ledger was opened is not judged.
  let earlier: EarlierHistory
  private var observed = Observations()

  /// - Parameters:
  ///   - question: what is asked.
  ///   - standing: how the rows stood.
  ///   - asOf: the as-of time.
  ///   - earlier: what claims to be older than the ledger.
  package init(
    _ question: ComplianceQuestion, _ standing: StandingRows, asOf: Instant, _ earlier: EarlierHistory
  ) {
    self.question = question
    self.standing = standing
    self.asOf = asOf
    self.earlier = earlier
  }

  /// What every rule comes to for a deployment.
  package func judge(_ member: Population.Member) throws -> ComplianceReport.Attempt {
    let attempt = member.attempt
    let beginning = attempt.beginning
    let (state, recorded) = (standing.before(attempt.line), attempt.first.recorded)
    let context = member.context
    var told = ComplianceReport.Attempt(
      position: attempt.line,
      release: Subject.release(package: member.package, version: member.version).text,
      environment: attempt.environment, context: context, deployment: attempt.deployment,
      begun: attempt.begun.representable, recorded: recorded,
      governance: earlier.isUnaccepted(attempt) ? .unaccepted : .beforeLedger)
    let late = (recorded.microseconds - attempt.begun.microseconds) / 1_000_000
    told.lateSeconds = late >= TimelineRow.lateSeconds ? Int(late) : nil
    told.afterPeriod = question.until.flatMap { $0 <= recorded ? true : nil }
    // What is taken for older than the ledger is told as that.
    let isOlder = earlier.claims(attempt) && !earlier.isUnaccepted(attempt)
    told.beforePeriod = isOlder ? nil : question.from.flatMap { attempt.begun < $0 ? true : nil }
    told.restored = attempt.isRestoration ? true : nil
    told.by = try attempt.deployers(given: state)?.first ?? beginning.person
    told.ended = attempt.end?.happened.representable
    told.outcome = attempt.outcome
    told.undone = attempt.undone?.moment
    told.digests = attempt.digests
    told.skews = attempt.skews
    told.setApart = try setApart(from: member)
    told.annulled = member.annulled
    if member.annulled == nil, !attempt.isRestoration {
      told.annulledParts = try standing.annulledParts(of: attempt, ofRelease: member.package, member.version)
    }
    var cited: Set<Position> = [attempt.line, beginning.position]
    cited.formUnion(told.setApart)
    for skew in told.skews { cited.formUnion([skew.event, skew.follows]) }
    cited.formUnion(([member.annulled].compactMap { $0 } + told.annulledParts).map(\.position))
    if earlier.claims(attempt) {
      told.unreleasable = try unreleasable(member, state, told.context)
      cited.formUnion(told.unreleasable?.positions ?? [])
    } else {
      try judge(member, state, &told)
      for finding in told.findings { cited.formUnion(finding.positions) }
      for conflict in told.conflicts { cited.insert(conflict.approval) }
      cited.formUnion(told.unreleasable?.positions ?? [])
    }
    told.evidence = try cited.sorted().map(record)
    return told
  }

  /// What strangers told of a deployment that others tell of; nothing for one that strangers themselves tell of.
  private func setApart(from member: Population.Member) throws -> [Position] {
    let attempt = member.attempt
    let apart = try standing.apart(ofRelease: member.package, member.version)
    guard !attempt.isRestoration, !apart.isEmpty, !apart.contains(attempt.beginning.position) else { return [] }
    return member.events.filter { event in
      apart.contains(event.position)
        && event.deployment == AttemptID(.deployment, attempt.deployment, in: attempt.environment)
    }.map(\.position)
  }

  /// What is told of a deployment that claims to be older than the ledger, where its release was over by what stands before it:
  /// the log's order counts, save among what all claims to be older.
  private func unreleasable(
    _ member: Population.Member, _ state: StandingState, _ context: Context
  ) throws -> Unreleasable? {
    let hindrances = try Hindrance.all(
      of: state.release(member.package, member.version), member.package, member.version,
      in: member.attempt.environment, given: state)
    let isOver = try hindrances.contains { hindrance in
      let event = try standing.history.event(at: hindrance.position)
      return !earlier.claims(event) || event.happened <= member.attempt.begun
    }
    guard isOver else { return nil }
    let judged = try situation(member, state, context, member.events, [])
    return try Judge(judged, given: state).releasability(context, askedBy: []).map(
      Unreleasable.init)
  }

  private func judge(
    _ member: Population.Member, _ state: StandingState, _ told: inout ComplianceReport.Attempt
  ) throws {
    let policies = try self.policies(member, state, told.context)
    told.policies = policies.map {
      ComplianceReport.Judge(policy: $0.document.id, version: $0.document.version, position: $0.adopted)
    }
    told.governance =
      if !policies.isEmpty { .governed } else if told.context == .production { .ungoverned } else { .unasked }
    let judged = try situation(member, state, told.context, member.events, policies.map(\.document))
    told.conflicts = try judged.dutyConflicts(given: state)
    let over =
      try Judge(judged, given: state).releasability(told.context, askedBy: policies.map(\.document))
      ?? overtaken(member, judged)
    told.unreleasable = over.map(Unreleasable.init) ?? Self.afterItsEnd(member.attempt, told.context)
    guard !policies.isEmpty else { return }
    let findings = try self.findings(judged, policies, state)
    let once = try onceCounted(member, state, told.context, policies)
    told.findings = try findings.enumerated().map { place, finding in
      var line = ComplianceReport.Finding(finding)
      if let once, once[place].outcome != finding.outcome { line.once = once[place].outcome }
      line.reason += try lostFoundations(of: finding)
      return line
    }
  }

  /// What is told of a deployment that went on though somebody had said no since it began.
  private func overtaken(_ member: Population.Member, _ judged: Case) throws -> Finding? {
    let attempt = member.attempt
    guard let last = attempt.advances.last else { return nil }
    // Looked at closely only where there may be something: that is seldom.
    let since = attempt.line..<last.position
    let isRefused = member.events.contains { event in
      guard since.contains(event.position), case .release(let said) = event.event else { return false }
      return switch said {
      case .releaseWithdrawn, .approvalRefused, .authorisationRefused: true
      default: false
      }
    }
    let retired = try standing.before(last.position).environment(attempt.environment)?.retired
    guard isRefused || retired.map({ since.contains($0.position) }) ?? false else { return nil }
    return try Judge.overtaken(judged) { standing.before($0) }
  }

  /// What is told of a deployment to production that went on after it had ended.
  private static func afterItsEnd(_ attempt: Attempt, _ context: Context) -> Unreleasable? {
    guard context == .production, let step = attempt.stepAfterItsEnd, let end = attempt.end,
      let outcome = attempt.outcome
    else { return nil }
    return Unreleasable(
      outcome: .violated,
      reason: "it went on at position \(step.position.value), though it had ended, \(outcome.rawValue)",
      positions: [end.position, step.position])
  }

  /// What to say of decisions that a finding rests on, and that themselves rested on something that is annulled since: they
  /// were made, and stand; but whoever relies on them is to know.
  private func lostFoundations(of finding: Finding) throws -> String {
    guard [.gated, .approved, .authorised].contains(finding.rule) else { return "" }
    return try finding.positions.map { position in
      let lost = try Annulments.lostFoundations(of: position, in: standing.history.indexes)
      guard !lost.isEmpty else { return "" }
      let places = lost.map { String($0.value) }.joined(separator: ", ")
      return "; position \(position.value) rested on what is annulled since: \(places)"
    }.joined()
  }

  /// A policy to judge by, and where it was adopted.
  struct Applied {
    let document: PolicyDocument
    let adopted: Position?
  }

  /// The policies in force when the deployment began and when that was recorded, in the order of their ids.
  func policies(
    _ member: Population.Member, _ state: StandingState, _ context: Context
  ) throws -> [Applied] {
    let attempt = member.attempt
    let judged = Case(
      package: member.package, version: member.version, environment: member.attempt.environment,
      context: context, digests: [], line: attempt.line, begun: attempt.begun,
      events: member.events, release: nil)
    let inForce = try state.policies().flatMap { row -> [Applied] in
      // A draft stands in place of the versions of its own policy.
      guard row.policy != question.draft?.id else { return [] }
      let retirements = try row.retired == nil ? nil : state.retirements(of: row.policy)
      var found: [PolicyRow.Adoption] = []
      for time in [attempt.begun, attempt.first.recorded] {
        guard let adoption = row.inForce(at: time, retirements: retirements),
          !found.contains(where: { $0.adopted == adoption.adopted })
        else { continue }
        found.append(adoption)
      }
      return found.map { Applied(document: $0.document, adopted: $0.adopted.position) }
    }
    let draft = question.draft.map { [Applied(document: $0, adopted: nil)] } ?? []
    return try judged.judging(of: inForce + draft, \.document, given: state)
  }

  func situation(
    _ member: Population.Member, _ state: StandingState, _ context: Context, _ events: [RecordedEvent],
    _ policies: [PolicyDocument]
  ) throws -> Case {
    let attempt = member.attempt
    let subject = Subject.release(package: member.package, version: member.version)
    let history = standing.history
    let configuration = try history.positions(mentioning: subject).filter { try history.counts($0) }.map {
      try history.event(at: $0)
    }.filter { $0.subject == .environment(attempt.environment) }
    var observations: ArraySlice<RecordedEvent> = []
    if let end = attempt.end {
      // Looked at only where a rule asks, and no further than it does.
      let windows = policies.flatMap { policy in
        policy.rules.filter { $0.rule == .reconciled }.map { rule -> Instant in
          guard let within = rule.within?.microseconds else { return .latest }
          return end.happened.advanced(
            byMicroseconds: within + (policy.lateWithin?.microseconds ?? 0))
        }
      }
      if let last = windows.max() {
        // A time may be claimed that lies a little ahead of the ledger's clock; so what happened after the end can have
        // been recorded a little before.
        observations = try observed.events(
          of: attempt.environment,
          recordedFrom: end.happened.advanced(byMicroseconds: -Claim.latitudeMicroseconds),
          to: last, history)
      }
    }
    return Case(
      package: member.package, version: member.version, environment: attempt.environment, context: context,
      digests: attempt.digests, line: attempt.line, begun: attempt.begun,
      events: events, everything: try standing.everything(ofRelease: member.package, member.version),
      annulled: try standing.annulledAttempts(ofRelease: member.package, member.version).filter {
        !$0.annulment.independent
      }.map(\.attempt),
      ratifications: try Ratification.independent(in: events, given: standing.before(Position(.max))),
      strangers: try standing.strangers(ofRelease: member.package, member.version),
      apart: try standing.apart(ofRelease: member.package, member.version),
      release: try state.release(member.package, member.version),
      deployers: try attempt.deployers(given: state), attempt: attempt, asOf: asOf,
      configuration: configuration, observations: observations,
      neighbours: try standing.neighbours(requiredIn: events, attempt.environment))
  }

  private func findings(
    _ judged: Case, _ policies: [Applied], _ state: StandingState
  ) throws -> [Finding] {
    let judge = Judge(judged, given: state)
    return try policies.flatMap { try judge.findings(by: $0.document, adopted: $0.adopted) }
  }

  /// What the rules came to while everything counted that is annulled now; nil where nothing of the release is.
  ///
  /// Events that are annulled do not count; but that they once did is told.
  private func onceCounted(
    _ member: Population.Member, _ state: StandingState, _ context: Context, _ policies: [Applied]
  ) throws -> [Finding]? {
    let subject = Subject.release(package: member.package, version: member.version)
    let positions = try standing.history.positions(inStream: subject.text)
    guard positions.count > member.events.count else { return nil }
    let all = try positions.map { try standing.history.event(at: $0) }
    let judged = try situation(member, state, context, all, policies.map(\.document))
    return try findings(judged, policies, state)
  }

  private func record(_ position: Position) throws -> ComplianceReport.Record {
    let event = try standing.history.event(at: position)
    return ComplianceReport.Record(
      position: position, type: event.record.envelope.type, subject: event.record.envelope.stream,
      happened: event.happened.representable, recorded: event.recorded, by: event.person,
      hash: event.digest.base64,
      annulled: try Annulments.annulling(position, in: standing.history.indexes).first)
  }
}

extension Finding {
  /// Whether it is still to be done: what was done too late, or was missing when the deployment began, nothing mends.
  fileprivate var isOpen: Bool { outcome == .pending || outcome == .overdue }
}

extension Unreleasable {
  fileprivate init(_ finding: Finding) {
    self.init(outcome: finding.outcome, reason: finding.reason, positions: finding.positions)
  }
}

extension ComplianceReport.Finding {
  fileprivate init(_ finding: Finding) {
    self.init(
      policy: finding.policy, policyVersion: finding.policyVersion, place: finding.place, rule: finding.rule,
      ruleVersion: finding.ruleVersion, outcome: finding.outcome, reason: finding.reason,
      positions: finding.positions, due: finding.due?.representable,
      waiver: finding.waiver.map {
        ComplianceReport.Waiver(position: $0.position, by: $0.by, until: $0.until, control: $0.control)
      }, override: finding.override, helps: finding.isOpen ? finding.remedies.map(\.command) : [])
  }
}
