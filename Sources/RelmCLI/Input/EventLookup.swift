internal import RelmDomain
internal import RelmLedger
internal import RelmProof

/// Verifier keys as they are typed.
enum VerifierKeys {
  /// - Throws: a usage failure where the text is none.
  static func key(_ text: String) throws -> VerifierKey {
    do {
      return try VerifierKey(text: text)
    } catch {
      throw CommandFailure(
        .usage, "--key '\(text)' is no verifier key (\(error)); 'relm init' printed it, and 'relm stats' does")
    }
  }
}

/// Finds the one event that a person means.
enum EventLookup {
  /// - Parameters:
  ///   - name: a position, or an event's id.
  ///   - source: the event's source, where several have used the id.
  /// - Throws: a failure with status 66 where there is none, 65 where there are several.
  static func find(_ name: String, source: String?, in ledger: Ledger) throws -> RecordedEvent {
    if source == nil, let number = UInt64(name), let found = try ledger.event(at: Position(number)) {
      return found
    }
    let found = try ledger.events(withID: name, source: source)
    guard let first = found.first else {
      let last = try ledger.size().lastPosition
      let positions =
        last.map { "positions are 0 to \($0.value), and no event" } ?? "there was none yet, and none"
      throw CommandFailure(.noInput, "there is no event '\(name)': \(positions) has this id")
    }
    guard found.count == 1 else {
      let sources = found.map { "\($0.position.value) from \($0.record.envelope.source)" }
      throw CommandFailure(
        .badInput,
        "\(found.count) events have the id '\(name)': \(sources.joined(separator: ", ")); name one by its position"
      )
    }
    return first
  }
}
