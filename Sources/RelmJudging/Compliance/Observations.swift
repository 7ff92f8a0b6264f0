internal import RelmViews
internal import RelmDomain
internal import RelmProof

/// What was seen running in environments, for one deployment after another: read as far as it is asked for, and kept while
/// deployments near each other ask.
struct Observations {
  private var positions: [String: [Position]] = [:]
  private var known: [Position: RecordedEvent?] = [:]

  /// How many events are kept.
  private static let kept = 8_192

  /// The observations of an environment that count and were recorded from one time to another, in the order of the log.
  package mutating func events(
    of environment: String, recordedFrom first: Instant, to last: Instant, _ history: History
  ) throws -> ArraySlice<RecordedEvent> {
    let stream = Subject.environment(environment).text
    let all = try positions[environment] ?? history.positions(inStream: stream)
    positions[environment] = all
    // Times of recording never run backwards.
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      if try history.event(at: all[middle]).recorded < first { low = middle + 1 } else { high = middle }
    }
    var found: [RecordedEvent] = []
    for position in all[low...] {
      guard let event = try observation(at: position, history) else { continue }
      guard event.recorded <= last else { break }
      found.append(event)
    }
    return found[...]
  }

  /// The observation at a position that counts; nil for an event of another kind.
  private mutating func observation(at position: Position, _ history: History) throws -> RecordedEvent? {
    if let event = known[position] { return event }
    let event = try history.event(at: position)
    var observation: RecordedEvent?
    if case .environment(.environmentObserved) = event.event, try history.counts(position) {
      observation = event
    }
    if known.count >= Self.kept { known.removeAll(keepingCapacity: true) }
    known[position] = .some(observation)
    return observation
  }
}
