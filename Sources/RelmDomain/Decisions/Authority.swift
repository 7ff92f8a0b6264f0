/// Who may do what, as the log says it so far. It comes into a decision as a value; the core looks nothing up.
///
/// For now the only authority is the owner whom `ledger.opened` names, at level 6.
package struct Authority: Sendable, Equatable {
  /// The person with authority at level 6 from the beginning; nil before the ledger is opened.
  package let owner: PersonID?

  package init(owner: PersonID?) { self.owner = owner }

  /// The highest level at which a person may act at that time; nil where they have no authority.
  package func level(of person: PersonID, at time: Instant) -> Int? { person == owner ? 6 : nil }

  /// Who may act at a level at that time, for a refusal to name.
  package func holders(atLeast level: Int, at time: Instant) -> [PersonID] { owner.map { [$0] } ?? [] }
}
