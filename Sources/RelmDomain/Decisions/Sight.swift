package import RelmProof

/// Somebody's look at an environment, and whose word it goes over.
///
/// Anybody may say what they saw, and that adds to what is known. That something is not there any more, or is there after all,
/// where another saw otherwise, counts only from them, from a service account that somebody answers for, as observers are, and
/// from whoever has the level there that the record expects.
package struct Sight {
  private let by: PersonID
  private let recorded: Instant
  private let position: Position

  /// - Parameters:
  ///   - by: who recorded it.
  ///   - recorded: when.
  ///   - position: where it stands.
  package init(by: PersonID, recorded: Instant, position: Position) {
    self.by = by
    self.recorded = recorded
    self.position = position
  }

  package func goesOver(
    _ other: PersonID?, in context: Context, given state: some LedgerState
  ) throws -> Bool {
    let authority = Authority(state, at: recorded, before: position)
    if let other, try authority.isSame(by, other) { return true }
    if let row = try state.person(by), row.kind == .service { return row.owner != nil }
    let scope = ActScope(contexts: [context], services: nil, packages: nil)
    let level = EventCatalogue.description(of: .environmentObserved).level
    return try authority.held(by: by, for: scope).map { $0.level >= level } ?? false
  }
}
