internal import RelmDomain
internal import RelmProof

/// What is to be done after a deployment: done in time, done too late, still to be done, or not done.
///
/// It goes by its due time. Something counts that had happened by then and was recorded by then, or soon enough for the
/// policy; without a due time it can never be too late, and until it is done it is pending.
struct Duty {
  /// What is to be done, to be followed by "is missing": "the verification".
  let what: String
  /// When it is due; nil for never.
  let due: Instant?
  let judged: Case

  /// When a duty is due that is to be done so soon after something.
  init(_ what: String, within: TimeSpan?, of start: Instant, _ judged: Case) {
    self.init(what, due: within.map { start.advanced(byMicroseconds: $0.microseconds) }, judged)
  }

  init(_ what: String, due: Instant?, _ judged: Case) {
    self.what = what
    self.due = due
    self.judged = judged
  }

  /// What it comes to.
  ///
  /// - Parameters:
  ///   - candidates: what does it, in any order; what had not happened when it is asked is passed over.
  ///   - done: what to say where it is done.
  func judgement(by candidates: [RecordedEvent], done: String) -> Judgement {
    guard let first = earliest(candidates) else { return missing }
    guard let due else { return Judgement(.satisfied, done, at: [first.position]) }
    if first.happened <= due {
      if first.recorded <= due { return Judgement(.satisfied, done, at: [first.position], due: due) }
      if judged.isSoonEnough(first) {
        return Judgement(
          .satisfiedLate, "\(done); position \(first.position.value) was recorded after it was due",
          at: [first.position], due: due)
      }
    }
    guard isOver else {
      return Judgement(.pending, "\(what) does not count yet", at: [first.position], due: due)
    }
    let trouble = first.happened <= due ? "was recorded too late to count" : "came after it was due"
    return Judgement(.violated, "\(what) \(trouble)", at: [first.position], due: due)
  }

  /// Whether something happened by the due time and was recorded by then, or soon enough.
  func isInTime(_ event: RecordedEvent) -> Bool {
    due.map { event.happened <= $0 && (event.recorded <= $0 || judged.isSoonEnough(event)) } ?? true
  }

  /// The first to happen of what had happened when it is asked.
  func earliest(_ events: [RecordedEvent]) -> RecordedEvent? {
    events.filter { $0.happened <= judged.asOf }.min { $0.moment < $1.moment }
  }

  /// Whether its time is over.
  var isOver: Bool { due.map { $0 < judged.asOf } ?? false }

  /// What it comes to where nothing was done.
  var missing: Judgement { unmet("\(what) is missing") }

  /// What it comes to where it is not done for a reason: pending until it is due, then overdue.
  func unmet(_ reason: String, at positions: [Position] = []) -> Judgement {
    Judgement(isOver ? .overdue : .pending, reason, at: positions, due: due)
  }

  /// What it comes to where something stands against it: pending until it is due, then violated.
  func broken(_ reason: String, at positions: [Position]) -> Judgement {
    Judgement(isOver ? .violated : .pending, reason, at: positions, due: due)
  }
}

extension Case {
  /// A successful deployment, for a rule that asks about what comes after it; else what that rule comes to.
  ///
  /// - Parameter onlySuccess: whether the rule asks nothing of a deployment that did not succeed.
  func ended(onlySuccess: Bool = true) -> Ended {
    guard let attempt else { return .not(Judgement(.notApplicable, "it is judged after the deployment")) }
    guard let end = attempt.end, end.happened <= asOf else { return .not(unended(attempt)) }
    guard !onlySuccess || attempt.outcome == .succeeded else {
      return .not(Judgement(.notApplicable, "the deployment did not succeed", at: [end.position]))
    }
    return .at(end, attempt)
  }

  /// What is asked after a deployment comes to while that has not ended. It is not put off for ever by leaving out the end: what
  /// nothing was told of for a week is to be ended, or taken back.
  private func unended(_ attempt: Attempt) -> Judgement {
    let last = attempt.events.max { $0.recorded < $1.recorded } ?? attempt.beginning
    let due = last.recorded.advanced(byMicroseconds: Attempt.longestSilenceMicroseconds)
    guard due < asOf, !attempt.isAborted, !attempt.undoings.contains(where: { $0.happened <= asOf }) else {
      return Judgement(.pending, "the deployment has not ended", at: [attempt.beginning.position])
    }
    return Judgement(
      .overdue, "the deployment has not ended, and nothing was told of it for a week",
      at: [attempt.beginning.position, last.position], due: due)
  }

  /// What a rule comes to that asks nothing of what was taken back in time. That has to be recorded in time as well: what is
  /// owed already is not made up for by a word of what was before. Nor is it taken back before it has ended.
  ///
  /// - Parameters:
  ///   - limit: by when it had to be taken back; nil for any time.
  ///   - judgement: what it comes to otherwise.
  func unlessUndone(by limit: Instant?, _ judgement: Judgement) -> Judgement {
    let undone = (attempt?.undoings ?? []).filter { event in
      attempt?.end.map { $0.happened <= event.happened && $0.happened <= event.recorded } ?? false
        && event.happened <= asOf && limit.map { event.happened <= $0 && event.recorded <= $0 } ?? true
    }.min { $0.moment < $1.moment }
    guard judgement.outcome.closesGate, let undone else { return judgement }
    return Judgement(
      .notApplicable, "the deployment was taken back before this was due", at: [undone.position],
      due: judgement.due)
  }

  /// Whether a deployment has ended, and how a rule comes out where not.
  enum Ended {
    case at(Attempt.End, Attempt)
    case not(Judgement)
  }
}
