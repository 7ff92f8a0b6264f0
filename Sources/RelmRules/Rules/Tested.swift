internal import RelmDomain
internal import RelmProof

/// `tested`: the last run of each suite that is asked for, on what is deployed or what that is derived from, succeeded;
/// earlier failures are listed. Parameters: `suites`; without them every suite that was run must have succeeded last, and
/// there must be one; `capabilities`, where only some tools will do.
enum Tested: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) -> Judgement {
    guard !judged.digests.isEmpty else {
      return Judgement(.violated, "nothing says what is deployed, by digest")
    }
    let pick: (ReleaseEvent) -> TestFinished? = { if case .testFinished(let data) = $0 { data } else { nil } }
    let runs = judged.facts(pick)
    guard !runs.isEmpty else { return judged.missing("a test", pick) }
    var used: [Fact<TestFinished>] = []
    var failures: [Position] = []
    var defects: [Judgement] = []
    func broken(_ reason: String, at positions: [Position] = []) {
      defects.append(Judgement(.violated, reason, at: positions))
    }
    let lineage = judged.lineage
    let suites = Dictionary(grouping: runs, by: \.data.suite)
    let last = suites.mapValues { lineage.last(of: $0, \.data.digests) }
    let failed = suites.mapValues { runs in
      runs.filter { $0.data.outcome == .failed || $0.data.outcome == .errored }
        .map { (position: $0.position, digests: lineage.all(from: $0.data.digests)) }
    }
    for digest in lineage.deployed {
      let own = last.filter { $0.value[digest] != nil }.keys.sorted()
      guard !own.isEmpty else {
        broken("no test names \(digest.text), nor what it is derived from", at: runs.map(\.position))
        continue
      }
      for suite in asked.suites.isEmpty ? own : asked.suites {
        guard let last = last[suite]?[digest] else {
          broken("suite \(suite) was not run on \(digest.text)")
          continue
        }
        if last.data.outcome != .succeeded {
          broken("the last run of suite \(suite) did not succeed", at: [last.position])
        }
        if !asked.capabilities.isEmpty,
          last.data.tool?.capability.map({ !asked.capabilities.contains($0) }) ?? true
        {
          let wanted = asked.capabilities.joined(separator: " or ")
          broken("suite \(suite) was not run with \(wanted)", at: [last.position])
        }
        used.append(last)
        failures += (failed[suite] ?? []).filter { $0.digests.contains(digest) }.map(\.position)
      }
    }
    if let broken = Judgement.broken(defects) { return broken }
    let names = Set(used.map(\.data.suite)).sorted().joined(separator: ", ")
    var reason = "the last run of \(names) succeeded on what is deployed"
    if !failures.isEmpty {
      reason += "; earlier it failed at \(failures.map { "\($0.value)" }.joined(separator: ", "))"
    }
    return .satisfied(by: used, reason)
  }
}
