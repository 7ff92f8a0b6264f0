internal import RelmDomain
package import RelmProof

extension Ledger {
  /// Where the record stands that says that a file of the evidence was disposed of; nil where none says so.
  package func disposal(of digest: Digest) throws -> Position? {
    var filter = EventFilter()
    filter.type = EventType.evidenceDisposed.rawValue
    var found: Position?
    try forEachEvent(filter) { event in
      guard case .ledger(.evidenceDisposed(let data)) = event.event, data.digest.text == "sha256:" + digest.hex
      else {
        return true
      }
      found = event.position
      return false
    }
    return found
  }
}
