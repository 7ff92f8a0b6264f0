internal import RelmProof

/// Approvals, authorisations, waivers, overrides and escalations: each names what it covers, and covers no more.
extension Decision {
  static func decide(
    _ event: PermissionEvent, _ question: Question<some LedgerState>, _ package: String, _ version: String
  ) throws -> Refusal? {
    if !event.isPossibleAfterEnding, let refusal = try refusalAfterEnding(question, package, version) {
      return refusal
    }
    let state = question.state
    func row(_ id: String) throws -> ApprovalRow? { try state.approval(package, version, id) }
    switch event {
    case .approvalGiven(let data):
      if let ratified = data.ratifies {
        guard try row(ApprovalID.at(ratified))?.kind == .override else {
          return contradicts(
            "ratifies", "position \(ratified.value) is no override of this release",
            advice: "Name the position of the override, as 'relm state' shows it")
        }
      }
      return try pinned(
        Pins(plan: data.plan, digests: data.digests, needsDigests: data.scope.isOfArtifacts), question, package,
        version)
    case .approvalRefused(let data):
      return try pinned(
        Pins(plan: data.plan, digests: data.digests, needsDigests: false), question, package, version)
    case .approvalWithdrawn(let data):
      guard let approval = try row(ApprovalID.at(data.approval)), approval.kind == .approval else {
        return contradicts(
          "approval", "position \(data.approval.value) is no approval of this release",
          advice: "Name the position of the approval, as 'relm state' shows it")
      }
      guard approval.status == .given else {
        return contradicts(
          "approval", "the approval at position \(data.approval.value) is \(approval.status.rawValue)",
          advice: "Nothing is left to withdraw")
      }
      return nil
    case .authorisationRequested(let data):
      if let known = try row(ApprovalID.authorisation(data.authorisation)) {
        return repeated("authorisation", data.authorisation, at: known.moment)
      }
      if let refusal = try addressee(data.of, "of", question) { return refusal }
      return try pinned(
        Pins(plan: data.plan, digests: data.digests, needsDigests: false), question, package, version)
    case .authorisationGranted(let data):
      if let refusal = try undecided(data.authorisation, row(ApprovalID.authorisation(data.authorisation))) {
        return refusal
      }
      if let refusal = past(data.until, "until", question) { return refusal }
      return try pinned(
        Pins(plan: data.plan, digests: data.digests, needsDigests: true), question, package, version)
    case .authorisationRefused(let data):
      return try undecided(data.authorisation, row(ApprovalID.authorisation(data.authorisation)))
    case .waiverGranted(let data):
      if let known = try row(ApprovalID.waiver(data.waiver)) {
        return repeated("waiver", data.waiver, at: known.moment)
      }
      if let from = data.from,
        from.instant < question.time.advanced(byMicroseconds: -Claim.latitudeMicroseconds)
      {
        return contradicts(
          "from", "a waiver is never retroactive, and \(from.text) is over",
          advice: "Leave it out; the waiver then begins when it is recorded")
      }
      if let from = data.from, data.until.instant <= from.instant {
        return contradicts("until", "the waiver would end before it begins", advice: "Correct the times")
      }
      if let refusal = past(data.until, "until", question) { return refusal }
      return try waivable(data.rule, in: data.environment, question, package, version)
    case .waiverRevoked(let data):
      guard let waiver = try row(ApprovalID.waiver(data.waiver)) else {
        return contradicts(
          "waiver", "no waiver \(data.waiver) was granted to this release", advice: "Check the id")
      }
      guard waiver.status == .granted else {
        return contradicts(
          "waiver", "waiver \(data.waiver) is revoked already", advice: "Nothing is left to do")
      }
      return nil
    case .overrideDeclared(let data):
      if let refusal = past(data.until, "until", question) { return refusal }
      if let refusal = try lasting(data, question, package, version) { return refusal }
      if let freeze = data.freeze {
        let freezes = try state.freezes(reaching: data.environment)
        guard freezes.contains(where: { $0.freeze == freeze }) else {
          return contradicts(
            "freeze", "no freeze \(freeze) was declared in \(data.environment)",
            advice: "Check the id; 'relm calendar' lists the freezes")
        }
      }
      return try pinned(
        Pins(plan: data.plan, digests: data.digests, needsDigests: true), question, package, version)
    case .escalationRaised(let data):
      if let known = try state.escalation(package, version, data.escalation) {
        return repeated("escalation", data.escalation, at: known.raised)
      }
      return try addressee(data.to, "to", question)
    case .escalationResolved(let data):
      guard let known = try state.escalation(package, version, data.escalation) else {
        return contradicts(
          "escalation", "no escalation \(data.escalation) was raised about this release",
          advice: "Check the id; 'relm obligations' lists what is open")
      }
      guard let resolved = known.resolved else { return nil }
      return contradicts(
        "escalation",
        "escalation \(data.escalation) was resolved already, at position \(resolved.position.value)",
        advice: "Raise another one, under an id of its own")
    case .gateDecided: return nil
    }
  }

  // MARK: What is approved is pinned

  /// What a permission says that it covers.
  private struct Pins {
    let plan: Position?
    let digests: [ContentDigest]
    /// Whether it must name the artifacts, where any are known.
    let needsDigests: Bool
  }

  /// Whether what a permission covers is what the release is now: nobody approves what they have not seen.
  private static func pinned(
    _ pins: Pins, _ question: Question<some LedgerState>, _ package: String, _ version: String
  ) throws -> Refusal? {
    let release = try question.state.release(package, version)
    let advice = "Look at 'relm state \(question.subject.text)', and decide again"
    if let current = release?.plan?.scope.position {
      guard let plan = pins.plan else {
        return Refusal(
          .badInput, at: "/data/plan",
          "what it covers is not named: the plan stands at position \(current.value)",
          advice: "Give plan=\(current.value); 'relm record' fills it in")
      }
      guard plan == current else {
        return contradicts(
          "plan",
          "it covers position \(plan.value), and the plan of this release, or its last change of scope, is \(current.value)",
          advice: advice)
      }
    } else if let plan = pins.plan {
      return contradicts(
        "plan", "position \(plan.value) is no plan of this release", advice: "Leave it out: nothing is planned")
    }
    let current = release?.digests ?? []
    guard !current.isEmpty else { return nil }
    if pins.digests.isEmpty {
      guard pins.needsDigests else { return nil }
      return Refusal(
        .badInput, at: "/data/digests", "what it covers is not named, and the release has artifacts",
        advice: "Give digests=\(current[0].text)\(current.count > 1 ? " and the others" : ""); "
          + "'relm record' fills them in")
    }
    let known = (release?.knownDigests ?? DigestSets()).all(of: current)
    for (place, digest) in pins.digests.enumerated() where !known.contains(digest) {
      return contradicts(
        "digests/\(place)", "\(digest.text) is not what the release is now", advice: advice)
    }
    return nil
  }

  private static func addressee(
    _ person: PersonID, _ field: String, _ question: Question<some LedgerState>
  ) throws -> Refusal? {
    // Whoever is asked decides about this release, and so has the authority for it.
    let scope = try scope(of: question)
    guard try question.authority.held(by: person, for: scope)?.level != 6 else { return nil }
    let holders = try question.authority.holders(of: 6, for: scope).prefix(8).map(\.text).joined(
      separator: ", ")
    return contradicts(
      field, "it goes to somebody with authority at level 6, and \(person.text) does not have it",
      advice: "Who has it: \(holders)")
  }

  private static func scope(of question: Question<some LedgerState>) throws -> ActScope {
    guard case .release(let package, let version) = question.subject else { return .everything }
    return try .release(package, version, in: .production, question.state)
  }

  private static func undecided(_ id: String, _ row: ApprovalRow?) -> Refusal? {
    guard let row, row.kind == .authorisation else {
      return contradicts(
        "authorisation", "no authorisation \(id) was requested for this release",
        advice: "Check the id, or request it with authorisation.requested")
    }
    guard row.status != .requested else { return nil }
    let place = row.decided.map { ", at position \($0.position.value)" } ?? ""
    return contradicts(
      "authorisation", "authorisation \(id) was \(row.status.rawValue) already\(place)",
      advice: "Request another one, under an id of its own")
  }

  private static func past(
    _ time: Timestamp?, _ field: String, _ question: Question<some LedgerState>
  ) -> Refusal? {
    guard let time, time.instant <= question.time else { return nil }
    return contradicts(
      field, "it would have expired at \(time.text), before it began", advice: "Correct the time")
  }

  private static func repeated(_ what: String, _ id: String, at moment: Moment) -> Refusal {
    contradicts(
      what, "\(what) \(id) is there already, at position \(moment.position.value)",
      advice: "Give the new one an id of its own")
  }

  /// Why an override would last too long, or be ratified too late: it is for an emergency, and that passes.
  private static func lasting(
    _ data: OverrideDeclared, _ question: Question<some LedgerState>, _ package: String, _ version: String
  ) throws -> Refusal? {
    for policy in try policies(over: package, version, in: data.environment, question)
    where policy.overrideWithin != nil {
      let end = question.time.advanced(byMicroseconds: policy.longestOverrideMicroseconds)
      guard end < data.until.instant else { continue }
      return contradicts(
        "until",
        "by policy \(policy.id) version \(policy.version) an override declared now ends by \(end.rfc3339Milliseconds)",
        advice: "Let it end by then; for what is planned further ahead, have it approved, or a waiver granted")
    }
    let latest = data.until.instant.advanced(byMicroseconds: OverrideDeclared.ratifiedWithinMicroseconds)
    guard let due = data.ratifyBy, latest < due.instant else { return nil }
    return contradicts(
      "ratifyBy", "an override is ratified within five days of its end, here by \(latest.rfc3339Milliseconds)",
      advice: "Name an earlier time, or leave it out")
  }

  private static func waivable(
    _ rule: RuleName, in environment: String?, _ question: Question<some LedgerState>, _ package: String,
    _ version: String
  ) throws -> Refusal? {
    for policy in try policies(over: package, version, in: environment, question)
    where policy.nonWaivable.contains(rule) {
      return contradicts(
        "rule", "policy \(policy.id) version \(policy.version) says that \(rule.rawValue) cannot be waived",
        advice: "Meet the rule, or have the policy changed")
    }
    return nil
  }

  // MARK: Duties that one human may not have together

  /// Why this person may not do just this to the release.
  static func conflict(
    of event: PermissionEvent, by actor: PersonID, _ question: Question<some LedgerState>, _ package: String,
    _ version: String
  ) throws -> Refusal? {
    let authority = question.authority
    let release = try question.state.release(package, version)
    func isActor(_ person: PersonID?) throws -> Bool {
      guard let person else { return false }
      return try authority.isSame(person, actor)
    }
    switch event {
    case .approvalGiven(let data):
      for requester in release?.people(who: [.requester]) ?? [] where try isActor(requester) {
        return forbids(
          "the release was requested by \(requester.text), who cannot approve it",
          advice: "Let somebody else with authority approve it")
      }
      guard let ratified = data.ratifies,
        let override = try question.state.approval(package, version, ApprovalID.at(ratified)),
        let declarer = override.by
      else { return nil }
      guard try !isActor(declarer) else {
        return forbids(
          "the override was declared by \(declarer.text), who cannot ratify it",
          advice: "Let somebody else with authority ratify it")
      }
      guard try question.state.isKnownHuman(actor) else {
        return forbids(
          "\(actor.text) is linked to no human, and so cannot be told from \(declarer.text), who declared the override",
          advice: "Link the account first, with 'relm person link', or let somebody ratify it who is linked")
      }
      return nil
    case .approvalWithdrawn(let data):
      let approval = try question.state.approval(package, version, ApprovalID.at(data.approval))
      guard let giver = approval?.by, try !isActor(giver) else { return nil }
      return forbids(
        "an approval is withdrawn by who gave it, and that is \(giver.text)",
        advice: "Refuse the release yourself, with approval.refused")
    case .authorisationGranted(let data):
      let id = ApprovalID.authorisation(data.authorisation)
      let request = try question.state.approval(package, version, id)
      guard try isActor(request?.requestedBy) || isActor(release?.plan?.requestedBy) else { return nil }
      return forbids(
        "authorisation \(data.authorisation) is the request of \(actor.text), who cannot grant it",
        advice: "Let somebody else at level 6 decide it")
    case .waiverGranted(let data):
      let excused =
        (release?.people(who: ReleaseRow.Duty.ofWork) ?? []) + data.excuses
      guard try excused.contains(where: { try authority.isSame($0, actor) }) else { return nil }
      return forbids(
        "the waiver would excuse \(actor.text), who cannot grant it",
        advice: "Let somebody else at level 6 decide it")
    case .approvalRefused, .authorisationRequested, .authorisationRefused, .waiverRevoked, .overrideDeclared,
      .escalationRaised, .escalationResolved, .gateDecided:
      return nil
    }
  }
}

extension PermissionEvent {
  /// Whether it stays possible after the release has ended: what takes back or ends something, what the gate says, and what
  /// sets aside that it is over.
  fileprivate var isPossibleAfterEnding: Bool {
    switch self {
    case .approvalWithdrawn, .waiverRevoked, .escalationResolved, .escalationRaised, .authorisationRefused,
      .gateDecided:
      true
    case .waiverGranted(let data): data.rule == .releasable
    case .overrideDeclared(let data): data.rules.contains(.releasable)
    case .approvalGiven, .approvalRefused, .authorisationRequested, .authorisationGranted: false
    }
  }
}

extension ApprovalScope {
  /// Whether it is about what was built, so that it has to name it.
  var isOfArtifacts: Bool {
    switch self {
    case .deployment, .release, .test: true
    case .plan, .design, .build: false
    }
  }
}
