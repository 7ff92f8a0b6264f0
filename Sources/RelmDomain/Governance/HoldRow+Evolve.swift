extension HoldRow {
  /// The row after a hold was placed or released; nil before it was placed. Total.
  package static func evolve(_ row: HoldRow?, by event: LedgerEvent, at moment: Moment) -> HoldRow? {
    switch event {
    case .holdPlaced(let data):
      return row
        ?? HoldRow(
          hold: data.hold, persons: data.persons, evidence: data.evidence, subjects: data.subjects,
          everything: data.everything ?? false, ground: data.ground, placed: moment,
          until: data.until?.instant.representable)
    case .holdReleased:
      guard var row else { return nil }
      row.released = row.released ?? moment
      return row
    case .ledgerOpened, .ledgerKeyRotated, .ledgerSealed, .ledgerClockSuspect, .eventAnnulled, .subjectErased,
      .evidenceDisposed, .historyAccepted:
      return row
    }
  }
}
