internal import RelmDomain
internal import RelmJudging
internal import RelmViews
internal import RelmProof

/// Which commits releases are made of, each release read once.
final class ReleaseCommits {
  let history: History
  private let isTold: (RecordedEvent) -> Bool
  private var known: [String: [Delivery.Commit]] = [:]

  /// - Parameter isTold: whether an event is among those that the rows rest on.
  init(_ history: History, isTold: @escaping (RecordedEvent) -> Bool) {
    self.history = history
    self.isTold = isTold
  }

  /// The commits that a release's plan names, as last changed, and those of its successful builds; each once, with the
  /// earliest time that is told of it.
  func of(_ release: String) throws -> [Delivery.Commit] {
    if let commits = known[release] { return commits }
    var planned: [Commit] = []
    var built: [Commit] = []
    for position in try history.positions(inStream: release)
    where try Annulments.counts(position, in: history.indexes) {
      let event = try history.event(at: position)
      guard isTold(event), case .release(let said) = event.event, !said.deliveredCommits.isEmpty else {
        continue
      }
      if case .attempt = said.family { built += said.deliveredCommits } else { planned = said.deliveredCommits }
    }
    var order: [String] = []
    var times: [String: Instant?] = [:]
    for commit in planned + built {
      let at = commit.committedAt?.instant
      if let known = times[commit.id] {
        times[commit.id] = .some([known, at].compactMap { $0 }.min())
      } else {
        order.append(commit.id)
        times[commit.id] = .some(at)
      }
    }
    let commits = order.map { Delivery.Commit(id: $0, at: times[$0] ?? nil) }
    known[release] = commits
    return commits
  }
}

/// What had gone live before a span of time: a commit arrives once, with the first release that holds it and is deployed with
/// success, however long ago that was.
///
/// It is looked up by the commit, so that a question about three months reads no more of ten years than what names the same
/// commits.
final class EarlierArrivals {
  private let question: MetricsQuestion
  private let scope: DeploymentScope
  private let rows: any RowReading
  private let commits: ReleaseCommits
  /// Whether a release was deployed with success before the span.
  private var arrived: [String: Bool] = [:]
  /// The streams in which events stand.
  private var streams: [Position: Subject?] = [:]

  init(
    _ question: MetricsQuestion, _ scope: DeploymentScope, _ rows: any RowReading, _ commits: ReleaseCommits
  ) {
    self.question = question
    self.scope = scope
    self.rows = rows
    self.commits = commits
  }

  /// Whether a commit had come with another release.
  func hold(_ commit: String, otherThan own: String) throws -> Bool {
    var seen: Set<String> = [own]
    for position in try commits.history.positions(naming: commit) {
      guard case .release(let package, let version)? = try stream(of: position) else { continue }
      let release = Subject.release(package: package, version: version).text
      guard seen.insert(release).inserted, try hasArrived(package, version, release) else { continue }
      // What a later plan left out again, or was annulled, did not come with it.
      if try commits.of(release).contains(where: { $0.id.utf8.elementsEqual(commit.utf8) }) { return true }
    }
    return false
  }

  private func stream(of position: Position) throws -> Subject? {
    if let known = streams[position] { return known }
    let subject = try commits.history.event(at: position).subject
    streams[position] = .some(subject)
    return subject
  }

  private func hasArrived(_ package: String, _ version: String, _ release: String) throws -> Bool {
    guard question.package.map({ $0.utf8.elementsEqual(package.utf8) }) ?? true else { return false }
    if let known = arrived[release] { return known }
    var hasArrived = false
    let prefix = RowKey(package, version, AttemptRow.Kind.deployment.rawValue).prefix
    try rows.scan(Attempts.table, prefix: prefix) { key, stored in
      let row = try Attempts.decode(stored, at: key)
      guard row.outcome == .succeeded, let end = row.deploymentEnd, end.at < question.span.lowerBound,
        let environment = row.environment, try scope.counts(environment)
      else { return true }
      hasArrived = true
      return false
    }
    arrived[release] = hasArrived
    return hasArrived
  }
}
