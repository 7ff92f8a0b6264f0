extension OverrideDeclared {
  /// When the override ends for some rule before it says that it does, as none lasts longer; nil where it lasts as it says.
  ///
  /// - Parameters:
  ///   - package: of the release that it is about.
  ///   - version: of the release.
  ///   - recorded: when it is recorded.
  ///   - state: the policies in force then.
  package func lapse(
    about package: String, _ version: String, recorded: Instant, given state: some LedgerState
  ) throws -> Instant? {
    let place = try PolicyPlace(of: package, version, in: environment, state)
    let policies = try state.policies().compactMap { $0.inForce(at: recorded)?.document }.filter {
      $0.applies(to: place)
    }
    let longest = policies.map(\.longestOverrideMicroseconds).min() ?? Self.longestMicroseconds
    let lapse = recorded.advanced(byMicroseconds: longest)
    return lapse < until.instant ? lapse : nil
  }
}
