internal import RelmDomain
internal import RelmProof

/// `authorised`: a critical release was authorised at level 6 for this environment, as it was last planned, and the
/// authorisation has not expired when the deployment begins. It names what is deployed, or what that is derived from: one
/// that names nothing covers nothing. What is not critical needs none.
enum Authorised: Rule {
  static let version = 2

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) throws -> Judgement {
    guard let critical = judged.critical else {
      return Judgement(.notApplicable, "the release is not critical")
    }
    var objections: [String] = []
    var remedies: [Remedy] = []
    let rows = try state.approvals(judged.package, judged.version).filter { $0.kind == .authorisation }
    for row in rows.sorted(by: { $0.moment < $1.moment }) {
      guard row.status == .granted, let decided = row.decided, decided.position < judged.line else {
        objections.append("\(row.id) is \(row.status.rawValue)")
        if row.status == .requested { remedies.append(granting(row)) }
        continue
      }
      guard row.environment.map({ EnvironmentScope($0).contains(judged.environment) }) ?? true else {
        objections.append("\(row.id) is for \(row.environment ?? "")")
        continue
      }
      guard row.until.map(judged.holds) ?? true else {
        objections.append("\(row.id) has expired")
        continue
      }
      if row.plan != nil, row.plan != judged.release?.plan?.scope.position {
        objections.append("\(row.id) is of a plan that was changed since")
        continue
      }
      if let other = judged.lineage(linkedBefore: decided.position).stranger(to: row.digests) {
        objections.append("\(row.id) is of something else than \(other.text)")
        continue
      }
      return Judgement(
        .satisfied, "it is critical (\(critical)), and authorised", at: [row.moment.position, decided.position])
    }
    let rest = objections.isEmpty ? "nothing was authorised" : objections.joined(separator: "; ")
    return Judgement(
      .violated, "it is critical (\(critical)): \(rest)", at: rows.map(\.moment.position), remedies: remedies)
  }

  private static func granting(_ row: ApprovalRow) -> Remedy {
    .record(
      .authorisationGranted, about: .release(package: row.package, version: row.version),
      ["authorisation=\(row.id)"], by: "somebody else, with level 6")
  }
}
