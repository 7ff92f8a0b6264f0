package import RelmDomain
internal import RelmViews
internal import RelmVault

/// What the vault says of people and the log decides: what they are called, and that they are erased.
extension Ledger {
  /// All pseudonyms of the human behind one: of linked accounts, the one that stands for the human first.
  package func accounts(of person: PersonID) throws -> [PersonID] {
    try withRows { rows, _ in
      let row = try People.row(People.key(person), in: rows)
      let main = row?.human ?? person
      let others = try (main == person ? row : People.row(People.key(main), in: rows))?.accounts ?? []
      var all = [main]
      for account in others + [person] where !all.contains(account) { all.append(account) }
      return all
    }
  }

  /// A name that somebody is to be given once its event is recorded.
  ///
  /// - Throws: `VaultError` where it is no name, or stands for somebody else; ``LedgerError``.
  package func beginNaming(_ person: PersonID, _ name: String, source: String) throws -> ActUnderWay {
    let own = Set(try accounts(of: person))
    // Under the vault's lock, so that of two who are to have one name at the same time one is told.
    return try vault.withoutChanges {
      let others = try PendingAct.all(in: layout).compactMap { entry -> (name: String, person: PersonID)? in
        guard case .name(let name, let person) = entry.act.change else { return nil }
        return (name, person)
      }
      try vault.checkName(name, of: own, besides: others)
      return try ActUnderWay(.name(name, of: person), source: source, in: self)
    }
  }

  /// Erases from the vault whom the log says is erased.
  ///
  /// - Parameter people: who was just erased, or is to be erased once more, because an old copy was put back.
  package func finishErasure(of people: [PersonID]) throws {
    try settling.finishErasures(in: vault)
    for person in people where try vault.tells(of: person) { try vault.erase(person) }
  }

  /// Disposes of what the log says is disposed of.
  package func finishDisposals() throws { try settling.dispose() }

  private var settling: Settling {
    Settling(layout: layout, log: log, views: views, isReadOnly: isReadOnly)
  }
}
