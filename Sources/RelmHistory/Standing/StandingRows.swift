package import RelmViews
package import RelmDomain
package import RelmProof

/// How the ledger's rows stood, at one place after another: folded once from the events that count, and then looked up.
///
/// Whoever judges a hundred thousand deployments asks again and again about the same policies, people and tools.
package final class StandingRows {
  package let history: History
  private let rows: any RowReading
  private var people: [String: RowVersions<People>] = [:]
  private var environments: [String: RowVersions<Environments>] = [:]
  private var services: [String: RowVersions<Services>] = [:]
  private var policies: [String: RowVersions<Policies>] = [:]
  private var procedures: [String: RowVersions<Procedures>] = [:]
  private var capabilities: [String: RowVersions<Capabilities>] = [:]
  private var incidents: [String: RowVersions<Incidents>] = [:]
  private var holds: [String: RowVersions<Holds>] = [:]
  private var policyNames: [String]?
  private var retirements: [String: [Moment]] = [:]
  /// Where the few events of each environment stand that say what it is for and when it is frozen.
  private var settings: [String: [Position]]?
  /// What is usual for packages, and who wrote commits.
  private var usual: [String: [UsualServices.Entry]] = [:]
  private var authors: [String: [CommitAuthors.Entry]] = [:]
  /// The events of releases: all, and those that count.
  private var releases: [String: ToldRelease] = [:]

  /// What counts of the deployments of packages to environments, where another release requires one of them.
  private var deployments: [RowKey: [RecordedEvent]] = [:]
  /// What of packages ran in environments, where something was rolled back.
  private var running: [RowKey: RowVersions<Running>] = [:]

  /// How many releases' events are kept, for those with several deployments.
  private static let keptReleases = 256
  /// How many commits' authors are kept: mostly the policies of one deployment ask about the same.
  private static let keptCommits = 4096

  /// - Parameters:
  ///   - rows: of the views, as of the moment that is asked about.
  ///   - history: the events behind them.
  package init(in rows: any RowReading, _ history: History) {
    self.rows = rows
    self.history = history
  }

  /// The rows as they stood before a position.
  package func before(_ line: Position) -> StandingState { StandingState(self, line) }

  /// The events of a release that count, in the order of their positions.
  package func events(ofRelease package: String, _ version: String) throws -> [RecordedEvent] {
    try told(ofRelease: package, version).counting
  }

  /// All events of a release, whether they count or not, in the order of their positions.
  package func everything(ofRelease package: String, _ version: String) throws -> [RecordedEvent] {
    try told(ofRelease: package, version).all
  }

  /// The deployments of a package to an environment, by the events that count.
  func deployments(of package: String, to environment: String) throws -> [RecordedEvent] {
    let key = Running.key(environment: environment, package: package)
    if let known = deployments[key] { return known }
    let found = try history.positions(of: key, in: Running.self, within: History.everything)
      .filter { try history.counts($0) }.map { try history.event(at: $0) }
    if deployments.count >= Self.keptReleases { deployments.removeAll(keepingCapacity: true) }
    deployments[key] = found
    return found
  }

  /// What of a package ran in an environment before a position, by the events that count.
  package func running(_ package: String, in environment: String, before line: Position) throws -> RunningRow? {
    let key = Running.key(environment: environment, package: package)
    if let known = running[key] { return known.row(before: line) }
    let found = try RowVersions(of: key, in: Running.self, history)
    if running.count >= Self.keptReleases { running.removeAll(keepingCapacity: true) }
    running[key] = found
    return found.row(before: line)
  }

  /// What was told of a release.
  package func told(ofRelease package: String, _ version: String) throws -> ToldRelease {
    let subject = Subject.release(package: package, version: version).text
    if let known = releases[subject] { return known }
    let positions = try history.positions(inStream: subject)
    let annulled = try Annulments.naming(positions, in: history.indexes)
    let all = try positions.map { try history.event(at: $0) }
    // Few events are annulled, and mostly none is: then there is one list.
    let told = ToldRelease(
      all: all,
      counting: annulled.isEmpty
        ? all : try all.filter { try annulled[$0.position] == nil || history.counts($0.position) })
    if releases.count >= Self.keptReleases { releases.removeAll(keepingCapacity: true) }
    releases[subject] = told
    return told
  }

  func person(_ person: PersonID, _ line: Position) throws -> PersonRow? {
    try row(person.text, \.people, line)
  }

  func environment(_ name: String, _ line: Position) throws -> EnvironmentRow? {
    if environments[name] == nil {
      // A busy environment's stream has a hundred thousand observations and baselines, which no rule asks its row for.
      environments[name] = try RowVersions(
        of: RowKey(name), in: Environments.self, history, at: settings(of: name))
    }
    return environments[name]?.row(before: line)
  }

  /// What an environment was for before a position; what was not registered is production.
  package func context(of environment: String, before line: Position) throws -> Context {
    try self.environment(environment, line)?.currentContext ?? .production
  }

  func services(of package: String) throws -> [UsualServices.Entry] {
    if let known = usual[package] { return known }
    let found = try UsualServices.all(of: package, in: history.indexes)
    usual[package] = found
    return found
  }

  func authors(ofCommit id: String) throws -> [CommitAuthors.Entry] {
    if let known = authors[id] { return known }
    let found = try CommitAuthors.all(of: id, in: history.indexes)
    if authors.count >= Self.keptCommits { authors.removeAll(keepingCapacity: true) }
    authors[id] = found
    return found
  }

  func service(_ name: String, _ line: Position) throws -> ServiceRow? { try row(name, \.services, line) }
  func policy(_ id: String, _ line: Position) throws -> PolicyRow? { try row(id, \.policies, line) }
  func procedure(_ id: String, _ line: Position) throws -> ProcedureRow? { try row(id, \.procedures, line) }
  func capability(_ id: String, _ line: Position) throws -> CapabilityRow? {
    try row(id, \.capabilities, line)
  }
  func incident(_ id: String, _ line: Position) throws -> IncidentRow? { try row(id, \.incidents, line) }
  func hold(_ id: String, _ line: Position) throws -> HoldRow? { try row(id, \.holds, line) }

  func policies(_ line: Position) throws -> [PolicyRow] {
    try names(of: Policies.self, &policyNames).compactMap { try policy($0, line) }
  }

  func people(_ line: Position) throws -> [PersonRow] {
    var names: [String]?
    return try self.names(of: People.self, &names).compactMap { try row($0, \.people, line) }
  }

  package func holds(_ line: Position) throws -> [HoldRow] {
    var names: [String]?
    return try self.names(of: Holds.self, &names).compactMap { try row($0, \.holds, line) }
  }

  /// A row by its one name.
  private func row<View: Projection>(
    _ name: String, _ known: ReferenceWritableKeyPath<StandingRows, [String: RowVersions<View>]>,
    _ line: Position
  ) throws -> View.Row? {
    if let versions = self[keyPath: known][name] { return versions.row(before: line) }
    let versions = try RowVersions(of: RowKey(name), in: View.self, history)
    self[keyPath: known][name] = versions
    return versions.row(before: line)
  }

  /// The names under which a view has rows; those that have vanished since count for nothing.
  private func names<View: Projection>(of view: View.Type, _ known: inout [String]?) throws -> [String] {
    if let known { return known }
    var found: [String] = []
    try rows.scan(View.table, prefix: []) { key, _ in
      if let name = try RowKey.stored(key, in: View.table, self.rows)?.components.first { found.append(name) }
      return true
    }
    known = found
    return found
  }

  /// Each time that a policy was retired, in the order of the log.
  package func retirements(of policy: String) throws -> [Moment] {
    if let known = retirements[policy] { return known }
    let found = try history.positions(inStream: Subject.policy(policy).text).filter { try history.counts($0) }
      .compactMap { position -> Moment? in
        let event = try history.event(at: position)
        guard case .policy(.policyRetired) = event.event else { return nil }
        return Moment(at: event.recorded.representable, position: position)
      }
    retirements[policy] = found
    return found
  }

  private func settings(of environment: String) throws -> [Position] {
    if settings == nil {
      var found: [String: [Position]] = [:]
      for type in [
        EventType.environmentRegistered, .environmentRetired, .freezeDeclared, .freezeLifted,
      ] {
        for position in try history.positions(ofType: type) {
          guard case .environment(let name)? = try history.event(at: position).subject else { continue }
          found[name, default: []].append(position)
        }
      }
      settings = found.mapValues { $0.sorted() }
    }
    return settings?[environment] ?? []
  }
}

/// The ledger's rows as they stood before one position.
package struct StandingState: LedgerState {
  private let standing: StandingRows
  private let line: Position

  init(_ standing: StandingRows, _ line: Position) {
    self.standing = standing
    self.line = line
  }

  package func release(_ package: String, _ version: String) throws -> ReleaseRow? {
    try standing.told(ofRelease: package, version).release(
      Releases.key(package: package, version: version), before: line)
  }

  package func approval(_ package: String, _ version: String, _ id: String) throws -> ApprovalRow? {
    try row(of: Approvals.self, RowKey(package, version, id), package, version)
  }

  package func approvals(_ package: String, _ version: String) throws -> [ApprovalRow] {
    try standing.told(ofRelease: package, version).approvals(before: line)
  }

  package func attempt(_ package: String, _ version: String, _ attempt: AttemptID) throws -> AttemptRow? {
    try row(of: Attempts.self, Attempts.key(package: package, version: version, attempt), package, version)
  }

  package func escalation(_ package: String, _ version: String, _ id: String) throws -> EscalationRow? {
    try row(of: Escalations.self, RowKey(package, version, id), package, version)
  }

  package func obligation(
    _ subject: Subject, _ kind: ObligationRow.Kind, _ id: String
  ) throws -> ObligationRow? {
    let key = RowKey(subject.text, kind.rawValue, id)
    return try RowVersions(of: key, in: Obligations.self, standing.history).row(before: line)
  }

  package func ledger() throws -> LedgerRow? {
    try RowVersions(of: RowKey("ledger"), in: LedgerItself.self, standing.history).row(before: line)
  }

  package func person(_ person: PersonID) throws -> PersonRow? { try standing.person(person, line) }
  package func environment(_ name: String) throws -> EnvironmentRow? { try standing.environment(name, line) }
  package func service(_ name: String) throws -> ServiceRow? { try standing.service(name, line) }
  package func policy(_ id: String) throws -> PolicyRow? { try standing.policy(id, line) }
  package func procedure(_ id: String) throws -> ProcedureRow? { try standing.procedure(id, line) }
  package func capability(_ id: String) throws -> CapabilityRow? { try standing.capability(id, line) }
  package func incident(_ id: String) throws -> IncidentRow? { try standing.incident(id, line) }
  package func hold(_ id: String) throws -> HoldRow? { try standing.hold(id, line) }
  package func people() throws -> [PersonRow] { try standing.people(line) }
  package func policies() throws -> [PolicyRow] { try standing.policies(line) }
  package func holds() throws -> [HoldRow] { try standing.holds(line) }

  package func services(of package: String, in context: Context) throws -> PackageServices {
    try standing.services(of: package).known(in: context, before: line)
  }

  package func isNarrowed(_ package: String, _ version: String, in context: Context) throws -> Bool {
    let release = Subject.release(package: package, version: version)
    return try standing.history.positions(under: IndexKey.narrowings(of: release, in: context)).contains {
      try counts($0)
    }
  }

  package func authors(ofCommit id: String) throws -> [PersonID] {
    try standing.authors(ofCommit: id).filter { $0.position < line }.map(\.person)
  }

  /// Each time that a policy was retired before.
  package func retirements(of policy: String) throws -> [Moment] {
    try standing.retirements(of: policy).filter { $0.position < line }
  }

  package func event(at position: Position) throws -> RecordedEvent? {
    position < line ? try standing.history.event(at: position) : nil
  }

  package func counts(_ position: Position) throws -> Bool {
    try position < line && standing.history.counts(position)
  }

  /// A row that only its release's own events touch.
  private func row<View: Projection>(
    of view: View.Type, _ key: RowKey, _ package: String, _ version: String
  ) throws -> View.Row? {
    try events(package, version).reduce(nil) { row, event in
      View.keys(touchedBy: event).contains(key) ? View.evolve(row, at: key, by: event) : row
    }
  }

  private func events(_ package: String, _ version: String) throws -> [RecordedEvent] {
    try standing.events(ofRelease: package, version).filter { $0.position < line }
  }
}
