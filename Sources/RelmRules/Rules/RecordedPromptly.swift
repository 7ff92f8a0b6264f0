internal import RelmDomain
internal import RelmProof

/// `recorded-promptly`: everything about the deployment was recorded soon after it had happened.
///
/// Parameter: `within`, how soon; without it what the policy allows for late records, and without that an hour.
enum RecordedPromptly: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) -> Judgement {
    guard let attempt = judged.attempt else {
      return Judgement(.notApplicable, "it is judged after the deployment")
    }
    let within = asked.within?.microseconds ?? judged.lateWithinMicroseconds ?? 3_600_000_000
    let late = attempt.events.filter { $0.recorded.microseconds - $0.happened.microseconds > within }
    guard late.isEmpty else {
      return Judgement(
        .violated,
        "\(late.count) of \(PlainWords.count(attempt.events.count, "record")) of the deployment came too late",
        at: late.map(\.position))
    }
    let positions = attempt.events.map(\.position)
    guard let end = attempt.end, end.happened <= judged.asOf else {
      return Judgement(
        .pending, "all was recorded promptly so far, and the deployment has not ended", at: positions)
    }
    return Judgement(.satisfied, "all of the deployment was recorded promptly", at: positions)
  }
}
