package import RelmDomain
internal import RelmLog
internal import RelmHistory
package import RelmJudging
internal import RelmViews
internal import RelmProof
internal import RelmRules

extension Ledger {
  /// The auditor's sample from the deployments that a question is about, as of the moment that this ledger is as of, and
  /// for each what is recorded of its release, with the proof of every record in the tree of that moment.
  ///
  /// - Parameters:
  ///   - question: which deployments are the population.
  ///   - count: how many to draw.
  ///   - seed: the auditor's own word; ``SampleDraw`` says how the lots follow from it.
  package func sample(_ question: ComplianceQuestion, count: Int, seed: String) throws -> SampleReport {
    let court = try Court(self, question)
    var population: [Position] = []
    var development = 0
    try court.forEachMember { member in
      (position: member.attempt.line, context: member.context)
    } handOut: { member in
      population.append(member.position)
      if member.context == .development { development += 1 }
    }
    let (root, size) = try court.pinned.withRows { rows, size in
      (try Frontier(of: size, from: nodes(size, rows)).root, size)
    }
    let draws = SampleDraw.lowest(count, of: population, seed: seed, root: root)
    let judged = try judged(Set(draws.map(\.position)), question, court)
    return try court.pinned.withRows { rows, _ in
      let history = court.pinned.history(rows)
      let material = SampleMaterial(
        history: history, rows: rows, standing: StandingRows(in: rows, history), earlier: court.earlier,
        judged: judged
      ) { position in
        try MerkleTree.inclusionProof(of: position, in: size, from: self.nodes(size, rows)).path
      }
      return SampleReport(
        origin: log.origin,
        asOf: SampleReport.AsOf(
          events: Int(size.value), root: root.base64, recorded: try recordedTime(of: size) ?? court.now,
          time: court.now.representable, happenedBy: asOf?.happenedBy?.representable),
        scope: SampleReport.Scope(
          context: question.context, package: question.package, version: question.version,
          environment: question.environment, from: question.from?.representable,
          until: question.until?.representable, zone: question.zone),
        seed: seed, asked: count, population: population,
        development: question.context == .all ? development : nil,
        leftOut: court.leftOut == 0 ? nil : court.leftOut, sample: try draws.map(material.walk))
    }
  }

  /// What the compliance report tells of the deployments that were drawn, by where each begins.
  private func judged(
    _ drawn: Set<Position>, _ question: ComplianceQuestion, _ court: Court
  ) throws -> [Position: ComplianceReport.Attempt] {
    let judging = court.judging(question)
    var judged: [Position: ComplianceReport.Attempt] = [:]
    try court.forEachMember { member in
      drawn.contains(member.attempt.line) ? try judging.judge(member) : nil
    } handOut: { attempt in
      if let attempt { judged[attempt.position] = attempt }
    }
    return judged
  }
}

/// What a walk-through is put together from.
private struct SampleMaterial {
  let history: History
  let rows: any RowReading
  let standing: StandingRows
  /// What claims to be older than the ledger.
  let earlier: EarlierHistory
  /// What the compliance report tells of each deployment that was drawn, by where it begins.
  let judged: [Position: ComplianceReport.Attempt]
  /// The hashes from a record's leaf up to the root.
  let path: (Position) throws -> [Digest]

  func walk(_ draw: SampleDraw) throws -> SampleReport.Walk {
    let (attempt, subject, told) = try deployment(at: draw.position)
    var records: [SampleReport.StepName: [SampleReport.Record]] = [:]
    for (event, annulled) in told {
      guard let step = Walkthrough.step(of: event, in: attempt) else { continue }
      records[step, default: []].append(try record(event, annulled))
    }
    let steps = SampleReport.StepName.allCases.map { SampleReport.Step(step: $0, records: records[$0] ?? []) }
    let judged = judged[draw.position]
    return SampleReport.Walk(
      draw: draw.lot.base64, position: draw.position, release: subject, environment: attempt.environment,
      context: judged?.context ?? .production, deployment: attempt.deployment,
      begun: attempt.begun.representable, recorded: attempt.first.recorded,
      outcome: attempt.outcome,
      annulled: judged?.annulled.map {
        SampleReport.Annulment(position: $0.position, recorded: $0.recorded, by: $0.by, reason: $0.reason)
      }, restored: judged?.restored, unreleasable: judged?.unreleasable, steps: steps)
  }

  private typealias Told = [(event: RecordedEvent, annulled: Position?)]

  /// The deployment that stands at a position, with its release and all that is told of that.
  private func deployment(at position: Position) throws -> (attempt: Attempt, subject: String, told: Told) {
    let beginning = try history.event(at: position)
    guard let own = beginning.subject, case .release(let ownPackage, let ownVersion) = own else {
      throw BrokenHistory(at: position, "begins a deployment, and is about no release")
    }
    if let (package, version) = try Attempt.restored(
      by: beginning, given: { try standing.running($0, in: $1, before: position) })
    {
      let subject = Subject.release(package: package, version: version).text
      let told = try told(of: subject)
      let counting = told.filter { $0.annulled == nil }.map(\.event)
      if let attempt = try Attempt(
        restoringBy: beginning, given: counting, apart: standing.apart(ofRelease: package, version),
        isVouchedFor: { try standing.isVouchedFor($0, package, version, earlier) })
      {
        let rollback = (event: beginning, annulled: try Annulments.annulling(position, in: rows).first)
        return (attempt, subject, told + [rollback])
      }
    }
    let told = try told(of: own.text)
    let counting = told.filter { $0.annulled == nil }.map(\.event)
    let known = Set(counting.map(\.position))
    let apart = try standing.apart(ofRelease: ownPackage, ownVersion)
    let attempts =
      Attempt.all(in: counting, apart: apart)
      + Attempt.annulled(in: told.map(\.event), apart: apart, counts: known.contains)
    guard let attempt = attempts.first(where: { $0.line == position }) else {
      throw BrokenHistory(at: position, "is counted as a deployment's beginning, and is none")
    }
    return (attempt, own.text, told)
  }

  private func told(of subject: String) throws -> Told {
    try history.positions(inStream: subject).map { position in
      (event: try history.event(at: position), annulled: try Annulments.annulling(position, in: rows).first)
    }
  }

  private func record(_ event: RecordedEvent, _ annulled: Position?) throws -> SampleReport.Record {
    SampleReport.Record(
      position: event.position, type: event.record.envelope.type, happened: event.happened.representable,
      recorded: event.recorded, by: event.person, what: event.inWords, hash: event.digest.base64,
      path: try path(event.position).map(\.base64), annulled: annulled)
  }
}
