internal import RelmDomain
internal import RelmProjections
internal import RelmProof

extension RunningRow {
  /// Why what runs should not: its release was withdrawn, or another takes its place; nil where nothing says so. A release that
  /// was closed runs as it should.
  func objection(in rows: any RowReading) throws -> String? {
    guard let running else { return nil }
    let key = Releases.key(package: package, version: running.version)
    guard let ending = try Releases.row(key, in: rows)?.ending else { return nil }
    switch ending.how {
    case .closed: return nil
    case .withdrawn: return "withdrawn at position \(ending.moment.position.value)"
    case .superseded:
      let successor = ending.by.map { " by \($0)" } ?? ""
      return "superseded\(successor) at position \(ending.moment.position.value)"
    }
  }

  /// The row as JSON, with why what runs should not as a last member.
  func bytesWithObjection(in rows: any RowReading) throws -> [UInt8] {
    guard let objection = try objection(in: rows) else { return bytes }
    var writer = CanonicalWriter()
    writer.string(objection)
    // Every member of the row comes before it in the canonical order.
    return bytes.dropLast() + Array(#","though":"#.utf8) + writer.bytes + [UInt8(ascii: "}")]
  }
}
