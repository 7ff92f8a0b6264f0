package import RelmDomain
internal import RelmProof

/// What a release was planned to be, as it stood before a deployment.
///
/// A change of scope is a fact, and whoever makes it may add what they like. What it takes away it takes away only where
/// it was recorded by somebody with the level that the policy asks of its approvers; from anybody else it adds, and the
/// rules look at what was planned before and after together.
///
/// Its services begin with those that the package's releases usually concern: who plans one adds to them, and only such a change
/// leaves any of them out. See `ReleaseReach`.
package struct ReleaseScope: Sendable, Equatable {
  /// The services that it concerns, as far as they are known.
  package private(set) var services: [String] = []
  /// Whether it names none of them itself, and so concerns all.
  private var isOfAll = true
  /// The classes that it has; more than one where it was changed without authority.
  package private(set) var classes: [ReleaseClass] = []
  /// Whether it was planned as critical.
  package private(set) var isCritical = false
  /// The releases that have to be in place before it.
  package private(set) var requires: [String] = []

  package init() {}

  /// - Parameters:
  ///   - events: the release's events that count, in the order of their positions.
  ///   - line: where the deployment's beginning stands.
  ///   - approvers: who may take something away from the plan.
  init(of events: [RecordedEvent], before line: Position, _ approvers: Approvers<some LedgerState>) throws {
    services = try approvers.usualServices()
    for event in events.prefix(while: { $0.position < line }) {
      guard case .release(let said) = event.event else { continue }
      if case .releasePlanned(let data) = said, classes.isEmpty {
        services = Self.changed(services, to: data.services, false)
        (isOfAll, classes, isCritical) = (data.services.isEmpty, [data.class], data.critical ?? false)
        requires = data.requires
      }
      guard case .releaseScopeChanged(let data) = said, !classes.isEmpty else { continue }
      let mayLower = try approvers.made(event, reach)
      services = Self.changed(services, to: data.services, mayLower)
      if mayLower, !data.services.isEmpty { isOfAll = false }
      classes = Self.changed(classes, to: [data.class].compactMap { $0 }, mayLower)
      isCritical = (isCritical && !mayLower) || data.critical ?? isCritical
      requires = Self.changed(requires, to: data.requires, mayLower)
    }
  }

  /// What a list comes to by a change that says something of it: that, or both together.
  static func changed<Item: Equatable>(_ items: [Item], to new: [Item], _ mayLower: Bool) -> [Item] {
    guard !new.isEmpty else { return items }
    return mayLower ? new : items + new.filter { !items.contains($0) }
  }

  /// The services as authority is asked for them, which has to cover every one; nil for all there are, where none is named.
  package var reach: [String]? { isOfAll ? nil : services }

  /// Where the release goes, once for each of its classes.
  func places(_ context: Context, _ environment: String, _ package: String) -> [PolicyPlace] {
    (classes.isEmpty ? [nil] : classes.map(Optional.some)).map { releaseClass in
      PolicyPlace(
        context: context, environment: environment, package: package, services: services,
        releaseClass: releaseClass)
    }
  }
}

/// Who holds the level that a policy asks of approvers: they may take something away from what a release was planned to be,
/// and declare overrides of what the policy asks.
struct Approvers<State: LedgerState> {
  private let state: State
  private let context: Context
  private let package: String
  private let level: Int

  /// - Parameters:
  ///   - level: the level that is asked for; see `PolicyDocument.approvalLevel`.
  ///   - context: what the environment of the deployment belongs to.
  ///   - package: what is released.
  ///   - state: the rows as they stood before the deployment.
  init(level: Int, _ context: Context, _ package: String, given state: State) {
    self.state = state
    self.context = context
    self.package = package
    self.level = level
  }

  /// The services that releases of the package usually concern there.
  func usualServices() throws -> [String] { try state.usualServices(of: package, in: context) }

  /// Whether a record was made by one of them, who was that when it was made.
  ///
  /// - Parameter services: all that the release concerned until then; nil for all there are.
  func made(_ event: RecordedEvent, _ services: [String]?) throws -> Bool {
    guard let person = event.person else { return false }
    let scope = ActScope(contexts: [context], services: services, packages: [package])
    let authority = Authority(state, at: event.recorded, before: event.position)
    return try authority.held(by: person, for: scope).map { $0.level >= level } ?? false
  }
}

extension PolicyDocument {
  /// The level that it asks of approvers, the highest where it asks more than once; 5 where it does not say.
  package var approvalLevel: Int {
    rules.filter { $0.rule == .approved }.compactMap(\.level).max() ?? 5
  }
}

extension Case {
  /// Whether a policy applies to the deployment: with any class and any service that the release has for it.
  package func isSubject(to policy: PolicyDocument, given state: some LedgerState) throws -> Bool {
    let approvers = Approvers(level: policy.approvalLevel, context, package, given: state)
    let scope = try ReleaseScope(of: events, before: line, approvers)
    return scope.places(context, environment, package).contains { policy.applies(to: $0) }
  }

  /// Where the deployment puts the release, once for each of its classes: for what applies to some releases only.
  var places: [PolicyPlace] { scope.places(context, environment, package) }
}

extension Attempt {
  /// What authority for the deployment has to cover, as its release stood before it.
  ///
  /// - Parameters:
  ///   - package: what is released.
  ///   - context: what the environment belongs to.
  ///   - events: the release's events that count.
  ///   - state: the ledger's rows as they stood before.
  package func reach(
    of package: String, in context: Context, _ events: [RecordedEvent], given state: some LedgerState
  ) throws -> ActScope {
    let approvers = Approvers(level: Case.usualLevel, context, package, given: state)
    let scope = try ReleaseScope(of: events, before: line, approvers)
    return ActScope(contexts: [context], services: scope.reach, packages: [package])
  }
}
