internal import RelmDomain
internal import RelmViews
internal import RelmProof
internal import RelmRules

/// What is said at once of an approval that will not count under a policy in force: whoever gives it is to hear so then, and
/// not from the gate when the deployment waits.
struct ApprovalRemarks {
  /// What the views say, the approval counted.
  let views: Views

  /// Who tells of an approval so much later tells a history, which nothing changes any more.
  private static let news: Int64 = 24 * 3_600 * 1_000_000

  /// Each is a sentence without its stop, with all reasons and what helps.
  func about(_ record: RecordedEvent) throws -> [String] {
    guard case .release(.approvalGiven(let data)) = record.event, data.ratifies == nil,
      case .release(let package, let version)? = record.subject,
      record.recorded.microseconds - record.happened.microseconds < Self.news
    else { return [] }
    let told = try views.events(ofRelease: package, version)
    var said: [String] = []
    for environment in try environments(of: data) {
      let candidate = try Gate.Candidate(
        package: package, version: version, to: environment, events: told.counting, everything: told.all,
        given: views, size: views.checkpoint.size.value, at: record.recorded)
      for (policy, objections) in try candidate.objections(toApprovalAt: record.position, given: views) {
        said.append("the approval will not count under policy \(policy): it \(objections.words)")
        said += objections.flatMap(\.remedies).map { "what helps: \($0.command)" }
      }
    }
    var known: Set<String> = []
    return said.filter { known.insert($0).inserted }
  }

  /// Where it is to count: the environment that it names, else all that are production; where none is registered, one by that
  /// name.
  private func environments(of data: ApprovalGiven) throws -> [String] {
    if let named = data.environment { return [named] }
    let production = try views.environments(for: .production)
    return production.isEmpty ? ["production"] : production
  }
}
