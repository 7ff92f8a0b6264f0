internal import RelmDomain
internal import RelmLedger
internal import RelmProof
internal import RelmReports
internal import RelmVault

extension Reader {
  /// A reader who sees the names and the sealed words that this ledger's vault gives.
  init(of ledger: Ledger) {
    let names = Names(ledger.vault)
    self.init(
      name: { try names.text($0.text) },
      open: { position, pointer in
        guard let event = try ledger.recorded(position) else { return nil }
        let document = try JSONDocument(event.record.bytes)
        guard let node = document.root.places(at: pointer.split(separator: "/")).first?.node else { return nil }
        let envelope = event.record.envelope
        let place = SealedPlace(source: envelope.source, id: envelope.id, pointer: pointer)
        switch try ledger.vault.open(document.canonicalBytes(of: node), at: place) {
        case .text(let text): return text
        case .erased, .unreadable: return nil
        }
      })
  }
}
