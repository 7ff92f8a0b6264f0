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
    var looked: Set<Position> = []
    var defects: [Judgement] = []
    for digest in lineage.deployed {
      guard let build = builds[digest] else {
        defects.append(
          Judgement(
            .violated, "no successful build made \(digest.text), nor what it is derived from",
            at: good.map(\.position)))
        continue
      }
      if looked.insert(build.position).inserted { defects += try troubles(with: build, asked, judged, state) }
      used.append(build)
    }
    if let broken = Judgement.broken(defects) { return broken }
    return .satisfied(
      by: used, "what is deployed was built by \(used.map(\.data.build).joined(separator: ", "))")
  }

  /// All that is wrong with a build.
  private static func troubles(
    with build: Fact<BuildFinished>, _ asked: PolicyDocument.Requirement, _ judged: Case,
    _ state: some LedgerState
  ) throws -> [Judgement] {
    let name = build.data.build
    func trouble(_ reason: String, _ remedies: [Remedy] = []) -> Judgement {
      Judgement(.violated, reason, at: [build.position], remedies: remedies)
    }
    let used = Set(build.data.commits.map(\.id))
    var troubles = judged.declaredCommits.filter { !used.contains($0) }.map {
      trouble("the end of build \(name) does not name the declared commit \($0)")
    }
    guard let capability = build.data.tool?.capability else {
      return troubles + [trouble("the end of build \(name) names no tool that is registered as a capability")]
    }
    if !asked.capabilities.isEmpty, !asked.capabilities.contains(capability) {
      troubles.append(
        trouble(
          "build \(name) was made by \(capability), not by \(asked.capabilities.joined(separator: " or "))"))
    }
    if try state.capability(capability).map({ !judged.moments.allSatisfy($0.isReliable) }) ?? true {
      troubles.append(trouble("the tool \(capability) is not in place", try Remedy.relyOn(capability, state)))
    }
    return troubles
  }
}
