internal import RelmDomain

/// The rows of every projection while events are folded, each in its own type.
struct Folds {
  let releases = RowFold(Releases.self)
  let attempts = RowFold(Attempts.self)
  let running = RowFold(Running.self)
  let people = RowFold(People.self)
  let environments = RowFold(Environments.self)
  let services = RowFold(Services.self)
  let policies = RowFold(Policies.self)
  let procedures = RowFold(Procedures.self)
  let capabilities = RowFold(Capabilities.self)
  let incidents = RowFold(Incidents.self)
  let approvals = RowFold(Approvals.self)
  let escalations = RowFold(Escalations.self)
  let obligations = RowFold(Obligations.self)
  let holds = RowFold(Holds.self)
  let ledger = RowFold(LedgerItself.self)
  let timelines = RowFold(Timelines.self)
  let causes = RowFold(Causes.self)

  /// All of them, in the order of their tables.
  let all: [any Folding]
  private var byStream: [StreamKind: [any Folding]] = [:]

  init() {
    all = [
      releases, attempts, running, people, environments, services, policies, procedures, capabilities,
      incidents, approvals, escalations, obligations, holds, ledger, timelines, causes,
    ]
    for kind in StreamKind.allCases { byStream[kind] = all.filter { $0.streams.contains(kind) } }
  }

  /// Those whose rows an event of a stream of some kind can touch.
  func touched(by kind: StreamKind) -> [any Folding] { byStream[kind] ?? [] }
}
