package import RelmProof

/// In which order the steps of one attempt follow each other: that is known without a clock.
extension AttemptEvent {
  /// A part of an attempt.
  enum Part {
    /// It begins; something happens in its course; it ends.
    case beginning, course, end
    /// What is possible once it has ended: it is taken back, or a condition of it is met.
    case aftermath
    /// What belongs to it whenever it happened: what a review has found, and what was done about it.
    case beside
  }

  /// The part that a step belongs to.
  var part: Part {
    switch step {
    case .started, .offered: .beginning
    case .progressed, .advised: .course
    case .finished, .accepted, .rejected: .end
    case .rolledBack, .removed, .conditionMet: .aftermath
    case .found, .acted: .beside
    }
  }
}

/// What claimed times say against the order of the steps of an attempt.
///
/// Clocks differ, and are set wrong. What ended is over all the same: an end that is dated before its beginning counts from
/// the beginning on, and what was taken back, from the end on. That the times contradict it is a finding.
package struct StepOrder {
  /// The steps that are dated before one that they follow, by a second at least.
  package private(set) var skews: [Skew] = []
  /// From when on steps count that are dated earlier.
  private var moved: [Position: Instant] = [:]

  /// - Parameter events: of a release, or of an attempt, that count, in the order of their positions.
  package init(of events: [RecordedEvent]) {
    var attempts: [String: [(step: AttemptEvent, event: RecordedEvent)]] = [:]
    var names: [String] = []
    for event in events {
      guard case .release(let said) = event.event, let step = said.attempt else { continue }
      if attempts[step.inWords] == nil { names.append(step.inWords) }
      attempts[step.inWords, default: []].append((step, event))
    }
    for name in names { order(attempts[name] ?? []) }
    skews.sort { $0.event < $1.event }
  }

  /// When an event happened, as far as the order of its attempt lets it.
  package func moment(of event: RecordedEvent) -> Moment {
    Moment(at: moved[event.position] ?? event.moment.at, position: event.position)
  }

  private mutating func order(_ steps: [(step: AttemptEvent, event: RecordedEvent)]) {
    let beginning = steps.first { $0.step.part == .beginning }?.event
    let end = steps.first { $0.step.part == .end }?.event
    if let end { follow(end, beginning) }
    for (step, event) in steps where event.position != end?.position {
      switch step.part {
      case .beginning, .beside: break
      case .course, .end: follow(event, beginning)
      case .aftermath: follow(event, end ?? beginning)
      }
    }
  }

  private mutating func follow(_ event: RecordedEvent, _ earlier: RecordedEvent?) {
    guard let earlier else { return }
    let from = moment(of: earlier).at
    if event.moment.at < from { moved[event.position] = from }
    let seconds = event.happened.seconds(to: earlier.happened)
    guard seconds > 0 else { return }
    skews.append(Skew(event: event.position, follows: earlier.position, seconds: seconds))
  }
}

extension AttemptRow {
  /// How a step is dated that is about to be told: the step beside which its time cannot be, and by how many seconds it is
  /// dated before it, or as the beginning after it; nil where clocks and order agree.
  package func skew(of step: AttemptEvent, at happened: Instant) -> (mark: Mark, seconds: Int)? {
    func gap(_ mark: Mark?, _ seconds: (Mark) -> Int) -> (mark: Mark, seconds: Int)? {
      guard let mark, seconds(mark) > 0 else { return nil }
      return (mark, seconds(mark))
    }
    switch step.part {
    case .beginning: return gap(ended ?? rejected) { $0.at.seconds(to: happened) }
    case .course, .end: return gap(begun) { happened.seconds(to: $0.at) }
    case .aftermath: return gap(ended ?? begun) { happened.seconds(to: $0.at) }
    case .beside: return nil
    }
  }

  /// Where what was told of it stands, but for one event; of what was told again and again the last.
  package func others(than position: Position) -> [Position] {
    let marks = [begun, progressed, ended, rejected, rolledBack, removed].compactMap { $0?.position }
    return Set(marks).subtracting([position]).sorted()
  }
}

extension AttemptEvent {
  /// Whether an attempt begins with it.
  package var isBeginning: Bool { part == .beginning }
}
