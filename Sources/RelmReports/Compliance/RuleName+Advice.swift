package import RelmDomain

// What to do about each kind of exception, in a line. Words between backticks are to be typed.

extension RuleName {
  /// What it takes for the rule to hold.
  package var need: String {
    switch self {
    case .planned: "plan the release before it is deployed: `relm record release.planned`"
    case .classified: "name the procedure in force of a standard release, or the incident of an emergency"
    case .designed: "record the design before it is deployed: `relm record release.designed`"
    case .componentsAssessed: "assess every component: `relm record component.assessed`"
    case .riskAssessed: "assess the risk after the last change of scope: `relm record risk.assessed`"
    case .built: "build from the declared commits with a registered tool: `relm record build.finished`"
    case .tested: "run every suite on what is deployed: `relm record test.finished`"
    case .validated: "validate it by its acceptance criteria: `relm record validation.finished`"
    case .baselined: "record the baselines: `relm record baseline.recorded`"
    case .scheduled: "agree on a window, and deploy in it: `relm record schedule.agreed`"
    case .partnersConsulted: "consult the partners: `relm record partner.consulted`"
    case .communicated: "tell the audiences early enough: `relm record communication.sent`"
    case .procedureApplied: "complete the steps of the procedure: `relm record procedure.step.completed`"
    case .approved: "have it approved first, by people without another duty in it: `relm record approval.given`"
    case .authorised: "have critical releases authorised at level 6: `relm record authorisation.granted`"
    case .gated: "let the pipeline ask before it deploys: `relm gate RELEASE --to ENVIRONMENT`"
    case .notFrozen: "wait for the end of the freeze, or break the glass: `relm record override.declared`"
    case .rollbackPlanned: "say how it is taken back: `relm record release.designed takeBack=…`"
    case .attested: "record the attestations of what is deployed: `relm record attestation.recorded`"
    case .verified: "check the deployment: `relm record verification.finished`"
    case .reconciled: "look at what runs there: `relm record environment.observed`"
    case .handedOver: "have the handover accepted: `relm record handover.accepted`"
    case .supported: "support it, and close the support by its criteria: `relm record support.closed`"
    case .reviewed: "review the release: `relm review open RELEASE TITLE`"
    case .recordedPromptly: "let whatever does it record it at once"
    case .personnelCompetent: "have it done by people of that level: `relm record authority.granted`"
    case .capabilityInPlace: "have what is needed assessed and valid: `relm record capability.assessed`"
    case .releasable: "take it out of there, and plan a new version"
    case .requirementsMet: "deploy first what it requires"
    }
  }

  /// What to do where the rule came to something that is an exception.
  package func advice(_ outcome: RuleOutcome) -> String {
    switch outcome {
    case .overdue: "Now: \(need)"
    case .overridden:
      "Ratify the override, and review it: `relm record approval.given ratifies=POSITION`"
    case .waived: "See that what the waiver asks instead is done, until it ends"
    case .violated, .satisfied, .satisfiedLate, .pending, .notApplicable:
      "Next time: \(need)"
    }
  }
}

/// A kind of exception that no rule of a policy says.
package enum ExceptionKind: Sendable, CaseIterable {
  case ungoverned, unreleasable, annulled, unaccepted, beforePeriod

  package var words: String {
    switch self {
    case .ungoverned: "no policy in force"
    case .unreleasable: "not to be released"
    case .annulled: "annulled by an insider"
    case .unaccepted: "before the ledger, not accepted"
    case .beforePeriod: "begun before the period, told late"
    }
  }

  package var advice: String {
    switch self {
    case .ungoverned: "Adopt a policy for it: `relm policy init`"
    case .unreleasable: "Take it out of production, and plan a new version"
    case .annulled:
      "Have somebody with level 6 look at it who had no hand in it"
    case .unaccepted: "Compare it with its source, and accept that: `relm record history.accepted`"
    case .beforePeriod: "See whether the report of the period before has it"
    }
  }

  /// The section that lists them.
  var section: String {
    switch self {
    case .ungoverned: "ungoverned"
    case .unreleasable: "unreleasable"
    case .annulled: "annulled"
    case .unaccepted: "unaccepted"
    case .beforePeriod: "brought"
    }
  }

  /// Whether a deployment is one.
  func holds(of attempt: ComplianceReport.Attempt) -> Bool {
    guard attempt.annulled?.independent != true else { return false }
    return switch self {
    case .ungoverned: attempt.governance == .ungoverned
    case .unreleasable: attempt.unreleasable?.outcome.isFailure == true
    case .annulled: attempt.annulled != nil
    case .unaccepted: attempt.governance == .unaccepted
    case .beforePeriod: attempt.beforePeriod == true && attempt.lateSeconds != nil
    }
  }
}
