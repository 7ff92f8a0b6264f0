internal import RelmDomain
internal import RelmLog
internal import RelmViews
package import RelmProof

extension Ledger {
  /// A signed checkpoint (C2SP tlog-checkpoint) over the log as it is now.
  ///
  /// - Parameter keyPath: where the private key lies, if not where `init` put it.
  /// - Throws: `VaultError` where the key is missing, open to others or unreadable; ``LedgerError`` where it is
  ///   another ledger's.
  package func checkpoint(keyPath: String? = nil) throws -> SignedNote {
    try sign(try log.head().frontier, keyPath)
  }

  private func sign(_ frontier: Frontier, _ keyPath: String?) throws -> SignedNote {
    let key = try signingKey(keyPath)
    return try Checkpoint(origin: log.origin, size: frontier.size, root: frontier.root).signed(with: key)
  }

  /// A proof (C2SP tlog-proof) that a record is in the log, with a checkpoint signed now and the record itself as
  /// its extra data: one file that proves itself.
  ///
  /// - Throws: ``LedgerError`` with code `notFound` beyond the log's end; as ``checkpoint(keyPath:)``.
  package func proof(of position: Position, keyPath: String? = nil) throws -> TransparencyProof {
    guard let proof = try proofs(of: [position], keyPath: keyPath).first else {
      preconditionFailure("one position has one proof")
    }
    return proof
  }

  /// Proofs of several records against one checkpoint.
  ///
  /// - Parameters:
  ///   - positions: of the records.
  ///   - size: of the tree that is signed; the log's as it is now without it.
  ///   - keyPath: where the private key lies, if not where `init` put it.
  /// - Throws: as ``proof(of:keyPath:)``.
  package func proofs(
    of positions: [Position], in size: TreeSize? = nil, keyPath: String? = nil
  ) throws -> [TransparencyProof] {
    let head = try log.head().frontier
    let size = min(size ?? head.size, head.size)
    let records = try positions.map { position in
      guard size.contains(position), let record = try log.bytes(at: position) else {
        throw LedgerError(
          .notFound,
          "there is no position \(position.value): the log has \(PlainWords.count(size.value, "record")), from 0"
        )
      }
      return record
    }
    let (frontier, paths) = try views.withCurrentRows { rows, _ in
      let nodes = nodes(head.size, rows)
      return (
        size == head.size ? head : try Frontier(of: size, from: nodes),
        try positions.map { try MerkleTree.inclusionProof(of: $0, in: size, from: nodes) }
      )
    }
    // A proof that proves nothing is not handed out: then the record, or what was computed of it, is altered.
    for (position, (record, proof)) in zip(positions, zip(records, paths)) {
      guard proof.verify(leaf: .leaf(record), root: frontier.root).isValid else {
        throw try broken(position, head)
      }
    }
    let note = try sign(frontier, keyPath)
    return try zip(positions, zip(records, paths)).map { position, proven in
      try TransparencyProof(extra: proven.0, position: position, path: proven.1.path, note: note)
    }
  }

  /// Why a record cannot be proved: it is altered, or where the records give the log's tree, what the views keep of that is.
  private func broken(_ position: Position, _ head: Frontier) throws -> any Error {
    guard try log.audit(upTo: head.size, rootsAt: [], progress: { _, _ in }).frontier != head else {
      return DamagedRow(table: IndexTables.nodes, key: [])
    }
    return LedgerError(
      .damaged, "the record at position \(position.value) is not what the log's tree holds; verify the ledger")
  }

  /// A proof that the log at an earlier size is a beginning of the log as it is now (RFC 6962 §2.1.2).
  package func consistency(from earlier: TreeSize) throws -> (proof: ConsistencyProof, root: Digest) {
    let frontier = try log.head().frontier
    guard earlier.value > 0, earlier <= frontier.size else {
      throw LedgerError(
        .notFound,
        "size \(earlier.value) is none of this log's: it has \(PlainWords.count(frontier.size.value, "record"))"
      )
    }
    let proof = try views.withCurrentRows { rows, _ in
      try MerkleTree.consistencyProof(from: earlier, to: frontier.size, from: nodes(frontier.size, rows))
    }
    return (proof, frontier.root)
  }

  /// The tree's hashes as the ledger has them: leaves from the records themselves, tile roots from the views.
  func nodes(_ size: TreeSize, _ rows: any RowReading) -> TileNodes<any Error> {
    TileNodes(
      size: size,
      leaves: { positions in
        var digests: [Digest] = []
        try self.log.forEach(from: positions.lowerBound, upTo: positions.upperBound) { _, bytes in
          digests.append(.leaf(bytes))
          return true
        }
        return digests
      },
      stored: { level, indexes in
        try indexes.map { index in
          let key = IndexKey.node(level: level, index: index)
          guard let digest = try rows.row(IndexTables.nodes, key).flatMap({ Digest(bytes: $0) }) else {
            throw DamagedRow(table: IndexTables.nodes, key: key)
          }
          return digest
        }
      })
  }
}
