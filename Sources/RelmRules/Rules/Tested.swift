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
    for identity in judged.identities {
      let own = runs.filter { $0.data.digests.contains { identity.all.contains($0) } }
      guard !own.isEmpty else {
        return Judgement(
          .violated, "no test names \(identity.deployed.text), nor what it is derived from",
          at: runs.map(\.position))
      }
      for suite in asked.suites.isEmpty ? Set(own.map(\.data.suite)).sorted() : asked.suites {
        let all = own.filter { $0.data.suite == suite }
        guard let last = all.last else {
          return Judgement(.violated, "suite \(suite) was not run on \(identity.deployed.text)")
        }
        guard last.data.outcome == .succeeded else {
          return Judgement(.violated, "the last run of suite \(suite) did not succeed", at: [last.position])
        }
        if !asked.capabilities.isEmpty {
          guard let tool = last.data.tool?.capability, asked.capabilities.contains(tool) else {
            let wanted = asked.capabilities.joined(separator: " or ")
            return Judgement(.violated, "suite \(suite) was not run with \(wanted)", at: [last.position])
          }
        }
        used.append(last)
        failures += all.dropLast().filter { $0.data.outcome == .failed || $0.data.outcome == .errored }.map(
          \.position)
      }
    }
    let suites = Set(used.map(\.data.suite)).sorted().joined(separator: ", ")
    var reason = "the last run of \(suites) succeeded on what is deployed"
    if !failures.isEmpty {
      reason += "; earlier it failed at \(failures.map { "\($0.value)" }.joined(separator: ", "))"
    }
    return .satisfied(by: used, reason)
  }
}
