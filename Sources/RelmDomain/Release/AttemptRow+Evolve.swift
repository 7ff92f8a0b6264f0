extension AttemptRow {
  /// The row after one more event of the attempt. Total. Of what is said twice the first stands; but where another tells of a deployment
  /// that it began, ended otherwise or was taken back, that was only taken as they have standing and who told it first has not, and so goes over it.
  package static func evolve(
    _ row: AttemptRow?, package: String, version: String, by event: AttemptEvent, at moment: Moment,
    person: PersonID?
  ) -> AttemptRow {
    var row = row ?? AttemptRow(package: package, version: version, kind: event.kind, id: event.id)
    row.environment = row.environment ?? event.environment
    row.suite = row.suite ?? event.suite
    row.initiator = row.initiator ?? event.initiator
    let digests = event.digests
    if !digests.isEmpty { row.digests = digests }
    row.apply(event, Mark(at: moment.at, position: moment.position, by: person))
    return row
  }

  private mutating func apply(_ event: AttemptEvent, _ mark: Mark) {
    switch event {
    case .buildStarted, .testStarted:
      begun = begun ?? mark
    case .deploymentStarted(let data):
      begun = begun.flatMap { $0.by == mark.by ? $0 : nil } ?? mark
      deploymentKind = data.kind ?? deploymentKind
    case .buildFinished(let data):
      end(data.outcome, mark)
    case .testFinished(let data):
      end(data.outcome, mark)
    case .deploymentFinished(let data):
      if let ended, ended.by != mark.by, outcome != data.outcome { self.ended = nil }
      end(data.outcome, mark)
      deploymentKind = data.kind ?? deploymentKind
    case .deploymentRolledback(let data):
      rolledBack = rolledBack.flatMap { $0.by == mark.by ? $0 : nil } ?? mark
      restores = restores ?? data.restores
    case .deploymentRemoved:
      removed = removed.flatMap { $0.by == mark.by ? $0 : nil } ?? mark
    case .handoverOffered(let data):
      guard begun == nil else { return }
      begun = mark
      to = data.to
      party = data.party
    case .handoverAccepted:
      ended = ended ?? mark
    case .handoverRejected:
      rejected = rejected ?? mark
    case .handoverConditionMet: break
    case .deploymentProgressed(let data):
      guard progressed.map({ $0.at <= mark.at }) ?? true else { return }
      progressed = mark
      share = data.share ?? share
      progress =
        switch data.decision {
        case .continue: .continue
        case .hold: .hold
        case .abort: .abort
        }
    case .supportOpened, .reviewOpened:
      begun = begun ?? mark
    case .supportAdvised, .reviewFindingRecorded, .reviewActionRaised, .reviewActionCompleted:
      entries = (entries ?? 0) + 1
    case .supportClosed(let data):
      end(data.outcome ?? (data.criteria.allSatisfy { $0.result == .met } ? .succeeded : .failed), mark)
    case .reviewClosed(let data):
      end(data.outcome == .unsuccessful ? .failed : .succeeded, mark)
    }
  }

  private mutating func end(_ outcome: Outcome, _ mark: Mark) {
    guard ended == nil else { return }
    ended = mark
    self.outcome = outcome
  }
}

extension AttemptRow {
  /// Whether a deployment has neither ended nor been taken back, whatever is told of it after that.
  package var isUnderWay: Bool { ended == nil && rolledBack == nil && removed == nil }
}
