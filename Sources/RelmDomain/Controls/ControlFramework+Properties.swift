extension ControlFramework.LedgerProperty {
  /// What the ledger shows, in a sentence without its stop.
  package var meaning: String {
    switch self {
    case .appendOnlyLog:
      "Events are appended and never changed or removed; what puts one right is a later event, and both stay to be seen"
    case .merkleTree:
      "Every stored record is a leaf of a Merkle tree (RFC 6962), so one that was altered, slipped in or left out does not fit; anyone can compute it again"
    case .signedCheckpoints:
      "The state of the whole log is signed in a few lines; one that is kept elsewhere shows whether history was cut or rewritten since"
    case .twoClocks:
      "Each event has the time when it happened and, in UTC, the time when the ledger took it, by a clock that never runs backwards; a suspect clock is recorded"
    case .pastStates:
      "What was known and what held after any event or at any moment is computed again from the log, always the same"
    case .refusedContradictions:
      "What cannot be true beside what is recorded is refused, such as the end of a build that never began"
    case .namedActors:
      "An act names the account whose it is, accounts are linked to one human, and names are kept apart from the log"
    case .enforcedAuthority:
      "An act, such as an approval, a waiver or a freeze, is taken only from who has the authority for it then, and is no favour to oneself"
    case .authorityRegister:
      "Who has which authority, for what, from when to when and by whose grant, with its reviews and revocations"
    case .pinnedDecisions:
      "An approval or authorisation names the plan and the digests that it is about, and no longer counts when they change"
    case .recordedExceptions:
      "Waivers, overrides and what was recorded late, each with who, why and until when"
    case .policyHistory:
      "Which version of which policy was in force when, who adopted, reviewed or retired it, and which one a verdict rests on"
    case .procedureRegister:
      "Procedures with their versions, steps and owners, as they were published, reviewed and retired"
    case .capabilityRegister:
      "The processes, tools, techniques and people that release work rests on, with their assessments"
    case .environmentRegister:
      "Environments, whether they are development or production, and what runs in each"
    case .serviceRecord:
      "Which release established, continued or retired a service"
    case .deploymentPopulation:
      "Every recorded deployment attempt of a period, counted, with those recorded later, and with the checkpoint that proves the count"
    case .reconciliation:
      "What was observed to run beside what is recorded: running but unrecorded, recorded but absent, never observed"
    case .observedDrift:
      "Baselines, what was observed to differ from them, and how each difference was resolved"
    case .digestChain:
      "Commits, build, tests, approvals, gate and deployment are about the same artifact, by its digest and what that is derived from"
    case .evidenceByDigest:
      "Reports and documents are kept by their SHA-256, which stands in the log and is checked"
    case .holdsAndDisposals:
      "Legal holds, and every disposal or erasure with its ground; what is under a hold stays"
    case .activityRecord:
      "Activities, results, documents and advice, as they were done"
    case .releaseCalendar:
      "Windows that were proposed and agreed, freezes, and what stands in each other's way"
    case .obligations:
      "What is due, from whom and by when, and what is overdue"
    case .escalationRecord:
      "What was escalated, to whom, and how it was resolved"
    case .deliveryMetrics:
      "How often deployments succeed, fail by a named cause and are recovered from, and how fast changes get there"
    }
  }
}
