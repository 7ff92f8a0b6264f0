/// What is known of the services that a package's releases concern in a context.
///
/// Whoever plans a release names its services, and with them who may approve it and what it is asked. That is for somebody with
/// authority to say: who plans one of the package's releases, or approves one as it was planned.
package struct PackageServices: Sendable, Equatable {
  /// Those that its releases usually concern: what somebody with authority has named, and what was deployed. In the order of
  /// the names.
  package var usual: [String]
  /// Those of them that somebody with authority has named.
  package var said: [String]
  /// Whether somebody with authority has planned or approved one of its releases, be it that it names no service. Until then
  /// the package may concern any.
  package var isVouchedFor: Bool

  package init(usual: [String] = [], said: [String] = [], isVouchedFor: Bool = false) {
    self.usual = usual
    self.said = said
    self.isVouchedFor = isVouchedFor
  }
}

/// The services that a release concerns, as far as they are known: for what is about some services only.
package struct ConcernedServices: Sendable, Equatable {
  package let names: [String]
  /// Whether it may concern any other as well, as nobody who may has said which it does.
  package let orAny: Bool

  package init(_ names: [String], orAny: Bool = false) {
    self.names = names
    self.orAny = orAny
  }

  /// Whether what is about some services is about this.
  package func meet(_ wanted: [String]) -> Bool {
    guard !orAny else { return !wanted.isEmpty }
    return names.contains { name in wanted.contains { $0.utf8.elementsEqual(name.utf8) } }
  }
}
