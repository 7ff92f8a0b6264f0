/// How the stage follows from the facets; it reads nothing but the row.
///
/// 0. A release that was closed, withdrawn or superseded is that; what was said of it later changes it no more.
/// 1. Where there were deployments, cancelled ones aside, the latest thing said about any of them decides: begun is
///    *deploying*, succeeded *deployed*, failed, errored or aborted
///    *failed*, rolled back *rolledBack*, removed *removed*. Three
///    refinements: a removal while the release still runs elsewhere leaves it *deployed*; what is deployed and of which
///    a handover was accepted is *handedOver*; and an acceptance later than everything said about deployments makes it
///    *handedOver* wherever it still runs.
///    What is deployed or handed over is *supported* once its early life support is closed with every criterion met, and
///    *reviewed* once a review of it is closed, where that came after the latest deployment. Support that was closed otherwise
///    changes no stage: the release does not stand on its own feet by that.
/// 2. Otherwise an accepted handover makes it *handedOver*.
/// 3. Otherwise the furthest of these counts: an approval (*approved*), a published package (*packaged*), builds and
///    tests. A build or test that failed later than the approval or package takes it back to *failed*.
/// 4. Of builds and tests the one touched later counts. Builds, by the latest: *building*, *built*, *failed*. Tests, by
///    the latest run of each suite: any failed, *failed*; any under way, *testing*; else *tested*. Cancelled ones do
///    not count.
/// 5. Otherwise it is *designed* if there is a design, *planned* if there is a plan, and *unplanned* if not.
///
/// An approval makes it *approved* only while the latest statement is no refusal, and covers what the release is now. Whether
/// it is one that a policy counts is no question of the row's: who shows a release asks it, and shows
/// ``stageBesidesApproval`` where it is none.
///
/// "Later" is always by `Moment`.
extension ReleaseRow {
  /// The stage that follows from the other fields.
  package var derivedStage: Stage { stage(countingApprovals: true) }

  /// The stage if nothing were approved.
  package var stageBesidesApproval: Stage { stage(countingApprovals: false) }

  private func stage(countingApprovals: Bool) -> Stage {
    switch ending?.how {
    case .closed: return .closed
    case .withdrawn: return .withdrawn
    case .superseded: return .superseded
    case nil: break
    }
    if let stage = deploymentStage { return aftercare(of: stage) }
    if (handovers?.accepted ?? 0) > 0 { return aftercare(of: .handedOver) }
    let work = workStage
    if countingApprovals, let latest = approvals?.latest.last, !latest.isRefusal,
      latest.staleness(given: self) == nil
    {
      let approved = latest.moment
      return Self.stage(.approved, at: approved, unless: work)
    }
    if let packaged = packages?.latest.moment { return Self.stage(.packaged, at: packaged, unless: work) }
    return work?.stage ?? (design != nil ? .designed : plan == nil ? .unplanned : .planned)
  }

  /// What comes after a deployment that stays.
  private func aftercare(of stage: Stage) -> Stage {
    guard stage == .deployed || stage == .handedOver else { return stage }
    let deployed = deployments?.environments.filter { $0.status != .cancelled }.map(\.moment).max()
    func isLater(_ moment: Moment?) -> Bool {
      guard let moment else { return false }
      return deployed.map { $0 < moment } ?? true
    }
    if isLater(reviews?.lastClosed) { return .reviewed }
    if support?.endedWell == true, isLater(support?.lastClosed) { return .supported }
    return stage
  }

  private struct Reached {
    let stage: Stage
    let moment: Moment
  }

  private static func stage(_ stage: Stage, at moment: Moment, unless work: Reached?) -> Stage {
    guard let work, work.stage == .failed, moment < work.moment else { return stage }
    return .failed
  }

  private var deploymentStage: Stage? {
    guard let deployments else { return nil }
    var latest: Environment?
    for entry in deployments.environments where entry.status != .cancelled {
      if let known = latest, entry.moment < known.moment { continue }
      latest = entry
    }
    guard let latest else { return nil }
    let running = deployments.runsSomewhere
    let accepted = handovers?.lastAccepted
    if running, let accepted, latest.moment < accepted { return .handedOver }
    switch latest.status {
    case .started: return .deploying
    case .succeeded: return accepted == nil ? .deployed : .handedOver
    case .failed, .errored, .aborted: return .failed
    case .rolledBack: return .rolledBack
    case .removed where running: return accepted == nil ? .deployed : .handedOver
    case .removed: return .removed
    case .cancelled: return nil
    }
  }

  /// What builds and tests together have come to.
  private var workStage: Reached? {
    switch (buildStage, testStage) {
    case (let build?, let test?): build.moment < test.moment ? test : build
    case (let build, let test): build ?? test
    }
  }

  private var buildStage: Reached? {
    guard let latest = builds?.latest else { return nil }
    switch latest.outcome {
    case nil: return Reached(stage: .building, moment: latest.moment)
    case .succeeded: return Reached(stage: .built, moment: latest.moment)
    case .failed, .errored: return Reached(stage: .failed, moment: latest.moment)
    case .cancelled: return nil
    }
  }

  private var testStage: Reached? {
    guard let suites = tests?.suites.filter({ $0.outcome != .cancelled }),
      let moment = suites.map(\.moment).max()
    else { return nil }
    if suites.contains(where: { $0.outcome == .failed || $0.outcome == .errored }) {
      return Reached(stage: .failed, moment: moment)
    }
    if suites.contains(where: { $0.outcome == nil }) { return Reached(stage: .testing, moment: moment) }
    return Reached(stage: .tested, moment: moment)
  }
}
