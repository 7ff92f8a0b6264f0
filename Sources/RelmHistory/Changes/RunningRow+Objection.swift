package import RelmViews
package import RelmDomain
internal import RelmProof
internal import RelmRules

extension RunningRow {
  /// Why what runs should not: its release was withdrawn or refused, another takes its place, or the environment was retired; nil
  /// where nothing says so. It is what hinders a deployment of it; a release that was closed runs as it should.
  package func objection(in rows: any RowReading) throws -> String? {
    let views = try Views(over: rows) { _ in nil }
    return try objection(given: views) { try views.release(package, $0) }
  }

  /// Why one of the versions that run should not, be it that it is being rolled out.
  package func objection(to version: String, in rows: any RowReading) throws -> String? {
    let views = try Views(over: rows) { _ in nil }
    return try objection(to: version, views.release(package, version), given: views)
  }

  /// - Parameters:
  ///   - state: the ledger's rows as they stand.
  ///   - release: how a version of the package stands.
  func objection(
    given state: some LedgerState, release: (_ version: String) throws -> ReleaseRow?
  ) throws -> String? {
    if let running,
      let objection = try objection(to: running.version, release(running.version), given: state)
    {
      return objection
    }
    for rollout in rollouts {
      guard let objection = try objection(to: rollout.version, release(rollout.version), given: state) else {
        continue
      }
      return "\(rollout.version), which is being rolled out, \(objection)"
    }
    return nil
  }

  private func objection(
    to version: String, _ release: ReleaseRow?, given state: some LedgerState
  ) throws -> String? {
    let closed = release?.ending.flatMap { $0.how == .closed ? $0.moment.position : nil }
    let words = try Hindrance.all(of: release, package, version, in: environment, given: state)
      .filter { $0.position != closed }
      .map { "\($0.reason.trimmingPrefix("it was ")) at position \($0.position.value)" }
    return words.isEmpty ? nil : words.joined(separator: "; ")
  }

  /// The row as JSON, with why what runs should not as a last member.
  package func bytesWithObjection(in rows: any RowReading) throws -> [UInt8] {
    bytes(with: try objection(in: rows))
  }

  func bytes(with objection: String?) -> [UInt8] {
    guard let objection else { return bytes }
    var writer = CanonicalWriter()
    writer.string(objection)
    // Every member of the row comes before it in the canonical order.
    return bytes.dropLast() + Array(#","though":"#.utf8) + writer.bytes + [UInt8(ascii: "}")]
  }
}
