package import RelmDomain
internal import RelmProof

/// What a release was planned to be, as it stood before a deployment.
///
/// A change of scope is a fact, and whoever makes it may add what they like. What it takes away it takes away only where
/// it was recorded by somebody with the level that the policy asks of its approvers; from anybody else it adds, and the
/// rules look at what was planned before and after together.
///
/// Its services begin with those that the package's releases usually concern: who plans one adds to them, and only such a change
/// leaves any of them out. Until somebody with authority has planned or approved a release of the package, it may concern any.
/// See `ReleaseReach`.
package struct ReleaseScope: Sendable, Equatable {
  /// The services that it concerns, as far as they are known.
  private var named: [String] = []
  /// Whether it names none of them itself, and so concerns all.
  private var isOfAll = true
  /// What is known of its package.
  private var known = PackageServices(isVouchedFor: true)
  /// The classes that it has; more than one where it was changed without authority, or planned as something else than normal
  /// by nobody who may say so.
  package private(set) var classes: [ReleaseClass] = []
  /// The class that it was planned as, where that is for nobody to say but who may, and they have not yet.
  private(set) var unvouchedClass: ReleaseClass?
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
    /// Where the plan stands, as last changed.
    var planned: Position?
    known = try approvers.services()
    named = known.usual
    for event in events.prefix(while: { $0.position < line }) {
      guard case .release(let said) = event.event else { continue }
      if case .releasePlanned(let data) = said, classes.isEmpty {
        named = Self.changed(named, to: data.services, false)
        (isOfAll, classes, isCritical) = (data.services.isEmpty, [data.class], data.critical ?? false)
        (requires, planned) = (data.requires, event.position)
        let isVouchedFor = try data.class == .normal || approvers.made(event, reach)
        if !isVouchedFor { unvouchedClass = data.class }
      }
      if unvouchedClass != nil, said.permission(of: planned), try approvers.made(event, reach) {
        unvouchedClass = nil
      }
      guard case .releaseScopeChanged(let data) = said, !classes.isEmpty else { continue }
      planned = event.position
      let mayLower = try approvers.made(event, reach)
      if mayLower, data.class != nil { unvouchedClass = nil }
      named = Self.changed(named, to: data.services, mayLower)
      if mayLower, !data.services.isEmpty { isOfAll = false }
      classes = Self.changed(classes, to: [data.class].compactMap { $0 }, mayLower)
      isCritical = (isCritical && !mayLower) || data.critical ?? isCritical
      requires = Self.changed(requires, to: data.requires, mayLower)
    }
    if unvouchedClass == .standard, try approvers.preauthorise(before: line, events, reach) {
      unvouchedClass = nil
    }
    if unvouchedClass != nil, !classes.contains(.normal) { classes.append(.normal) }
  }

  /// What a list comes to by a change that says something of it: that, or both together.
  static func changed<Item: Equatable>(_ items: [Item], to new: [Item], _ mayLower: Bool) -> [Item] {
    guard !new.isEmpty else { return items }
    return mayLower ? new : items + new.filter { !items.contains($0) }
  }

  /// The services that it concerns, for what is about some of them only.
  package var services: ConcernedServices { ConcernedServices(named, orAny: !known.isVouchedFor) }

  /// Whether somebody with authority has named services for its package.
  var isSaid: Bool { !known.said.isEmpty }

  /// The services as authority is asked for them, which has to cover every one; nil for all there are, where none is named by
  /// itself, or none for its package by who may.
  package var reach: [String]? { isOfAll || !isSaid ? nil : named }

  /// Where the release goes, once for each of its classes.
  func places(_ context: Context, _ environment: String, _ package: String) -> [PolicyPlace] {
    places(context, environment, package, services)
  }

  /// Where it goes by what is not for anybody to say: a policy that is asked of it only for a service that somebody without
  /// authority has named asks more of it, and does not let it into production where nothing else does.
  func vouchedPlaces(_ context: Context, _ environment: String, _ package: String) -> [PolicyPlace] {
    guard context == .production else {
      return places(context, environment, package, ConcernedServices(named))
    }
    let services = ConcernedServices(named.filter(known.said.contains))
    return places(context, environment, package, services).filter {
      unvouchedClass == nil || $0.releaseClass != unvouchedClass
    }
  }

  private func places(
    _ context: Context, _ environment: String, _ package: String, _ services: ConcernedServices
  ) -> [PolicyPlace] {
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

  /// What is known of the services that releases of the package concern there.
  func services() throws -> PackageServices { try state.services(of: package, in: context) }

  /// Whether a procedure that is in force preauthorises a standard release, all of it, as it was planned.
  func preauthorise(before line: Position, _ events: [RecordedEvent], _ services: [String]?) throws -> Bool {
    let procedures = events.prefix { $0.position < line }.compactMap { event -> String? in
      switch event.event {
      case .release(.releasePlanned(let data)): data.procedure
      case .release(.releaseScopeChanged(let data)): data.procedure
      default: nil
      }
    }
    guard let name = procedures.last, let document = try state.procedure(name)?.current?.document,
      document.preauthorises == true
    else { return false }
    return document.appliesTo.map { $0.takesIn(package, services) } ?? true
  }

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

extension ReleaseEvent {
  /// Whether somebody permits by it what was planned at a position: then they have seen what it was planned as.
  fileprivate func permission(of planned: Position?) -> Bool {
    switch self {
    case .approvalGiven(let data): data.ratifies == nil && data.plan == planned
    case .overrideDeclared(let data): data.plan == planned
    default: false
    }
  }
}

extension Applicability {
  /// Whether what is standard is taken in by it, whole: each of its services, where services are named. What a permission is
  /// about for one of several is not permitted for the others.
  func takesIn(_ package: String, _ services: [String]?) -> Bool {
    func holds(_ wanted: [String], _ found: [String]?) -> Bool {
      wanted.isEmpty
        || found?.allSatisfy { name in wanted.contains { $0.utf8.elementsEqual(name.utf8) } } ?? false
    }
    return holds(packages, [package]) && holds(self.services, services)
      && (classes.isEmpty || classes.contains(.standard))
  }
}

extension PolicyDocument {
  /// The level that it asks of approvers, the highest where it asks more than once; 5 where it does not say.
  package var approvalLevel: Int {
    rules.filter { $0.rule == .approved }.compactMap(\.level).max() ?? 5
  }
}

extension Case {
  /// Those of some policies by which the deployment is judged: all that apply to it, with any class and any service that the
  /// release has for it; none where none of them does by what somebody with authority has said.
  ///
  /// - Parameters:
  ///   - policies: that are in force.
  ///   - document: what one of them asks.
  ///   - state: the ledger's rows as they stood before.
  package func judging<Policy>(
    of policies: [Policy], _ document: (Policy) -> PolicyDocument, given state: some LedgerState
  ) throws -> [Policy] {
    var isGoverned = false
    let applying = try policies.filter { policy in
      let policy = document(policy)
      let approvers = Approvers(level: policy.approvalLevel, context, package, given: state)
      let scope = try ReleaseScope(of: events, before: line, approvers)
      guard scope.places(context, environment, package).contains(where: policy.applies) else { return false }
      isGoverned =
        isGoverned || scope.vouchedPlaces(context, environment, package).contains(where: policy.applies)
      return true
    }
    return isGoverned ? applying : []
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
