internal import RelmDomain

/// What goes otherwise where it is deployed.
extension ReleaseStory {
  private var first: String { Self.short(environments[0]) }

  /// The deployment to the first environment is told on the next morning.
  mutating func tellDeploymentLate() {
    for (place, part) in ["\(first)-begun", first].enumerated() {
      retell(part, told: at(1, 8, 40 + place))
    }
  }

  /// Somebody deploys it by hand who has no authority yet.
  mutating func haveNewcomerDeploy() {
    for part in ["\(first)-begun", first] {
      retell(part, by: House.newcomer)
      change(part, ["mode": "manual"])
    }
  }

  /// It does harm, is taken back within the hour, and goes nowhere else.
  mutating func rollBack() {
    keepToFirstEnvironment()
    let incident = openIncident(at: at(0, 10, 55), severity: "high", "Berths are shown as free that are taken")
    tell(
      "back", .deploymentRolledback, by: House.operations, at: at(0, 11, 20),
      [
        "deployment": .text(name("d")), "environment": .text(environments[0]), "incident": .text(incident),
        "reason": "Wrong berths on the screens of the quay", "initiator": House.person(House.operations),
      ])
    escalate(at: at(0, 11, 5))
    attribute(incident, at: at(0, 13))
    tell(
      "mended", .incidentResolved, by: House.operations, at: at(0, 13, 30), about: "incident/\(incident)",
      ["resolvedAt": at(0, 11, 25).written, "summary": "The version before runs again"])
    lookInto(incident)
  }

  /// Somebody above has to decide who is told.
  private mutating func escalate(at moment: Instant) {
    let escalation: SampleValue = "x-\(name("1"))"
    tell(
      "escalated", .escalationRaised, by: House.operations, at: moment,
      [
        "escalation": escalation, "to": House.person(House.operationsHead), "severity": "high",
        "topic": "whether the harbour master is told", "due": moment.later(minutes: 60).written,
      ])
    tell(
      "escalation-resolved", .escalationResolved, by: House.operationsHead, at: moment.later(minutes: 35),
      ["escalation": escalation, "decision": "Told on the phone; no ship was sent to a wrong berth"])
  }

  /// It does harm that shows on the next day, and is mended where it runs.
  mutating func causeIncident() {
    let incident = openIncident(at: at(1, 7, 40), severity: "medium", "Lists of the night shift come late")
    attribute(incident, at: at(1, 11))
    tell(
      "mended", .incidentResolved, by: House.operations, at: at(1, 15), about: "incident/\(incident)",
      ["resolvedAt": at(1, 14, 30).written, "summary": "An index was missing, and is there now"])
    lookInto(incident)
  }

  private mutating func openIncident(at moment: Instant, severity: String, _ summary: String) -> String {
    let incident = "inc-\(name("1"))"
    tell(
      "incident", .incidentOpened, by: House.operations, at: moment, about: "incident/\(incident)",
      [
        "severity": .text(severity), "summary": .text(summary), "services": [.text(team.service)],
        "environment": .text(environments[0]), "detectedAt": moment.later(minutes: -5).written,
        "beganAt": moment.later(minutes: -15).written,
      ])
    return incident
  }

  private mutating func attribute(_ incident: String, at moment: Instant) {
    tell(
      "attributed", .incidentAttributed, by: authors[0], at: moment, about: "incident/\(incident)",
      [
        "causes": [["release": .text(subject), "deployment": .text(name("d"))]], "confidence": "confirmed",
        "explanation": "A query without its index",
      ])
  }

  /// The review has a finding, and an action that somebody owns.
  private mutating func lookInto(_ incident: String) {
    let review: SampleValue = "r-\(name("1"))"
    let begun = moment(of: "review-begun")
    tell(
      "finding", .reviewFindingRecorded, by: manager, at: begun.later(minutes: 8),
      [
        "review": review, "finding": "f1", "kind": "cause", "severity": "medium",
        "statement": "The staging data is too small to show it", "positions": [place("incident")],
      ])
    tell(
      "action", .reviewActionRaised, by: manager, at: begun.later(minutes: 12),
      [
        "review": review, "action": "a1", "finding": "f1", "owner": House.person(authors[0]),
        "task": "Load a month of the real quay into staging", "due": begun.later(days: 21).written,
      ])
    if chance.happens(percent: 70) {
      tell(
        "action-done", .reviewActionCompleted, by: authors[0], at: begun.later(days: 14),
        ["review": review, "action": "a1", "result": "A month is loaded every Sunday"])
    }
    change(
      "reviewed", ["outcome": "partlySuccessful", "lessons": ["Test with as much as there is at the quay"]])
  }

  /// It is rolled out bit by bit, broken off, and goes nowhere else.
  mutating func abortCanary() {
    keepToFirstEnvironment()
    change("designed", ["strategy": "canary"])
    leaveOut("\(first)-verified", "\(first)-seen")
    let begun = moment(of: "\(first)-begun")
    let shares: [(share: Int64, decision: String, analysis: SampleValue)] = [
      (5, "continue", .absent), (20, "abort", "Answers take twice as long"),
    ]
    for (place, step) in shares.enumerated() {
      tell(
        "canary-\(step.share)", .deploymentProgressed, by: House.builder,
        at: begun.later(minutes: 20 * (place + 1)),
        [
          "deployment": .text(name("d")), "environment": .text(environments[0]), "share": .number(step.share),
          "decision": .text(step.decision), "analysis": step.analysis,
        ])
    }
    change(first, ["outcome": "cancelled"])
    retell(first, happened: begun.later(minutes: 45), told: begun.later(minutes: 46))
    tell(
      "superseded", .releaseSuperseded, by: manager, at: at(1, 10, 20),
      ["by": .text("release/\(package)/\(successor)"), "reason": "What was too slow is mended there"])
    change("reviewed", ["outcome": "unsuccessful", "lessons": ["Look at the slowest queries first"]])
  }

  /// It goes to the first environment alone; then somebody tells that it went to the other as well, and that is taken back.
  mutating func mistakeEnvironment(untilAnnulledBy annuller: String) {
    keepToFirstEnvironment()
    let other = House.production.first { $0 != environments[0] } ?? House.us
    let deployment: [String: SampleValue] = [
      "deployment": .text(name("d")), "environment": .text(other), "digests": [.text(digest())],
    ]
    tell(
      "mistaken", .deploymentStarted, by: deployer, at: at(0, 13, 5),
      deployment.merging(["initiator": House.person(deployer)]) { $1 })
    tell(
      "annulled", .eventAnnulled, by: annuller, at: at(0, 15), about: "ledger",
      ["position": place("mistaken"), "reason": "It was another release that went there"])
  }

  /// It is not wanted any more, and goes nowhere.
  mutating func holdBack() {
    let names = environments.map(Self.short)
    leaveOut { part in
      part.hasPrefix("approved-") || part.hasPrefix("review") || part == "told-operations"
        || names.contains { part == $0 || part.hasPrefix("\($0)-") }
    }
    tell(
      "withdrawn", .releaseWithdrawn, by: manager, at: at(-1, 10, 30),
      ["reason": "The port authority wants it in another way"])
  }

  private mutating func keepToFirstEnvironment() {
    for environment in environments.dropFirst() {
      let part = Self.short(environment)
      leaveOut { $0 == part || $0.hasPrefix("\(part)-") }
    }
  }
}
