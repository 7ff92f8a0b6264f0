package import RelmDomain
internal import RelmProof
internal import RelmRules

extension RunningRow {
  /// Why what runs should not: its release was withdrawn or refused, another takes its place, or the environment was retired; nil
  /// where nothing says so. It is what hinders a deployment of it; a release that was closed runs as it should.
  package func objection(in rows: any RowReading) throws -> String? {
    try objection(given: Views(over: rows) { _ in nil })
  }

  /// - Parameter state: the ledger's rows as they stand.
  func objection(given state: some LedgerState) throws -> String? {
    guard let running else { return nil }
    return try objection(of: state.release(package, running.version), given: state)
  }

  /// - Parameters:
  ///   - release: how the release that runs stands.
  ///   - state: the ledger's rows as they stand.
  func objection(of release: ReleaseRow?, given state: some LedgerState) throws -> String? {
    guard let running else { return nil }
    let closed = release?.ending.flatMap { $0.how == .closed ? $0.moment.position : nil }
    let words = try Hindrance.all(of: release, package, running.version, in: environment, given: state)
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
