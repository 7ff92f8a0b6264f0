internal import RelmDomain
internal import RelmProof

/// `built`: what is deployed was made by a successful build, from the commits that the plan declares, by a tool that is
/// registered as a capability and to be relied on. Parameter: `capabilities`, where only some tools will do.
enum Built: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) throws -> Judgement {
    guard !judged.digests.isEmpty else {
      return Judgement(.violated, "nothing says what is deployed, by digest")
    }
    let pick: (ReleaseEvent) -> BuildFinished? = { if case .buildFinished(let data) = $0 { data } else { nil } }
    let good = judged.facts(pick).filter { $0.data.outcome == .succeeded }
    guard !good.isEmpty else { return judged.missing("a successful build", pick) }
    var used: [Fact<BuildFinished>] = []
    let lineage = judged.lineage
    let builds = lineage.last(of: good) { $0.data.artifacts.flatMap { [$0.digest] + $0.digests } }
    var sound: Set<Position> = []
    for digest in lineage.deployed {
      guard let build = builds[digest] else {
        return Judgement(
          .violated, "no successful build made \(digest.text), nor what it is derived from",
          at: good.map(\.position))
      }
      if sound.insert(build.position).inserted, let verdict = try trouble(with: build, asked, judged, state) {
        return verdict
      }
      used.append(build)
    }
    return .satisfied(
      by: used, "what is deployed was built by \(used.map(\.data.build).joined(separator: ", "))")
  }

  private static func trouble(
    with build: Fact<BuildFinished>, _ asked: PolicyDocument.Requirement, _ judged: Case,
    _ state: some LedgerState
  ) throws -> Judgement? {
    let name = build.data.build
    let declared = judged.declaredCommits
    let used = Set(build.data.commits.map(\.id))
    if let left = declared.first(where: { !used.contains($0) }) {
      return Judgement(
        .violated, "build \(name) does not name the declared commit \(left)", at: [build.position])
    }
    guard let capability = build.data.tool?.capability else {
      return Judgement(.violated, "build \(name) names no registered tool", at: [build.position])
    }
    if !asked.capabilities.isEmpty, !asked.capabilities.contains(capability) {
      return Judgement(
        .violated,
        "build \(name) was made by \(capability), not by \(asked.capabilities.joined(separator: " or "))",
        at: [build.position])
    }
    guard let row = try state.capability(capability), judged.moments.allSatisfy(row.isReliable) else {
      return Judgement(
        .violated, "the tool \(capability) is not in place", at: [build.position],
        remedies: try Remedy.relyOn(capability, state))
    }
    return nil
  }
}
