extension LedgerRow {
  /// The row after one more event of the ledger's own stream; nil before the ledger is opened. Total.
  package static func evolve(_ row: LedgerRow?, by event: LedgerEvent, at moment: Moment) -> LedgerRow? {
    if case .ledgerOpened(let data) = event {
      let keys = data.keys.map { Key(use: .checkpoint, verifier: $0.verifier, from: moment) }
      return row
        ?? LedgerRow(origin: data.origin, owner: data.owner, keys: keys, seals: 0, annulments: 0)
    }
    guard var row else { return nil }
    switch event {
    case .ledgerOpened, .subjectErased, .holdPlaced, .holdReleased, .evidenceDisposed, .historyAccepted: break
    case .ledgerKeyRotated(let data):
      for index in row.keys.indices where row.keys[index].retired == nil { row.keys[index].retired = moment }
      row.keys.append(Key(use: .checkpoint, verifier: data.verifier, from: moment))
    case .ledgerSealed(let data):
      row.seals += 1
      row.sealed = Seal(treeSize: data.treeSize, rootHash: data.rootHash, moment: moment)
    case .ledgerClockSuspect(let data): row.heldTime = data.held.instant.representable
    case .eventAnnulled: row.annulments += 1
    }
    return row
  }
}
