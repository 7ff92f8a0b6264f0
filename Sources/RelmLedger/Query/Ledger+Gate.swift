package import RelmDomain
internal import RelmHistory
internal import RelmJudging
internal import RelmViews
package import RelmRules
package import RelmProof

/// Whether a release may go to an environment.
package struct GateQuestion: Sendable {
  package let package: String
  package let version: String
  package let environment: String
  /// The id of the deployment for which it is asked; nil where that is not known.
  package let deployment: String?

  package init(package: String, version: String, environment: String, deployment: String? = nil) {
    self.deployment = deployment
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
  package func judge(_ question: GateQuestion) throws -> (verdict: Gate.Verdict, size: TreeSize) {
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
      let verdict = try Gate.judge(
        package: question.package, version: question.version, environment: question.environment,
        events: releaseEvents,
        everything: try standing.everything(ofRelease: question.package, question.version),
        annulled: annulled.filter { !$0.annulment.independent }.map(\.attempt),
        strangers: try standing.strangers(ofRelease: question.package, question.version),
        apart: try standing.apart(ofRelease: question.package, question.version),
        configuration: try events(at: history.positions(mentioning: question.subject)).filter {
          $0.subject == .environment(question.environment)
        }, neighbours: try standing.neighbours(requiredIn: releaseEvents, question.environment),
        deployment: question.deployment, given: state, size: Int(size.value), at: now)
      return (verdict, size)
    }
  }

  /// The decision about a question that is the log's last event, so that judging again would rest on the same; nil where
  /// it is not.
  package func lastDecision(_ question: GateQuestion) throws -> EarlierDecision? {
    guard let last = try size().lastPosition, let event = try event(at: last) else { return nil }
    return EarlierDecision(event, question)
  }

  /// The last event that was recorded under an id of somebody who asks again under it, and the id of the next.
  ///
  /// What comes to something else is another decision, and stands under an id of its own that is made from the one that was
  /// asked under: `job-1`, `job-1#2`, `job-1#3`.
  package func lastAsked(
    under id: String, from source: String
  ) throws -> (event: RecordedEvent?, nextID: String) {
    var last: RecordedEvent?
    var (number, name) = (1, id)
    while let event = try events(withID: name, source: source).first {
      last = event
      number += 1
      name = "\(id)#\(number)"
    }
    return (last, name)
  }

  /// Whether an earlier decision is the answer still, beside what the gate says now.
  ///
  /// A recorded yes is one only as long as the gate says yes now, of the same, by the same override, and for at least as long;
  /// a recorded no, where the same rules stand against it.
  package func stands(_ earlier: EarlierDecision, beside now: GateDecided) -> Bool {
    earlier.data.stands(beside: now, at: surroundings.now())
  }

  /// How many changes a decision's reason tells; its findings tell all.
  private static let told = 6

  /// What the gate says now, telling what it said before and what has changed since.
  package func renewed(
    _ data: GateDecided, after earlier: EarlierDecision
  ) -> (data: GateDecided, changes: [String]) {
    let changes = data.changes(since: earlier.data)
    var data = data
    data.earlier = earlier.position
    let more = changes.count > Self.told ? "; and \(changes.count - Self.told) more" : ""
    let since =
      changes.isEmpty ? "" : "; since then: " + changes.prefix(Self.told).joined(separator: "; ") + more
    data.reason +=
      "; at position \(earlier.position.value) it was \(earlier.data.outcome.rawValue)\(since)"
    return (data, changes)
  }
}

/// A decision that was recorded before, and where.
package struct EarlierDecision: Sendable {
  package let data: GateDecided
  package let position: Position

  /// - Returns: nil where the event is no decision about the question.
  package init?(_ event: RecordedEvent, _ question: GateQuestion) {
    guard event.subject == question.subject, case .release(.gateDecided(let data)) = event.event,
      data.environment == question.environment
    else { return nil }
    self.data = data
    position = event.position
  }
}
