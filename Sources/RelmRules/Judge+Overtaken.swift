package import RelmDomain
package import RelmProof

/// What was begun while it might be, and went on though somebody had said no since.
///
/// A deployment is judged by its beginning, and that stands: nothing that is said later makes a good beginning a bad one. But
/// whoever goes on with what was withdrawn or refused meanwhile, or into an environment that was retired, puts into production what
/// is not to be there, as much as who begins it. That it was superseded or closed meanwhile says nothing against it.
extension Judge {
  /// What `releasable` comes to at the first step by which a deployment to production went on though it was forbidden since it
  /// had begun; nil where there is none. A waiver of `releasable` that stood by then sets it aside, and so does the override by
  /// which the deployment went.
  ///
  /// - Parameters:
  ///   - judged: the deployment, as it stood before it began.
  ///   - state: the rows as they stood before a position.
  package static func overtaken(
    _ judged: Case, given state: (Position) throws -> State
  ) throws -> Finding? {
    guard judged.context == .production, let attempt = judged.attempt, !attempt.isRestoration else {
      return nil
    }
    for step in attempt.advances {
      let state = try state(step.position)
      let later = try judged.later(at: step, given: state)
      let isForbidden = try later.hindrances(given: state).contains {
        $0.kind == .forbidden && judged.line < $0.position
      }
      guard isForbidden else { continue }
      let judge = Judge(later, given: state, goingBy: judged.usedOverride)
      return try judge.releasability(.production, askedBy: []).map {
        $0.saying("it went on at position \(step.position.value), and by then \($0.reason)", at: step.position)
      }
    }
    return nil
  }
}

extension Attempt {
  /// The steps by which it went on after the first word of it: that it began, came further, or succeeded.
  package var advances: [RecordedEvent] {
    var furthest = 0
    return events.filter { event in
      guard case .release(let said) = event.event else { return false }
      let goesOn: Bool
      switch said {
      // A start that is told after something else was told of it.
      case .deploymentStarted: goesOn = end.map { event.position < $0.position } ?? true
      case .deploymentProgressed(let data):
        // Whatever was decided, what has come further has gone on.
        let share = data.share?.hundredths ?? 0
        goesOn = data.decision == .continue || (data.decision != .abort && furthest < share)
        furthest = max(furthest, share)
      case .deploymentFinished(let data): goesOn = data.outcome == .succeeded
      default: goesOn = false
      }
      return goesOn && line < event.position
    }
  }
}

extension Attempt {
  /// The first step by which it went on after it had ended otherwise than with success, and so as if nothing were asked of it any more;
  /// nil where there is none.
  package var stepAfterItsEnd: RecordedEvent? {
    guard let end, outcome != .succeeded, !isRestoration else { return nil }
    return advances.first { end.position < $0.position }
  }
}

extension Case {
  /// The same at one of the deployment's steps, as if it began only there.
  fileprivate func later(at step: RecordedEvent, given state: some LedgerState) throws -> Case {
    Case(
      package: package, version: version, environment: environment, context: context, digests: digests,
      // The order of the log counts, and not a time that the step claims.
      line: step.position, begun: step.recorded, events: events, everything: everything, annulled: annulled,
      ratifications: ratifications, release: try state.release(package, version), deployers: deployers,
      asOf: asOf)
  }
}
