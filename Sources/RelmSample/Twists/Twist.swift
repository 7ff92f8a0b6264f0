/// What goes otherwise in a release than by the book, as it does in houses.
package enum Twist: String, CaseIterable, Sendable {
  // What was allowed.
  case withoutApproval, oneApproval, approvedByAuthor, approvedByStranger, refused, criticalUnauthorised,
    criticalAuthorised
  // What was shown before.
  case failedTestWaived, otherBuildDeployed, builtOnLaptop, testedLate, withoutWayBack, scopeChanged,
    missingRequirement
  // What happened in production.
  case toldLate, unverified, byNewcomer, withdrawn, rolledBack, causedIncident, canaryAborted, wrongEnvironment,
    annulledByLead, unreviewed, heldBack
  // What the stricter policy asks besides.
  case outsideWindow, againstGate, licenceFinding, usersNotTold, handoverRejected, conditionUnmet,
    supportCutShort, baselineForgotten, unattested, askedTwice
  // What breaks into a freeze.
  case overridden, neverRatified

  /// Those that happen to ordinary releases, in the order in which the year has them.
  static let ofOrdinary: [Twist] = [
    .withoutApproval, .rolledBack, .toldLate, .causedIncident, .approvedByAuthor, .failedTestWaived,
    .canaryAborted,
    .unverified, .criticalAuthorised, .withdrawn, .rolledBack, .oneApproval, .causedIncident,
    .otherBuildDeployed,
    .unreviewed, .wrongEnvironment, .builtOnLaptop, .rolledBack, .refused, .testedLate, .byNewcomer,
    .causedIncident, .scopeChanged, .canaryAborted, .approvedByStranger, .withoutWayBack, .criticalUnauthorised,
    .missingRequirement, .annulledByLead, .heldBack,
  ]

  /// Those that happen to releases that the stricter policy looks at.
  static let ofRegulated: [Twist] = [
    .outsideWindow, .handoverRejected, .againstGate, .licenceFinding, .supportCutShort, .usersNotTold,
    .baselineForgotten, .conditionUnmet, .askedTwice, .unattested,
  ]

  /// The rules that its deployments to production break; none where all is as it should be in spite of it.
  package var breaks: [String] {
    switch self {
    case .withoutApproval, .oneApproval, .approvedByAuthor, .approvedByStranger: ["approved"]
    case .refused: ["approved", "releasable"]
    case .criticalUnauthorised: ["authorised"]
    case .otherBuildDeployed: ["tested"]
    case .builtOnLaptop: ["built"]
    case .withoutWayBack: ["rollback-planned"]
    case .scopeChanged: ["risk-assessed"]
    case .missingRequirement: ["requirements-met"]
    case .toldLate: ["recorded-promptly"]
    case .unverified: ["verified"]
    case .byNewcomer: ["personnel-competent"]
    case .withdrawn: ["releasable"]
    case .unreviewed, .neverRatified: ["reviewed"]
    case .outsideWindow: ["gated", "scheduled"]
    case .againstGate: ["approved", "gated"]
    case .licenceFinding: ["components-assessed", "gated"]
    case .usersNotTold: ["communicated", "gated"]
    case .handoverRejected, .conditionUnmet: ["handed-over"]
    case .unattested: ["attested", "gated"]
    case .supportCutShort: ["supported"]
    case .baselineForgotten: ["baselined"]
    case .overridden, .criticalAuthorised, .failedTestWaived, .testedLate, .rolledBack, .causedIncident,
      .canaryAborted,
      .wrongEnvironment, .annulledByLead, .heldBack, .askedTwice:
      []
    }
  }

  /// The rules that somebody who may do that sets aside for it.
  package var setsAside: [String] {
    let rules: [Twist: [String]] = [
      .failedTestWaived: ["tested"], .overridden: ["approved", "not-frozen"],
      .neverRatified: ["approved", "not-frozen"],
    ]
    return rules[self] ?? []
  }

  /// Whether it concerns the first environment alone.
  package var isOfFirstEnvironment: Bool { self == .toldLate }

  /// Whether it goes to production at all.
  package var isDeployed: Bool { self != .heldBack }

  /// Tells the story as it went.
  func apply(to story: inout ReleaseStory) {
    switch self {
    case .withoutApproval: story.leaveOut("approved-deployment-1", "approved-deployment-2")
    case .oneApproval: story.leaveOut("approved-deployment-2")
    case .approvedByAuthor: story.haveApproverWrite()
    case .approvedByStranger: story.retell("approved-deployment-2", by: House.stranger)
    case .refused: story.haveRefused()
    case .criticalUnauthorised: story.change("risk", ["securityImpact": "high"])
    case .criticalAuthorised: story.haveAuthorised()
    case .failedTestWaived: story.waiveTest()
    case .otherBuildDeployed: story.buildAnew()
    case .builtOnLaptop: story.buildOnLaptop()
    case .testedLate: story.tellTestLate()
    case .withoutWayBack: story.change("designed", ["rollbackPlan": .absent])
    case .scopeChanged: story.changeScope()
    case .missingRequirement: story.requireWhatDoesNotRun()
    case .toldLate: story.tellDeploymentLate()
    case .unverified: story.leaveOut { $0.hasSuffix("-verified") }
    case .byNewcomer: story.haveNewcomerDeploy()
    case .withdrawn: story.withdraw()
    case .rolledBack: story.rollBack()
    case .causedIncident: story.causeIncident()
    case .canaryAborted: story.abortCanary()
    case .wrongEnvironment: story.mistakeEnvironment(untilAnnulledBy: House.compliance)
    case .annulledByLead: story.mistakeEnvironment(untilAnnulledBy: story.otherLead)
    case .heldBack: story.holdBack()
    case .unreviewed: story.leaveOut("review-begun", "reviewed")
    case .outsideWindow: story.missWindow()
    case .againstGate: story.leaveOut("approved-deployment-1")
    case .licenceFinding: story.findLicence()
    case .usersNotTold: story.leaveOut("told-users")
    case .handoverRejected: story.rejectHandover()
    case .conditionUnmet: story.acceptOnCondition()
    case .unattested: story.leaveOut("attested")
    case .askedTwice: story.askTooEarly()
    case .supportCutShort: story.cutSupportShort()
    case .baselineForgotten: story.leaveOut { $0.hasSuffix("-baseline-after") }
    case .overridden: break
    case .neverRatified: story.leaveOut("ratified")
    }
  }
}
