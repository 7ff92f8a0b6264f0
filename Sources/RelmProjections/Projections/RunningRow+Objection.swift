package import RelmDomain
internal import RelmProof

extension RunningRow {
  /// Why what runs should not: its release was withdrawn, or another takes its place; nil where nothing says so. A release that
  /// was closed runs as it should.
  package func objection(in rows: any RowReading) throws -> String? {
    try objection { try Releases.row($0, in: rows) }
  }

  /// Why one of the versions that run should not, be it that it is being rolled out.
  package func objection(to version: String, in rows: any RowReading) throws -> String? {
    try objection(to: version) { try Releases.row($0, in: rows) }
  }

  /// - Parameter release: the row of a release, by its key.
  func objection(release: (RowKey) throws -> ReleaseRow?) throws -> String? {
    if let running, let objection = try objection(to: running.version, release) { return objection }
    for rollout in rollouts {
      guard let objection = try objection(to: rollout.version, release) else { continue }
      return "\(rollout.version), which is being rolled out, \(objection)"
    }
    return nil
  }

  private func objection(
    to version: String, _ release: (RowKey) throws -> ReleaseRow?
  ) throws -> String? {
    let key = Releases.key(package: package, version: version)
    guard let ending = try release(key)?.ending else { return nil }
    switch ending.how {
    case .closed: return nil
    case .withdrawn: return "withdrawn at position \(ending.moment.position.value)"
    case .superseded:
      let successor = ending.by.map { " by \($0)" } ?? ""
      return "superseded\(successor) at position \(ending.moment.position.value)"
    }
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
