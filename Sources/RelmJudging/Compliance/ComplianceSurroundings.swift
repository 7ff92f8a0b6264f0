package import RelmViews
package import RelmDomain
internal import RelmProof

/// What an auditor asks besides the deployments: who changed the rules, who may act, and whether what is recorded agrees
/// with what was seen.
package struct ComplianceSurroundings {
  package let governance: [ComplianceReport.Change]
  package let authority: [ComplianceReport.Holder]
  package let reconciliation: [ComplianceReport.Discrepancy]

  /// - Parameters:
  ///   - question: whose period, package and environment are looked at.
  ///   - rows: of the views, as of the moment that is asked about.
  ///   - history: the events behind them.
  ///   - asOf: the as-of time.
  package init(
    _ question: ComplianceQuestion, in rows: any RowReading, _ history: History, asOf: Instant
  ) throws {
    governance = try Self.changes(question, rows, history)
    authority = try Self.holders(question, rows, asOf)
    reconciliation = try Reconciliation(question, in: rows, history).discrepancies()
  }

  /// The types of events that change who may do what, under which rules.
  private static let governing: [EventType] = [
    .ledgerOpened, .ledgerKeyRotated, .ledgerSealed, .ledgerClockSuspect, .eventAnnulled, .subjectErased,
    .holdPlaced, .holdReleased, .evidenceDisposed, .historyAccepted, .personLinked, .personLinkConfirmed,
    .personNamed, .authorityGranted, .authorityRevoked, .authorityReviewed, .policyAdopted, .policyReviewed,
    .policyRetired, .procedurePublished,
    .procedureReviewed, .procedureRetired, .environmentRegistered, .environmentRetired, .freezeDeclared,
    .freezeLifted, .waiverGranted, .waiverRevoked, .overrideDeclared,
  ]

  /// Changes recorded in the period, those that do not count any more among them.
  private static func changes(
    _ question: ComplianceQuestion, _ rows: any RowReading, _ history: History
  ) throws -> [ComplianceReport.Change] {
    let words = GovernanceWords(history: history)
    return try governing.flatMap { try history.positions(ofType: $0) }.sorted().compactMap { position in
      let event = try history.event(at: position)
      guard question.spans(event.recorded), concerns(question, event.subject) else { return nil }
      return ComplianceReport.Change(
        position: position, type: event.record.envelope.type, subject: event.record.envelope.stream,
        what: try words.words(of: event), happened: event.happened.representable, recorded: event.recorded,
        by: event.person,
        annulled: try Annulments.annulling(position, in: rows).first)
    }
  }

  /// Whether a stream belongs to a report about one package or environment: its own, and those of the whole house.
  private static func concerns(_ question: ComplianceQuestion, _ subject: Subject?) -> Bool {
    switch subject {
    case .release(let package, let version)?:
      (question.package.map { $0 == package } ?? true) && (question.version.map { $0 == version } ?? true)
    case .environment(let name)?: question.environment.map { $0 == name } ?? true
    case .service, .policy, .procedure, .capability, .person, .incident, .ledger, nil: true
    }
  }

  /// Grants whose time touches the period, and without one those in force at the report's time.
  private static func holders(
    _ question: ComplianceQuestion, _ rows: any RowReading, _ asOf: Instant
  ) throws -> [ComplianceReport.Holder] {
    let from = min(question.from ?? asOf, asOf)
    let until = question.until.map { min($0, asOf) } ?? asOf
    var holders: [ComplianceReport.Holder] = []
    try rows.scan(People.table, prefix: []) { key, value in
      let row = try People.decode(value, at: key)
      for grant in row.grants {
        let end = [grant.until, grant.revoked?.at].compactMap { $0 }.min()
        guard grant.from <= until, end.map({ from < $0 }) ?? true,
          !Set(grant.contexts).isDisjoint(with: question.context.contexts)
        else { continue }
        holders.append(
          ComplianceReport.Holder(
            person: row.person, level: grant.level, contexts: grant.contexts, services: grant.services,
            packages: grant.packages, from: grant.from, until: grant.until, grant: grant.position,
            by: grant.by, delegatedFrom: grant.delegatedFrom, reviewBy: grant.reviewBy,
            revoked: grant.revoked,
            inForce: grant.from <= asOf && grant.revoked == nil && (grant.until.map { asOf < $0 } ?? true)))
      }
      return true
    }
    return holders.sorted { $0.grant < $1.grant }
  }
}
