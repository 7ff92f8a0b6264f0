package import RelmProof

/// What an act reaches to, and so what authority for it has to cover.
package struct ActScope: Sendable, Equatable {
  /// The contexts in which it has effect; none where it belongs to no context.
  package var contexts: [Context]
  /// The services that it concerns; nil for all of them, none where it concerns no service in particular.
  package var services: [String]?
  /// The packages that it concerns; nil for all of them.
  package var packages: [String]?

  package init(contexts: [Context] = [], services: [String]? = [], packages: [String]? = []) {
    self.contexts = contexts
    self.services = services
    self.packages = packages
  }

  /// What concerns everything: people, the ledger itself, its keys and holds. Only authority without limit covers it.
  package static let everything = ActScope(contexts: Context.allCases, services: nil, packages: nil)

  /// What reaches as far as both do.
  func union(_ other: ActScope) -> ActScope {
    func both(_ one: [String]?, _ two: [String]?) -> [String]? {
      guard let one, let two else { return nil }
      return one + two.filter { !one.contains($0) }
    }
    return ActScope(
      contexts: Context.allCases.filter { contexts.contains($0) || other.contexts.contains($0) },
      services: both(services, other.services), packages: both(packages, other.packages))
  }

  /// The scope for a reader: " in production for payments-api", or nothing.
  package var inWords: String {
    if self == .everything { return " for everything, without limit" }
    var words = contexts.isEmpty ? "" : " in " + contexts.map(\.rawValue).joined(separator: " and ")
    let what = (packages ?? []) + (services ?? []).map { "service \($0)" }
    if packages == nil || services == nil, what.isEmpty { return words }
    if !what.isEmpty { words += " for " + what.joined(separator: ", ") }
    return words
  }
}

/// Who may do what at one moment, as the views say it.
///
/// One human may have several accounts. A link tells them for one human at once, where duties are kept apart; the authority
/// of one is the other's only once the one has confirmed the link, or a second level 6 has. Service accounts have none, and
/// neither has who is erased. A delegated grant is in force while the grant is in force that it is delegated from.
package struct Authority<State: LedgerState> {
  let state: State
  let time: Instant
  /// Where the record stands for which it is asked; nil for one that does not stand yet, and so for now.
  let line: Position?

  /// - Parameters:
  ///   - state: the rows; they may know of what was granted and revoked later.
  ///   - time: when the record in question was made.
  ///   - line: where it stands. What stands later had not been said: a grant gives nothing yet, and a revocation takes
  ///     nothing away. nil for now, when everything that the rows know has been said.
  package init(_ state: State, at time: Instant, before line: Position? = nil) {
    self.state = state
    self.time = time
    self.line = line
  }

  /// A grant that is in force, and how far it reaches.
  package struct Held: Sendable, Equatable {
    package let level: Int
    /// Where the grant stands.
    package let grant: Position
    package let isDelegated: Bool
  }

  /// The highest authority that a person has for a scope; nil where they have none.
  package func held(by person: PersonID, for scope: ActScope) throws -> Held? {
    var best: Held?
    for row in try lenders(to: person) {
      for grant in row.grants where grant.covers(scope) && grant.level > best?.level ?? 0 {
        guard try isInForce(grant) else { continue }
        best = Held(level: grant.level, grant: grant.position, isDelegated: grant.delegatedFrom != nil)
      }
    }
    return best
  }

  /// By whose grants a person may act: their own, and those of linked accounts that have lent theirs. Service accounts and
  /// people who are erased have none.
  private func lenders(to person: PersonID) throws -> [PersonRow] {
    guard let row = try state.person(person), row.kind == .human, !isGone(row) else { return [] }
    return try [row]
      + row.links.compactMap { link in
        guard let other = try state.person(link.account), other.kind == .human, !isGone(other),
          other.links.contains(where: { $0.account == person && ($0.lent.map(isSaid) ?? false) })
        else { return nil }
        return other
      }
  }

  /// Whether an erasure of somebody has been said.
  private func isGone(_ row: PersonRow) -> Bool { row.erased.map { isSaid($0.position) } ?? false }

  /// Who holds a level for a scope, for a refusal to name.
  package func holders(of level: Int, for scope: ActScope) throws -> [PersonID] {
    try state.people().filter { row in
      guard row.kind == .human, !isGone(row) else { return false }
      for grant in row.grants where grant.level >= level && grant.covers(scope) {
        if try isInForce(grant) { return true }
      }
      return false
    }.map(\.person)
  }

  /// Whether a grant has effect: its time has come and is not over, it is not revoked, and neither is what it was
  /// delegated from. Grants and revocations are acts, and count in the log's order.
  package func isInForce(_ grant: PersonRow.Grant) throws -> Bool {
    guard isSaid(grant.position), !(grant.revoked.map { isSaid($0.position) } ?? false), grant.from <= time,
      grant.until.map({ time < $0 }) ?? true
    else { return false }
    guard let origin = grant.delegatedFrom else { return true }
    // Delegation goes one step; what it goes back to is nobody's delegation.
    guard let (holder, source) = try self.grant(at: origin), source.delegatedFrom == nil,
      try state.person(holder).map({ !isGone($0) }) ?? false
    else { return false }
    return try isInForce(source)
  }

  private func isSaid(_ position: Position) -> Bool { line.map { position < $0 } ?? true }

  /// The grant that stands at a position, and whose it is; nil where there is none, or it was annulled.
  package func grant(at position: Position) throws -> (person: PersonID, grant: PersonRow.Grant)? {
    guard try state.counts(position), let event = try state.event(at: position) else { return nil }
    var holder: PersonID?
    if case .ledger(.ledgerOpened(let data)) = event.event { holder = data.owner }
    if case .person(.authorityGranted) = event.event, case .person(let person)? = event.subject {
      holder = person
    }
    guard let holder else { return nil }
    return try state.person(holder)?.grants.first { $0.position == position }.map { (holder, $0) }
  }

  /// Whether two pseudonyms stand for one human, as far as is known.
  package func isSame(_ one: PersonID, _ other: PersonID) throws -> Bool {
    guard one != other else { return true }
    return try human(of: one) == human(of: other)
  }

  /// Whether what an account says is somebody's word: theirs, by whichever account, or of a service account that they own.
  package func answers(_ person: PersonID, for account: PersonID) throws -> Bool {
    if try isSame(person, account) { return true }
    guard let row = try state.person(account), row.kind == .service, let owner = row.owner else { return false }
    return try isSame(person, owner)
  }

  /// The pseudonym that stands for the human behind an account.
  package func human(of person: PersonID) throws -> PersonID {
    try state.person(person)?.human ?? person
  }

  /// Whether an account is a service account.
  package func isService(_ person: PersonID) throws -> Bool { try state.person(person)?.kind == .service }

  /// Whether somebody would hold level 6 without end or limit if a grant were not in force.
  package func standsWithout(_ grant: Position) throws -> Bool {
    try stands { _, held in held.position != grant }
  }

  /// Whether somebody else than a person holds level 6 without end or limit.
  package func standsWithout(_ person: PersonID) throws -> Bool {
    try stands { row, _ in row.person != person }
  }

  private func stands(where counts: (PersonRow, PersonRow.Grant) -> Bool) throws -> Bool {
    for row in try state.people() where row.kind == .human && row.erased == nil {
      for held in row.grants where held.isStanding && counts(row, held) {
        if try isInForce(held) { return true }
      }
    }
    return false
  }
}

extension PersonRow.Grant {
  /// Whether it reaches as far as an act does.
  package func covers(_ scope: ActScope) -> Bool {
    guard scope.contexts.allSatisfy(contexts.contains) else { return false }
    return Self.covers(services, scope.services) && Self.covers(packages, scope.packages)
  }

  private static func covers(_ granted: [String], _ asked: [String]?) -> Bool {
    if granted.isEmpty { return true }
    guard let asked else { return false }
    return asked.allSatisfy { name in granted.contains { $0.utf8.elementsEqual(name.utf8) } }
  }

  /// Whether it is level 6 that neither ends nor is limited nor delegated: of these there is always one.
  package var isStanding: Bool {
    level == 6 && until == nil && delegatedFrom == nil && services.isEmpty && packages.isEmpty
      && contexts.contains(.production) && contexts.contains(.development)
  }
}
