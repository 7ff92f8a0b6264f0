package import RelmDomain
internal import RelmHistory
internal import RelmJudging
internal import RelmViews
internal import RelmProof
internal import RelmRules

/// What is due from whom by when: what events raised, and what policies ask for after deployments.
extension Ledger {
  /// The duties of a stream, or of all that begin with it; what events raised also where it is done.
  ///
  /// What a policy asks for is judged here and now, as the report judges it: a row could not hold it, for it follows from the
  /// policies in force, the environment's context, and everything that is recorded about the release. What several policies ask
  /// for alike is one duty, by the earliest of their dates; and so is all that is asked for after what is annulled.
  ///
  /// - Parameters:
  ///   - stream: a stream, or a beginning of one; nil for all.
  ///   - isWanted: which are kept.
  package func obligations(
    under stream: String? = nil, where isWanted: (ObligationRow) -> Bool = { _ in true }
  ) throws -> [ObligationRow] {
    let release = try stream.flatMap(release(named:))
    let court = try Court(self, ComplianceQuestion(package: release?.package, version: release?.version))
    func isUnder(_ subject: String) -> Bool {
      guard let stream else { return true }
      return subject == stream || release == nil && subject.hasPrefix(stream + "/")
    }
    var (found, overrides) = ([ObligationRow](), [String: [ObligationRow]]())
    try court.pinned.forEachRow(of: Obligations.self) { row, _ in
      guard isUnder(row.subject) else { return true }
      if row.kind == .overrideRatification || row.kind == .overrideReview {
        overrides[row.subject, default: []].append(row.withLevel)
      } else if isWanted(row.withLevel) {
        found.append(row.withLevel)
      }
      return true
    }
    for (subject, rows) in overrides.sorted(by: { $0.key < $1.key }) {
      found += try court.overrideDuties(rows, of: subject).filter(isWanted)
    }
    guard try court.asksAfterwards() else { return found }
    let judging = court.judging(ComplianceQuestion())
    try court.forEachMember { member -> [ObligationRow] in
      guard isUnder(Subject.release(package: member.package, version: member.version).text) else { return [] }
      return try judging.owed(after: member)
    } handOut: { duties in
      found += duties.filter(isWanted)
    }
    return found
  }

  /// The release that a stream is; nil where it is none, or only the beginning of others' names: `release/acme/api` of
  /// `release/acme/api/2.0`.
  private func release(named stream: String) throws -> (package: String, version: String)? {
    guard case .release(let package, let version)? = Subject.named(stream),
      try !withRows({ rows, _ in try history(rows).positions(inStream: stream).isEmpty })
    else { return nil }
    return (package, version)
  }
}

extension Court {
  /// The duties about a release's overrides, as the report tells of them.
  fileprivate func overrideDuties(_ rows: [ObligationRow], of subject: String) throws -> [ObligationRow] {
    guard case .release(let package, let version)? = Subject.named(subject) else { return rows }
    let now = now
    return try withStanding { standing in
      let events = try standing.events(ofRelease: package, version)
      let uses = try standing.overrideUses(ofRelease: package, version, events, asOf: now)
      return rows.compactMap { row in
        uses.first { String($0.position.value) == row.id }.flatMap { standing.overrideDuty(row, $0, asOf: now) }
      }
    }
  }

  /// Whether any policy, in any of its versions, asks for something after a deployment.
  fileprivate func asksAfterwards() throws -> Bool {
    var asks = false
    try pinned.forEachRow(of: Policies.self) { row, _ in
      asks = row.versions.contains { $0.document.rules.contains(where: \.canBeDue) }
      return !asks
    }
    return asks
  }
}
