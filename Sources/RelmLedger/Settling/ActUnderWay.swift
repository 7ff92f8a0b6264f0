internal import RelmDomain
internal import RelmFiles

/// What an act is to change outside the log, while its event is being recorded: see <doc:BesideTheLog>.
package final class ActUnderWay {
  /// The id that its event must have.
  package let id: String
  private let act: PendingAct
  private let place: BuildPlace
  private let ledger: Ledger

  init(_ change: PendingAct.Change, source: String, in ledger: Ledger) throws {
    guard !ledger.isReadOnly else {
      throw LedgerError(.readOnly, "the ledger at \(ledger.layout.root) may not be written to")
    }
    let surroundings = ledger.surroundings
    id = UUIDText(version7: surroundings.now(), random: surroundings.random()).text
    act = PendingAct(change: change, source: source, id: id)
    place = try act.place(in: ledger.layout)
    self.ledger = ledger
  }

  /// The event is recorded: it takes effect.
  package func take() throws {
    try act.take(in: ledger.layout, ledger.vault)
    try place.remove()
  }

  /// The event was refused: nothing is left of it.
  package func drop() throws {
    try act.drop(in: ledger.layout)
    try place.remove()
  }
}
