internal import RelmDomain
internal import RelmProof

/// `supported`: early life support was there after the deployment, for long enough, and was closed with its criteria met.
///
/// Parameter: `minimum`, how long it must last after the deployment; without it, it must only be there and be closed well.
enum Supported: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) -> Judgement {
    let end: Attempt.End
    switch judged.ended() {
    case .not(let judgement): return judgement
    case .at(let event, _): end = event
    }
    let minimum = asked.minimum?.microseconds ?? 0
    let due = end.happened.advanced(byMicroseconds: minimum)
    // What was closed is judged from then on, whatever becomes of the deployment.
    let closed = judged.support.flatMap { judged.closing(of: $0.data.support)?.event.recorded }
    return judged.unlessUndone(
      by: min(due, closed ?? due), judgement(from: end.happened, minimum, due, judged))
  }

  private static func judgement(
    from end: Instant, _ minimum: Int64, _ due: Instant, _ judged: Case
  ) -> Judgement {
    guard let (opening, support) = judged.support else {
      return Duty("early life support", due: due, judged).missing
    }
    guard let (closing, data) = judged.closing(of: support.support) else {
      let until = support.until?.instant
      let last = max(due, until ?? due)
      let isOver = until != nil && last < judged.asOf
      return Judgement(
        isOver ? .overdue : .pending, "early life support \(support.support) is not closed",
        at: [opening.position], due: last)
    }
    let positions = [opening.position, closing.position]
    var reasons = data.criteria.filter { $0.result != .met }.map {
      "was closed, and the criterion '\($0.criterion)' is not met"
    }
    if data.outcome.map({ $0 != .succeeded }) ?? false { reasons.append("did not succeed") }
    let earliest = max(end, opening.happened).advanced(byMicroseconds: minimum)
    if closing.happened < earliest { reasons.append("was closed before \(earliest.rfc3339Milliseconds)") }
    let defects = reasons.map {
      Judgement(.violated, "early life support \(support.support) \($0)", at: positions, due: due)
    }
    if let broken = Judgement.broken(defects) { return broken }
    return Judgement(
      .satisfied, "early life support \(support.support) was given and closed", at: positions, due: due)
  }
}

extension Case {
  /// The last early life support for this environment or none, by when it was opened.
  fileprivate var support: (event: RecordedEvent, data: SupportOpened)? {
    events.compactMap { event -> (event: RecordedEvent, data: SupportOpened)? in
      guard case .release(.supportOpened(let data)) = event.event, event.happened <= asOf,
        data.environment.map({ $0 == environment }) ?? true
      else { return nil }
      return (event, data)
    }.max { $0.event.moment < $1.event.moment }
  }

  /// How it was closed: the last closing, by when that happened.
  fileprivate func closing(of support: String) -> (event: RecordedEvent, data: SupportClosed)? {
    events.compactMap { event -> (event: RecordedEvent, data: SupportClosed)? in
      guard case .release(.supportClosed(let data)) = event.event, event.happened <= asOf,
        data.support == support
      else { return nil }
      return (event, data)
    }.max { $0.event.moment < $1.event.moment }
  }
}
