internal import RelmDomain
internal import RelmHistory
internal import RelmProof
internal import RelmRules

/// Whom it falls to that what a policy asks for after a deployment is done: who has taken it on; else who answers for it.
///
/// A verification falls to who deployed; an answer to a handover to the party that it was offered to, and the offer to the
/// release's manager; support and reviews to their lead, and while there is none to the manager; what is looked at in an
/// environment to the environment's owner. Where none of these is known, it falls to the manager, the owner, or who deployed;
/// and where nobody is, to all of the level that doing it takes.
struct DutyBearers {
  private let deployer: PersonID?
  private let manager: PersonID?
  private let owner: PersonID?
  /// To whom a handover is offered that is not answered.
  private let party: PersonID?
  private let supportLead: PersonID?
  private let reviewLead: PersonID?

  /// - Parameters:
  ///   - member: the deployment with its release's events.
  ///   - state: the rows as they stand at the end: a duty falls to who has the part now.
  ///   - asOf: the as-of time.
  init(of member: Population.Member, given state: StandingState, asOf: Instant) throws {
    let attempt = member.attempt
    deployer = try attempt.deployers(given: state)?.first
    manager = try state.release(member.package, member.version)?.plan?.manager
    owner = try state.environment(attempt.environment)?.registration?.owner
    var (offers, supports, reviews) = ([Open](), [Open](), [Open]())
    for event in member.events where event.recorded <= asOf {
      guard case .release(let said) = event.event, case .attempt(let step) = said.family else { continue }
      switch step {
      case .handoverOffered(let data):
        if data.environment.map({ $0 == attempt.environment }) ?? true {
          offers.append(Open(id: data.handover, bearer: data.party))
        }
      case .handoverAccepted(let data): offers.removeAll { $0.id == data.handover }
      case .handoverRejected(let data): offers.removeAll { $0.id == data.handover }
      case .supportOpened(let data):
        if data.environment.map({ $0 == attempt.environment }) ?? true {
          supports.append(Open(id: data.support, bearer: data.lead))
        }
      case .supportClosed(let data): supports.removeAll { $0.id == data.support }
      case .reviewOpened(let data): reviews.append(Open(id: data.review, bearer: data.lead))
      case .reviewClosed(let data): reviews.removeAll { $0.id == data.review }
      case .buildStarted, .buildFinished, .testStarted, .testFinished, .deploymentStarted,
        .deploymentProgressed, .deploymentFinished, .deploymentRolledback, .deploymentRemoved,
        .handoverConditionMet, .supportAdvised, .reviewFindingRecorded, .reviewActionRaised,
        .reviewActionCompleted:
        break
      }
    }
    party = offers.compactMap(\.bearer).first
    supportLead = supports.compactMap(\.bearer).last
    reviewLead = reviews.compactMap(\.bearer).last
  }

  /// What somebody has taken on and not ended.
  private struct Open {
    let id: String
    let bearer: PersonID?
  }

  /// Whom a duty falls to; nil where nobody is known.
  func bearer(of kind: ObligationRow.Kind) -> PersonID? {
    let first: [PersonID?] =
      switch kind {
      case .verification, .procedureSteps, .recording: [deployer]
      case .observation, .baseline: [owner]
      case .handover: [party]
      case .support: [supportLead]
      case .review: [reviewLead]
      case .answer, .authorisation, .authorityReview, .capabilityAssessment, .condition, .drift, .escalation,
        .holdReview, .overrideRatification, .overrideReview, .policyReview, .policyRule, .procedureReview,
        .reviewAction, .reviewClosing, .supportClosing:
        []
      }
    return (first + [manager, owner, deployer]).compactMap { $0 }.first
  }
}
