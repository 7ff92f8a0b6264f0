package import RelmDomain

/// Collects the deployments of a span of time from rows of the view `attempts`, in the order of their keys.
///
/// All rows of a package are neighbours, and so are all of a release. What lies outside the span is looked at and
/// forgotten, but for a few moments: when a release was first deployed, and when a package was next deployed
/// somewhere.
package struct DeliveryCollector {
  private let span: Range<Instant>
  private var collected: [Delivery] = []
  /// Whether anything was deployed with success before the span.
  package private(set) var hasEarlierSuccess = false

  /// The package whose rows are coming, and its release.
  private var package: String?
  private var version: String?
  private var packageStart = 0
  private var releaseStart = 0
  /// The release's first successful deployment, at any time.
  private var first: Moment?
  /// The package's first successful deployment after the span, in each environment.
  private var later: [String: Moment] = [:]

  /// - Parameter span: deployments count that end in it.
  package init(span: Range<Instant>) { self.span = span }

  /// Takes a deployment that is to be counted if it ended in the span.
  ///
  /// - Parameter row: of an environment that is asked for; the rows come in the order of their keys.
  package mutating func add(_ row: AttemptRow) {
    guard row.kind == .deployment, let environment = row.environment, let end = row.deploymentEnd else {
      return
    }
    enter(row)
    let ended = Moment(at: end.at, position: end.position)
    if row.outcome == .succeeded {
      first = min(first ?? ended, ended)
      if ended.at < span.lowerBound { hasEarlierSuccess = true }
      if ended.at >= span.upperBound { later[environment] = min(later[environment] ?? ended, ended) }
    }
    guard span.contains(ended.at) else { return }
    collected.append(
      Delivery(
        name: DeploymentName(
          package: row.package, version: row.version, deployment: row.id, environment: environment),
        environment: environment, ended: ended, outcome: row.outcome,
        rolledBack: row.rolledBack.map { Moment(at: $0.at, position: $0.position) }))
  }

  /// The deployments that ended in the span, by package and release; what they are for, and of what commits, is
  /// left to be filled in.
  package mutating func finish() -> [Delivery] {
    leaveRelease()
    leavePackage()
    return collected
  }

  private mutating func enter(_ row: AttemptRow) {
    // Names are told apart by their bytes, as keys are.
    let isSamePackage = package.map { $0.utf8.elementsEqual(row.package.utf8) } ?? false
    if !isSamePackage || version.map({ !$0.utf8.elementsEqual(row.version.utf8) }) ?? true { leaveRelease() }
    if !isSamePackage { leavePackage() }
    package = row.package
    version = row.version
  }

  private mutating func leaveRelease() {
    if let first, let index = collected[releaseStart...].firstIndex(where: { $0.ended == first }) {
      collected[index].isFirst = true
    }
    releaseStart = collected.count
    first = nil
  }

  private mutating func leavePackage() {
    let places = packageStart..<collected.count
    let successes = Dictionary(grouping: places.filter { collected[$0].outcome == .succeeded }) {
      collected[$0].environment
    }.mapValues { places in places.map { collected[$0].ended }.sorted() }
    for place in places {
      let environment = collected[place].environment
      let ended = collected[place].ended
      collected[place].nextSuccess =
        Self.first(of: successes[environment] ?? [], after: ended) ?? later[environment]
    }
    packageStart = collected.count
    later = [:]
  }

  /// The first of sorted moments that comes after another.
  private static func first(of moments: [Moment], after moment: Moment) -> Moment? {
    var (low, high) = (0, moments.count)
    while low < high {
      let middle = (low + high) / 2
      if moments[middle] <= moment { low = middle + 1 } else { high = middle }
    }
    return low < moments.count ? moments[low] : nil
  }
}
