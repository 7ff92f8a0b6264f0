internal import RelmProof

/// Which services a release concerns: those that it names itself, and those that its package's releases usually concern.
///
/// Whoever plans a release names its services, and with them which policies, freezes and authority there are. So what is
/// named does not stand alone: what the package was deployed with in that context, and what somebody with authority for it
/// planned, belongs to each of its releases, until somebody with authority for all of that says that this one is about less.
///
/// Of a new package there is nothing of that. Until somebody with authority has planned one of its releases, or approved one as it
/// was planned, it may concern any service: what is about some services is about it, and authority has to cover all there are.
package struct ReleaseReach: Sendable, Equatable {
  /// The services that it concerns, for what applies where any of them is concerned.
  package let services: ConcernedServices
  /// Whether authority has to cover all there are: it names none itself, or nobody who may has named any for its package.
  package let isOfAll: Bool

  package init(services: ConcernedServices, isOfAll: Bool) {
    self.services = services
    self.isOfAll = isOfAll
  }

  /// The services that authority has to cover, every one of them; nil for all there are.
  package var asked: [String]? { isOfAll ? nil : services.names }
}

extension LedgerState {
  /// Which services a release concerns in a context, by everything that was said so far.
  package func reach(
    of package: String, _ version: String, in context: Context
  ) throws -> ReleaseReach {
    let planned = try release(package, version)?.plan?.services ?? []
    let known = try services(of: package, in: context)
    let more = known.usual.filter { !planned.contains($0) }
    let isNarrowed = try !more.isEmpty && isNarrowed(package, version, in: context)
    return ReleaseReach(
      services: ConcernedServices(isNarrowed ? planned : planned + more, orAny: !known.isVouchedFor),
      isOfAll: planned.isEmpty || known.said.isEmpty)
  }
}

extension ActScope {
  /// What an act about a release has to cover in a context.
  package static func release(
    _ package: String, _ version: String, in context: Context, _ state: some LedgerState
  ) throws -> ActScope {
    let reach = try state.reach(of: package, version, in: context)
    return ActScope(contexts: [context], services: reach.asked, packages: [package])
  }
}
