/// What ended is over, whatever its clock says.
///
/// An attempt begins once and ends once, and either may be told first. The row knows of which attempts it has heard only one
/// half; what is told next of such a one is placed by that. An end that is dated before its beginning counts from the
/// beginning on, and a beginning that is told after its end begins nothing.
extension ReleaseRow {
  /// When a step counts as having happened; nil for the beginning of what is over.
  mutating func place(_ event: AttemptEvent, at moment: Moment) -> Moment? {
    switch event.part {
    case .beginning:
      guard let other = half(of: event) else {
        halves.append(Half(attempt: event.inWords, isOver: false, moment: moment))
        return moment
      }
      guard halves[other].isOver else { return moment }
      halves.remove(at: other)
      return nil
    case .end:
      guard let other = half(of: event) else {
        halves.append(Half(attempt: event.inWords, isOver: true, moment: moment))
        return moment
      }
      guard !halves[other].isOver else { return moment }
      return moment.notBefore(halves.remove(at: other).moment)
    case .course, .aftermath, .beside: return moment
    }
  }

  private func half(of event: AttemptEvent) -> Int? {
    let attempt = event.inWords
    return halves.firstIndex { $0.attempt == attempt }
  }

  /// Counts the beginning of what is over: it changes nothing else.
  mutating func countBeginning(_ event: AttemptEvent) {
    switch event {
    case .buildStarted: builds?.counts.started += 1
    case .testStarted: tests?.counts.started += 1
    case .deploymentStarted(let data):
      deployments?.counts.started += 1
      if data.override != nil { overrides?.used += 1 }
    case .supportOpened: support?.opened += 1
    case .reviewOpened: reviews?.opened += 1
    case .handoverOffered: handovers?.offered += 1
    case .buildFinished, .testFinished, .deploymentProgressed, .deploymentFinished, .deploymentRolledback,
      .deploymentRemoved, .handoverAccepted, .handoverRejected, .handoverConditionMet, .supportAdvised,
      .supportClosed, .reviewFindingRecorded, .reviewActionRaised, .reviewActionCompleted, .reviewClosed:
      break
    }
  }
}

extension Moment {
  /// The same, and no earlier than another.
  func notBefore(_ other: Moment?) -> Moment {
    Moment(at: max(at, other?.at ?? at), position: position)
  }
}
