internal import RelmDomain
internal import RelmViews
package import RelmProof

extension Ledger {
  /// Where a file is attached to a stream already, by its content: whoever did so, under whatever name. nil where it is not,
  /// or where that does not count any more.
  ///
  /// - Parameters:
  ///   - digest: of the file.
  ///   - stream: the subject's text.
  package func attachment(of digest: Digest, to stream: String) throws -> Position? {
    var filter = EventFilter()
    filter.stream = stream
    filter.type = EventType.documentAttached.rawValue
    var found: Position?
    try forEachEvent(filter) { event in
      guard case .release(.documentAttached(let data)) = event.event,
        data.evidence.digest.text == "sha256:" + digest.hex,
        try standing(of: event.position).annulledBy.isEmpty
      else { return true }
      found = event.position
      return false
    }
    return found
  }
}
