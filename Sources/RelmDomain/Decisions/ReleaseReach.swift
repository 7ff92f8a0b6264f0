internal import RelmProof

/// Which services a release concerns: those that it names itself, and those that its package's releases usually concern.
///
/// Whoever plans a release names its services, and with them which policies, freezes and authority there are. So what is
/// named does not stand alone: what the package was deployed with in that context, and what somebody with authority for it
/// planned, belongs to each of its releases, until somebody with authority for all of that says that this one is about less.
package struct ReleaseReach: Sendable, Equatable {
  /// Every service that is known: for what applies where any of them is concerned.
  package let services: [String]
  /// Whether the release names none itself, and so concerns all.
  package let isOfAll: Bool

  package init(services: [String], isOfAll: Bool) {
    self.services = services
    self.isOfAll = isOfAll
  }

  /// The services that authority has to cover, every one of them; nil for all there are.
  package var asked: [String]? { isOfAll ? nil : services }
}

extension LedgerState {
  /// Which services a release concerns in a context, by everything that was said so far.
  package func reach(
    of package: String, _ version: String, in context: Context
  ) throws -> ReleaseReach {
    let planned = try release(package, version)?.plan?.services ?? []
    let more = try usualServices(of: package, in: context).filter { !planned.contains($0) }
    let isNarrowed = try !more.isEmpty && isNarrowed(package, version, in: context)
    return ReleaseReach(services: isNarrowed ? planned : planned + more, isOfAll: planned.isEmpty)
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
