internal import RelmDomain
internal import RelmProof

/// `procedure-applied`: every mandatory step of the procedures that are asked for was done by the end of the deployment.
///
/// A procedure counts in the version that was in force before the deployment; one that does not apply to the release is
/// passed over. A step that was skipped was not done. What was done is never done too late for a due time: what is missing
/// when the deployment has ended stays missing, unless it is only told late.
///
/// Parameter: `procedures`.
enum ProcedureApplied: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) throws -> Judgement {
    let (end, attempt): (Attempt.End, Attempt)
    switch judged.ended() {
    case .not(let judgement): return judgement
    case .at(let event, let ended): (end, attempt) = (event, ended)
    }
    var used: [Position] = []
    var late: [Position] = []
    var names: [String] = []
    var defects: [Judgement] = []
    for procedure in asked.procedures {
      guard let current = try state.procedure(procedure)?.current else {
        defects.append(
          Judgement(
            .violated, "procedure \(procedure) was not in force; publish it, or take it out of the policy",
            at: [end.position]))
        continue
      }
      let applies = current.document.appliesTo.map { judged.places.contains(where: $0.holds) } ?? true
      guard applies else { continue }
      names.append("\(procedure) version \(current.version)")
      used.append(current.published.position)
      for step in current.document.steps where step.mandatory ?? true {
        let work = StepWork(of: step.step, in: procedure, current.version, attempt, end, judged)
        guard let done = work.inTime ?? work.late else {
          defects.append(
            Judgement(
              .violated, "step \(step.step) of \(names.last ?? procedure) \(work.trouble)",
              at: [current.published.position, end.position] + work.others))
          continue
        }
        used.append(done)
        if work.inTime == nil { late.append(done) }
      }
    }
    if let broken = Judgement.broken(defects) { return broken }
    guard !names.isEmpty else {
      return Judgement(.notApplicable, "none of the procedures applies to this release", at: [end.position])
    }
    let reason = "every mandatory step of \(names.joined(separator: ", ")) was done"
    guard let first = late.first else { return Judgement(.satisfied, reason, at: used) }
    return Judgement(
      .satisfiedLate, "\(reason); position \(first.value) was recorded after the deployment had ended", at: used
    )
  }
}

/// What is recorded about one step of a procedure for one deployment.
private struct StepWork {
  /// The first that was done and recorded by the end.
  private(set) var inTime: Position?
  /// The first that was done by the end, and recorded later but soon enough.
  private(set) var late: Position?
  /// Where it was done or recorded too late, or skipped.
  private(set) var others: [Position] = []
  private var isSkipped = false

  init(
    of step: String, in procedure: String, _ version: String, _ attempt: Attempt, _ end: Attempt.End,
    _ judged: Case
  ) {
    func isThis(_ other: (procedure: String, version: String, step: String, deployment: String?)) -> Bool {
      other.procedure == procedure && other.version == version && other.step == step
        && other.deployment.map { $0 == attempt.deployment } ?? true
    }
    for event in judged.events {
      if case .release(.procedureStepSkipped(let data)) = event.event,
        isThis((data.procedure, data.version, data.step, data.deployment))
      {
        isSkipped = true
        others.append(event.position)
      }
      guard case .release(.procedureStepCompleted(let data)) = event.event,
        isThis((data.procedure, data.version, data.step, data.deployment))
      else { continue }
      if event.happened <= end.happened, event.recorded <= end.recorded {
        inTime = inTime ?? event.position
      } else if event.happened <= end.happened, judged.isSoonEnough(event) {
        late = late ?? event.position
      } else {
        others.append(event.position)
      }
    }
  }

  /// Why it was not done, to follow the name of the step.
  var trouble: String {
    if others.isEmpty { return "is missing; record procedure.step.completed for each step" }
    return isSkipped ? "was skipped" : "was done or recorded too late to count"
  }
}
