internal import RelmDomain

extension Sequence<Remedy> {
  /// In the order in which they have to be done: what a later one rests on comes first, and else they stay as they are.
  ///
  /// A change of the plan makes approvals and the risk assessment stale, a build what was tested and approved; and whoever is
  /// told that a release comes is to be told so of what was approved.
  package var inTheirCourse: [Remedy] {
    enumerated().sorted { ($0.element.turn, $0.offset) < ($1.element.turn, $1.offset) }.map(\.element)
  }
}

extension Remedy {
  /// The steps that follow one another; what belongs to one step may be done in any order.
  private static let course: [[EventType]] = [
    [
      .authorityGranted, .personLinked, .incidentOpened, .capabilityRegistered, .environmentRegistered,
      .procedurePublished,
    ],
    [.capabilityAssessed],
    [.eventAnnulled],
    [.releasePlanned],
    [.releaseScopeChanged],
    [.releaseDesigned, .componentAssessed, .riskAssessed, .partnerConsulted],
    [.buildStarted, .buildFinished],
    [.testFinished, .validationFinished, .attestationRecorded],
    [.baselineRecorded, .scheduleAgreed, .freezeLifted],
    [.approvalGiven],
    [.authorisationRequested],
    [.authorisationGranted],
    [.communicationSent],
  ]

  /// How manieth step it is; what is not among them, such as another question, comes last but for words to others.
  fileprivate var turn: Int {
    let last = Self.course.count - 1
    guard case .record(let type, _, _) = kind else { return last }
    return Self.course.firstIndex { $0.contains(type) } ?? last
  }
}
