/// How far a deployment has come, and whether it goes on.
extension ReleaseRow {
  /// Takes up what is said of a deployment that is under way, in the entry of its environment where that is about it.
  ///
  /// A rollout that is aborted is no longer under way, though nothing more is said of it; one that goes on after that is
  /// again. What has ended stays as it ended. Several that are under way at once are all in the view `running`.
  mutating func progress(_ data: DeploymentProgressed, at moment: Moment) {
    guard
      let place = deployments?.environments.firstIndex(where: {
        $0.environment == data.environment && $0.deployment == data.deployment
      })
    else { return }
    deployments?.environments[place].progress(data, at: moment)
  }
}

extension ReleaseRow.Environment {
  fileprivate mutating func progress(_ data: DeploymentProgressed, at moment: Moment) {
    guard self.moment < moment, status == .started || status == .aborted else { return }
    status = data.decision == .abort ? .aborted : .started
    share = data.share ?? share
    self.moment = moment
  }
}
