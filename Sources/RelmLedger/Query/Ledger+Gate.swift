package import RelmDomain
internal import RelmProjections
internal import RelmRules
package import RelmProof

/// Whether a release may go to an environment.
package struct GateQuestion: Sendable {
  package let package: String
  package let version: String
  package let environment: String

  package init(package: String, version: String, environment: String) {
    self.package = package
    self.version = version
    self.environment = environment
  }

  /// The release's stream.
  package var release: String { subject.text }

  var subject: Subject { .release(package: package, version: version) }
}

extension Ledger {
  /// What the gate says now, and the size of the log over which that was judged.
  package func judge(_ question: GateQuestion) throws -> (data: GateDecided, size: TreeSize) {
    let now = surroundings.now()
    return try withRows { rows, size in
      let state = try views.views(over: rows)
      let history = history(rows)
      func events(at positions: [Position]) throws -> [RecordedEvent] {
        try positions.filter { try Annulments.counts($0, in: rows) }.map { try history.event(at: $0) }
      }
      let standing = StandingRows(in: rows, history)
      let annulled = try standing.annulledAttempts(ofRelease: question.package, question.version)
      let releaseEvents = try standing.events(ofRelease: question.package, question.version)
      let data = try Gate.judge(
        package: question.package, version: question.version, environment: question.environment,
        events: releaseEvents,
        everything: try standing.everything(ofRelease: question.package, question.version),
        annulled: annulled.filter { !$0.annulment.independent }.map(\.attempt),
        configuration: try events(at: history.positions(mentioning: question.subject)).filter {
          $0.subject == .environment(question.environment)
        }, neighbours: try standing.neighbours(requiredIn: releaseEvents, question.environment), given: state,
        size: Int(size.value), at: now)
      return (data, size)
    }
  }

  /// The decision about a question that is the log's last event, so that judging again would rest on the same; nil where
  /// it is not, or where it has expired.
  package func lastDecision(_ question: GateQuestion) throws -> (data: GateDecided, position: Position)? {
    guard let last = try size().lastPosition, let event = try event(at: last),
      event.subject == question.subject, case .release(.gateDecided(let data)) = event.event,
      data.environment == question.environment, try lapse(of: data, at: last, question) == nil
    else { return nil }
    return (data, last)
  }

  /// Why a decision is no answer any more: it has expired, is about something else than the release is now, or the gate was
  /// closed since; nil where it still stands.
  package func lapse(
    of data: GateDecided, at position: Position, _ question: GateQuestion
  ) throws -> String? {
    if let until = data.until, until.instant <= surroundings.now() {
      return "has expired at \(until.text)"
    }
    return try withRows { rows, _ in
      let key = Releases.key(package: question.package, version: question.version)
      let release = try Releases.row(key, in: rows)
      if let scope = release?.plan?.scope.position, data.plan != scope {
        return "is of a scope that was changed at position \(scope.value)"
      }
      if let digests = release?.digests, Set(digests) != Set(data.digests) {
        return "is about other artifacts than the release has now"
      }
      if data.outcome == .open, let closed = try closing(question, after: position, rows) {
        return "was overtaken by the one at position \(closed.value), which is closed"
      }
      return nil
    }
  }

  /// Where the last decision since closed the gate; nil where there is none, or where that opened it.
  private func closing(
    _ question: GateQuestion, after position: Position, _ rows: any RowReading
  ) throws -> Position? {
    let history = history(rows)
    for later in try history.positions(inStream: question.release).reversed() where later > position {
      guard case .release(.gateDecided(let data)) = try history.event(at: later).event,
        data.environment == question.environment
      else { continue }
      return data.outcome == .closed ? later : nil
    }
    return nil
  }
}
