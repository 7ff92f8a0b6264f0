package import RelmDomain
internal import RelmHistory
internal import RelmJudging
internal import RelmViews
internal import RelmProof

extension Ledger {
  /// The post-release review timeline of a release, as of the moment that this ledger is as of.
  ///
  /// - Returns: nil where nothing that counts is recorded about the release.
  package func timeline(_ package: String, _ version: String) throws -> TimelineReport? {
    let now = surroundings.now()
    return try withRows { rows, size in
      let history = history(rows)
      guard let known = try Releases.known(package, version, in: rows, history) else { return nil }
      let release = try shown(known)
      // One of which only others speak has no course of its own.
      let course =
        try Timelines.row(Timelines.key(package: package, version: version), in: rows)
        ?? TimelineRow(package: package, version: version, commits: 0, late: 0, skipped: 0)
      let contexts = try self.asOf.map { _ in try EnvironmentContexts(in: rows, history) }
      let figures = try figures(release, course, contexts, rows)
      var asOf = TimelineReport.AsOf(
        events: Int(size.value), recorded: now.representable, time: now.representable,
        happenedBy: self.asOf?.happenedBy?.representable)
      if let last = try recordedTime(of: size) { asOf.recorded = last }
      let subject = Subject.release(package: package, version: version)
      let ties = try ties(release, rows)
      var material = TimelineMaterial(
        package: package, version: version, asOf: asOf, release: release, course: course,
        events: try events(about: subject, ties, history, rows), figures: figures)
      material.development = Set(
        try course.deploying.map(\.environment).filter { try !isProduction($0, contexts, rows) })
      let key = RowKey(package, version).components
      try forEachRow(of: Attempts.self, under: key, in: rows) {
        material.attempts.append($0)
        return true
      }
      try forEachRow(of: Approvals.self, under: key, in: rows) {
        material.approvals.append($0)
        return true
      }
      try forEachRow(of: Obligations.self, under: [subject.text], in: rows) {
        material.obligations.append($0)
        return true
      }
      material.incidents = ties
      material.earlier = try earlier(than: course, contexts, history, rows)
      return try ReleaseTimeline(material).report()
    }
  }

  /// The events behind some rows.
  func history(_ rows: any RowReading) -> History {
    History(indexes: rows) { position in try self.event(at: position) }
  }

  /// The events about a release and its incidents, each with what annuls it; annulments are told where they annul, and
  /// once by themselves.
  private func events(
    about subject: Subject, _ ties: [TimelineMaterial.Tie], _ history: History, _ rows: any RowReading
  ) throws -> [TimelineMaterial.Told] {
    var positions = Set(try history.positions(about: subject))
    for tie in ties { positions.formUnion(try history.positions(about: .incident(tie.incident.incident))) }
    return try positions.sorted().compactMap { position in
      guard let event = try event(at: position) else { return nil }
      let annulment = try Annulments.annulling(position, in: rows).first.map { try history.event(at: $0) }
      return TimelineMaterial.Told(event, annulment: annulment)
    }
  }

  /// - Parameter contexts: what environments are for, as of the past; nil to look at their rows.
  private func figures(
    _ release: ReleaseRow, _ course: TimelineRow, _ contexts: EnvironmentContexts?, _ rows: any RowReading
  ) throws -> ReleaseFigures {
    var incidents = 0
    try forEachRow(of: Causes.self, under: [course.package, course.version], in: rows) { row in
      if row.isConfirmed { incidents += 1 }
      return true
    }
    return try ReleaseFigures(release, course, incidents: incidents) { try isProduction($0, contexts, rows) }
  }

  private func isProduction(
    _ environment: String, _ contexts: EnvironmentContexts?, _ rows: any RowReading
  ) throws -> Bool {
    if let contexts { return contexts.isProduction(environment) }
    // An unregistered environment counts as production.
    return try Environments.row(Environments.key(environment), in: rows)?.currentContext != .development
  }

  private func ties(_ release: ReleaseRow, _ rows: any RowReading) throws -> [TimelineMaterial.Tie] {
    var ties: [TimelineMaterial.Tie] = []
    try forEachRow(of: Causes.self, under: [release.package, release.version], in: rows) { cause in
      if let incident = try Incidents.row(Incidents.key(cause.incident), in: rows) {
        ties.append(
          TimelineMaterial.Tie(
            incident, cause.isConfirmed ? .caused : .suspected, at: cause.moment.position))
      }
      return true
    }
    for fixed in release.plan?.fixes ?? [] {
      guard let plan = release.plan, let incident = try Incidents.row(Incidents.key(fixed), in: rows) else {
        continue
      }
      ties.append(TimelineMaterial.Tie(incident, .fixed, at: plan.scope.position))
    }
    return ties
  }

  /// The figures of the package's releases that began before this one, the newest first.
  private func earlier(
    than course: TimelineRow, _ contexts: EnvironmentContexts?, _ history: History, _ rows: any RowReading
  ) throws -> [(version: String, figures: ReleaseFigures)] {
    let subject = Subject.release(package: course.package, version: course.version)
    guard let first = try history.positions(inStream: subject.text).first else { return [] }
    let begun = try history.firstEvents(
      ofReleasesOf: course.package, before: first, limit: Self.comparedReleases)
    return try begun.compactMap { position in
      guard case .release(let package, let version)? = try recorded(position)?.subject,
        let release = try Releases.row(Releases.key(package: package, version: version), in: rows),
        let course = try Timelines.row(Timelines.key(package: package, version: version), in: rows)
      else { return nil }
      return (version, try figures(release, course, contexts, rows))
    }
  }

  /// With how many earlier releases a release is compared at most.
  private static let comparedReleases = 50
}
