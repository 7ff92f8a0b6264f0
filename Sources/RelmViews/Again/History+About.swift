package import RelmDomain
package import RelmProof

extension History {
  /// Where the events stand that are about a subject, ascending: those of its stream, what annuls them, and of a release
  /// those of other streams that name it, of an environment those that changed what runs in it.
  package func positions(about subject: Subject) throws -> [Position] {
    var found = Set(try positions(inStream: subject.text))
    switch subject {
    case .release: found.formUnion(try positions(mentioning: subject))
    case .environment(let name):
      try indexes.scan(Running.table, prefix: RowKey(name).prefix) { key, _ in
        found.formUnion(try positions(under: IndexKey.touches(of: key, in: Running.table)))
        return true
      }
    case .service, .policy, .procedure, .capability, .incident, .person, .ledger: break
    }
    for by in try annulments(behind: found.sorted()).values { found.formUnion(by) }
    return found.sorted()
  }

  /// Where the first events of a package's releases stand that came before a position, the last of them first.
  ///
  /// - Parameter limit: the most that are wanted.
  package func firstEvents(ofReleasesOf package: String, before position: Position, limit: Int) throws
    -> [Position]
  {
    let prefix = IndexKey.releases(of: package)
    var end = prefix
    RowBytes.append(position.value, to: &end)
    var found: [Position] = []
    try indexes.scan(IndexTables.touches, from: prefix, upTo: end, reversed: true) { key, _ in
      if let place = RowBytes.place(key, at: key.count - 8) { found.append(Position(place)) }
      return found.count < limit
    }
    return found
  }
}
