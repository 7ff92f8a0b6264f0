extension ReleaseRow {
  /// That a rollback put a release somewhere.
  package struct Restoration: Sendable {
    package let environment: String
    /// The deployment that was rolled back to it.
    package let deployment: String
    package let moment: Moment

    package init(environment: String, deployment: String, moment: Moment) {
      self.environment = environment
      self.deployment = deployment
      self.moment = moment
    }
  }

  /// The row of a release of which others speak and which has no event of its own: what a rollback restores runs, though nobody
  /// planned or deployed it.
  ///
  /// - Parameters:
  ///   - package: what it is a release of.
  ///   - version: which version of that.
  ///   - first: what was said of it first.
  ///   - last: what was said of it last.
  ///   - restorations: where rollbacks put it, in the order of the log.
  package static func spokenOf(
    package: String, version: String, first: Moment, last: Moment, restorations: [Restoration]
  ) -> ReleaseRow {
    var row = ReleaseRow(
      package: package, version: version, stage: .unplanned, events: 0, first: first, last: last)
    for one in restorations {
      row.touch(environment: one.environment, deployment: one.deployment, .succeeded, at: one.moment)
    }
    row.stage = row.derivedStage
    return row
  }
}
