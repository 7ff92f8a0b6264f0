package import RelmProof

/// Who tells of a deployment, and whether anything shows that they could have made it.
///
/// Anybody may tell of one. A stranger's word takes nobody's place who has standing: a service account that somebody answers for, whoever
/// has the level that the record expects, and who declared an override of the release.
package struct Narrator {
  private let by: PersonID?
  private let recorded: Instant
  private let position: Position?

  /// - Parameters:
  ///   - by: who tells of it.
  ///   - recorded: when that was recorded.
  ///   - position: where it stands; nil for what is said now.
  package init(by: PersonID?, recorded: Instant, position: Position?) {
    self.by = by
    self.recorded = recorded
    self.position = position
  }

  /// Whether they are a stranger to a deployment.
  ///
  /// - Parameters:
  ///   - scope: what the deployment reaches to.
  ///   - declarers: who declared the overrides of its release.
  ///   - state: the rows; who is whose account is taken from them.
  package func isStranger(
    to scope: ActScope, _ declarers: [PersonID], given state: some LedgerState
  ) throws -> Bool {
    guard let by else { return true }
    if let row = try state.person(by), row.kind == .service { return row.owner == nil }
    let authority =
      position.map { Authority(state, at: recorded, before: $0) } ?? Authority(state, at: recorded)
    if try declarers.contains(where: { try authority.isSame($0, by) }) { return false }
    let level = EventCatalogue.description(of: .deploymentStarted).level
    return try authority.held(by: by, for: scope).map { $0.level < level } ?? true
  }
}
