package import RelmDomain
package import RelmHistory
internal import RelmProof
package import RelmRules
internal import RelmViews

/// What claims to be older than the ledger, and whether it is taken for that.
///
/// Whoever opens a ledger may bring along what was there: within a day, or from a source whose history somebody with
/// unlimited level 6 has accepted. Anything else that claims such a time would only escape being judged.
package struct EarlierHistory {
  private let opened: Instant
  private let acceptances: [(source: String, before: Position, until: Instant?)]

  /// How long after its opening a ledger takes earlier history from anybody.
  private static let graceMicroseconds: Int64 = 86_400_000_000

  /// - Parameters:
  ///   - opened: when the ledger was opened.
  ///   - standing: how its rows stand.
  package init(opened: Instant, _ standing: StandingRows) throws {
    self.opened = opened
    let end = standing.before(Position(.max))
    acceptances = try standing.history.positions(ofType: .historyAccepted).compactMap { position in
      guard try standing.history.counts(position) else { return nil }
      let event = try standing.history.event(at: position)
      guard case .ledger(.historyAccepted(let data)) = event.event, try Self.isUnlimited(event, given: end)
      else {
        return nil
      }
      return (data.source, position, data.until?.instant)
    }
  }

  /// Whether a deployment claims to be older than the ledger, with all that is told of it. What is rolled back stands in the
  /// log, so what comes in its place is no older.
  func claims(_ attempt: Attempt) -> Bool { !attempt.isRestoration && attempt.claimedLast < opened }

  /// Whether an event claims to have happened before there was a ledger.
  func claims(_ event: RecordedEvent) -> Bool { event.happened < opened }

  /// Whether it does and was recorded too late to be taken at its word, and nobody has accepted what its source tells.
  package func isUnaccepted(_ attempt: Attempt) -> Bool {
    guard claims(attempt), opened.advanced(byMicroseconds: Self.graceMicroseconds) < attempt.beginning.recorded
    else {
      return false
    }
    return !isAccepted(attempt)
  }

  /// Whether somebody has accepted what its source tells.
  func isAccepted(_ attempt: Attempt) -> Bool {
    let beginning = attempt.beginning
    return acceptances.contains { acceptance in
      acceptance.source == beginning.record.envelope.source
        && (beginning.position < acceptance.before || acceptance.until.map { beginning.recorded < $0 } ?? false)
    }
  }

  /// Whether a record was made by somebody with level 6 for everything.
  private static func isUnlimited(_ event: RecordedEvent, given state: some LedgerState) throws -> Bool {
    guard let person = event.person else { return false }
    let authority = Authority(state, at: event.recorded, before: event.position)
    return try [Context.development, .production].allSatisfy { context in
      let everything = ActScope(contexts: [context], services: nil, packages: nil)
      return try authority.held(by: person, for: everything)?.level == 6
    }
  }
}
