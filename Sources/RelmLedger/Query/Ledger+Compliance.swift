package import RelmDomain
internal import RelmFiles
internal import RelmLog
internal import RelmHistory
package import RelmJudging
package import RelmProof
internal import RelmRules
internal import RelmViews

extension Ledger {
  /// What the policies in force come to for every deployment that a question is about, as of the moment that this ledger is
  /// as of, and what an auditor asks besides.
  ///
  /// - Parameters:
  ///   - question: about which deployments.
  ///   - keepsPopulation: whether the report is to hold every deployment; without it, memory stays flat.
  ///   - frameworks: the ids of those for whose clauses to say what is shown.
  ///   - clauses: what to say of them, given what was counted.
  ///   - each: takes one deployment after the other, in the order of the log.
  package func compliance(
    _ question: ComplianceQuestion, keepsPopulation: Bool = true, frameworks: [String] = [],
    clauses: (ComplianceBook) -> [ComplianceReport.Clause] = { _ in [] },
    each: (ComplianceReport.Attempt) throws -> Void = { _ in }
  ) throws -> ComplianceReport {
    let court = try Court(self, question)
    var book = ComplianceBook(question, asOf: court.now)
    var kept: [ComplianceReport.Attempt] = []
    let judging = court.judging(question)
    try court.forEachMember { member in
      let attempt = try judging.judge(member)
      try book.add(attempt, member, court.standing)
      return attempt
    } handOut: { attempt in
      try each(attempt)
      if keepsPopulation { kept.append(attempt) }
    }
    return try court.pinned.withRows { rows, size in
      let around = try ComplianceSurroundings(
        question, in: rows, court.pinned.history(rows), asOf: court.now)
      let told = ComplianceReport.AsOf(
        events: Int(size.value), root: try Frontier(of: size, from: nodes(size, rows)).root.base64,
        recorded: try recordedTime(of: size) ?? court.now, time: court.now.representable,
        happenedBy: self.asOf?.happenedBy?.representable)
      return book.report(
        origin: log.origin, asOf: told, leftOut: court.leftOut, population: kept, around,
        frameworks: frameworks,
        clauses: clauses(book))
    }
  }

  /// What the draft of a policy would change of all that a question is about. Nothing is recorded.
  package func whatIf(_ draft: PolicyDocument, _ question: ComplianceQuestion) throws -> WhatifReport {
    let court = try Court(self, question)
    var byDraft = question
    byDraft.draft = draft
    let (now, then) = (court.judging(question), court.judging(byDraft))
    var whatIf = WhatIf(of: draft, question)
    try court.forEachMember { member in
      whatIf.add(try now.judge(member), byDraft: try then.judge(member))
    } handOut: { _ in
    }
    return try court.pinned.withRows { _, size in
      whatIf.report(
        asOf: WhatifReport.AsOf(
          events: Int(size.value), recorded: try recordedTime(of: size) ?? court.now,
          time: court.now.representable, happenedBy: self.asOf?.happenedBy?.representable),
        leftOut: court.leftOut)
    }
  }
}

extension Ledger {
  /// The sources of deployments that claim to be older than the ledger and are not taken at their word, with how many there
  /// are of each, by name.
  package func unacceptedHistory() throws -> [(source: String, count: Int)] {
    let day: Int64 = 86_400_000_000
    guard let first = try recorded(Position(0)),
      first.recorded.advanced(byMicroseconds: day) < surroundings.now()
    else { return [] }
    let court = try Court(self, ComplianceQuestion())
    var counts: [String: Int] = [:]
    try court.forEachMember { member in
      court.earlier.isUnaccepted(member.attempt)
        ? member.attempt.beginning.record.envelope.source : nil
    } handOut: { source in
      if let source { counts[source, default: 0] += 1 }
    }
    return counts.map { (source: $0.key, count: $0.value) }.sorted { $0.source < $1.source }
  }
}

/// Judges one deployment after the other over one moment of a ledger.
///
/// Some hundred are judged at once and handed out with the stored views let go of, so that however long it takes, it keeps no
/// page of the files from being used again.
final class Court {
  /// The ledger as of one moment, whatever is appended meanwhile.
  let pinned: Ledger
  let now: Instant
  let standing: StandingRows
  private let lent = LentRows()
  private let question: ComplianceQuestion
  /// What claims to be older than the ledger.
  let earlier: EarlierHistory
  /// How many deployments were passed over for their context, among those that were looked at.
  private(set) var leftOut = 0

  /// How many deployments are judged before the stored views are let go of.
  private static let judgedAtOnce = 200

  init(_ ledger: Ledger, _ question: ComplianceQuestion) throws {
    now = ledger.surroundings.now()
    pinned = try ledger.asOf == nil ? ledger.past(AsOf(size: ledger.size()), now: now) : ledger
    standing = StandingRows(in: lent, pinned.history(lent))
    let opened = try ledger.recorded(Position(0))?.recorded ?? .earliest
    let (lent, standing) = (lent, standing)
    earlier = try pinned.withRows { rows, _ in
      try lent.lending(rows) { try EarlierHistory(opened: opened, standing) }
    }
    self.question = question
  }

  /// A judge over this moment; several may share it.
  func judging(_ question: ComplianceQuestion) -> Judging {
    Judging(question, standing, asOf: now, earlier)
  }

  /// Lends how the rows stand.
  func withStanding<R>(_ body: (StandingRows) throws -> R) throws -> R {
    try pinned.withRows { rows, _ in try lent.lending(rows) { try body(standing) } }
  }

  func forEachMember<Told>(
    judge: (Population.Member) throws -> Told, handOut: (Told) throws -> Void
  ) throws {
    var population: Population?
    var isOver = false
    while !isOver {
      var told: [Told] = []
      try pinned.withRows { rows, _ in
        try lent.lending(rows) {
          var members = try population ?? Population(question, standing, earlier)
          while told.count < Self.judgedAtOnce {
            guard let member = try members.nextMember() else {
              isOver = true
              break
            }
            told.append(try judge(member))
          }
          population = members
          leftOut = members.leftOut
        }
      }
      for one in told { try handOut(one) }
    }
  }
}

extension Ledger {
  /// The evidence that a report's events name by SHA-256 and of which no file lies beside the log: verdicts rest on the
  /// digests, whether the files are here or not. By position, then by digest; what was disposed of is not missing.
  package func missingEvidence(
    of report: ComplianceReport
  ) throws -> [(position: Position, digest: String)] {
    let store = EvidenceStore(directory: layout.evidence)
    let cited = Set(report.population.flatMap { $0.evidence.map(\.position) }).sorted()
    var disposed: Set<String> = []
    try withRows { rows, _ in
      for position in try history(rows).positions(ofType: .evidenceDisposed) {
        guard case .ledger(.evidenceDisposed(let data))? = try recorded(position)?.event else { continue }
        disposed.insert(data.digest.text)
      }
    }
    var missing: [(position: Position, digest: String)] = []
    for position in cited {
      guard let event = try recorded(position) else { continue }
      for text in Set(EvidenceDigests.all(in: try JSONDocument(event.record.bytes).root)).sorted() {
        guard text.hasPrefix("sha256:"), !disposed.contains(text),
          let digest = Digest(hex: String(text.dropFirst(7))),
          !Files.exists(store.path(of: digest))
        else { continue }
        missing.append((position, text))
      }
    }
    return missing
  }
}
