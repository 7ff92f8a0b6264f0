internal import RelmDomain
internal import RelmProof

/// `baselined`: what makes up the environment was laid down for this release: before the deployment, after it, or both.
///
/// A baseline counts that names the release, and this deployment or none; at a gate the one for which that is asked. The one after is due when the deployment has
/// ended, and with what the policy allows for late records it is not overdue.
///
/// Parameter: `moments`, which of the two are asked for; before without it. At a gate only the one before is judged.
enum Baselined: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) -> Judgement {
    let moments = asked.moments.isEmpty ? [.before] : asked.moments
    return .worst(
      of: moments.map { moment in
        switch moment {
        case .before: before(judged)
        case .after: after(judged)
        }
      })
  }

  private static func before(_ judged: Case) -> Judgement {
    let pick: (Event) -> BaselineRecorded? = { judged.baseline(.before, in: $0) }
    let baselines = judged.facts(among: judged.configuration, pick)
    guard let baseline = baselines.firstInTime() else {
      let missing = judged.missing("the baseline before the deployment", among: judged.configuration, pick)
      return judged.named(missing)
    }
    let named = judged.attempt == nil ? baseline.data.deployment.map { " deployment \($0)" } ?? "" : ""
    return .satisfied(by: [baseline], "baseline \(baseline.data.baseline) shows what was there before\(named)")
  }

  private static func after(_ judged: Case) -> Judgement {
    switch judged.ended() {
    case .not(let judgement): return judgement
    case .at(let end, _):
      let duty = Duty(
        "the baseline after the deployment",
        due: end.happened.advanced(byMicroseconds: judged.lateWithinMicroseconds ?? 0), judged)
      let baselines = judged.configuration.filter {
        judged.baseline(.after, in: $0.event) != nil && end.happened <= $0.happened
      }
      return duty.judgement(by: baselines, done: "a baseline shows what is there since")
    }
  }
}

extension Case {
  /// A baseline of that moment, for this release, and for this deployment or none.
  fileprivate func baseline(_ moment: BaselineRecorded.Moment, in event: Event) -> BaselineRecorded? {
    guard let data = ownBaseline(moment, in: event), data.deployment.map({ $0 == deployment }) ?? true else {
      return nil
    }
    return data
  }

  /// A baseline of that moment, for this release and whatever deployment.
  private func ownBaseline(_ moment: BaselineRecorded.Moment, in event: Event) -> BaselineRecorded? {
    guard case .environment(.baselineRecorded(let data)) = event, data.moment == moment,
      data.release.flatMap(Subject.named) == .release(package: package, version: version)
    else { return nil }
    return data
  }

  /// What is missing at a gate, with the baselines that would count if it were asked for the deployment that they name.
  fileprivate func named(_ missing: Judgement) -> Judgement {
    guard attempt == nil else { return missing }
    let others = facts(among: configuration) { ownBaseline(.before, in: $0) }.filter {
      $0.data.deployment != nil
    }
    guard let last = others.last, let other = last.data.deployment else { return missing }
    let asked = deployment.map { "the gate is asked for \($0)" } ?? "the gate is asked for none by name"
    let gate = Remedy.look("gate", "\(package)/\(version)", "--to", environment, "--deployment", other)
    return Judgement(
      missing.outcome,
      "\(missing.reason): baseline \(last.data.baseline) is of deployment \(other), and \(asked)",
      at: missing.positions + [last.position], due: missing.due,
      remedies: deployment == nil ? [gate] : missing.remedies)
  }
}
