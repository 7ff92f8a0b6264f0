package import RelmDomain
internal import RelmProof

/// All views together: folding an event moves the indexes and every projection by one position.
///
/// Nothing is written until ``flush(into:)``; a savepoint lets a refused batch leave nothing.
package final class Views {
  private let base: any RowReading
  private let overlay: Overlay
  private var indexer: Indexer
  private var indexerBefore: Indexer?
  private let releases = RowFold(Releases.self)
  private let environments = RowFold(Environments.self)
  private let attempts = RowFold(Attempts.self)
  private let folds: [any Folding]

  /// Where the checkpoint stands: in a table of its own, under one key.
  package static let checkpoints = RowTable("checkpoint", place: 8)
  private static let checkpointKey: [UInt8] = [0]

  /// Every table of the views: the indexes, the checkpoint and one a projection.
  package static let tables: [RowTable] =
    {
      let tables = IndexTables.all + [checkpoints, Releases.table, Attempts.table, Environments.table]
      precondition(tables.indices.allSatisfy { tables[$0].place == $0 }, "every table stands in its place")
      return tables
    }()

  /// What a generation of views is named after: another fold, table or row format gives another name.
  package static let fingerprint: String = {
    let parts =
      ["relm views 1", "indexes \(IndexTables.revision)"]
      + [
        "\(Releases.name) \(Releases.revision)", "\(Attempts.name) \(Attempts.revision)",
        "\(Environments.name) \(Environments.revision)",
      ]
    return String(Digest(of: Array(parts.joined(separator: "\n").utf8)).hex.prefix(16))
  }()

  /// Goes on from where stored views stand.
  ///
  /// - Throws: ``DamagedRow`` where their checkpoint does not read.
  package init(over base: any RowReading) throws {
    self.base = base
    overlay = Overlay(over: base)
    indexer = Indexer(from: try Self.checkpoint(of: base))
    folds = [releases, attempts, environments]
  }

  /// How far stored views have come.
  package static func checkpoint(of rows: any RowReading) throws -> ViewCheckpoint {
    guard let bytes = try rows.row(checkpoints, checkpointKey) else { return ViewCheckpoint() }
    guard let checkpoint = ViewCheckpoint(bytes: bytes) else {
      throw DamagedRow(table: checkpoints, key: checkpointKey)
    }
    return checkpoint
  }

  /// How far these have come.
  package var checkpoint: ViewCheckpoint { indexer.checkpoint }

  /// The index rows as they now stand, with what is pending.
  package var indexes: any RowReading { overlay }

  /// Takes the next event in.
  ///
  /// - Throws: ``BrokenHistory`` where it does not continue what was folded.
  package func fold(_ event: RecordedEvent) throws {
    try indexer.fold(event, into: overlay)
    for fold in folds { try fold.fold(event, over: base) }
  }

  /// What a decision about an event rests on: at most two rows, with every event counted that was folded so far.
  package func state(for event: Event, of subject: Subject?, streamExists: Bool) throws -> DecisionState {
    guard case .release(let said) = event, case .release(let package, let version)? = subject else {
      return DecisionState(streamExists: streamExists)
    }
    if let attempt = said.attempt {
      let key = Attempts.key(package: package, version: version, kind: attempt.kind, id: attempt.id)
      return DecisionState(streamExists: streamExists, attempt: try attempts.row(key, over: base))
    }
    let key = Releases.key(package: package, version: version)
    return DecisionState(streamExists: streamExists, release: try releases.row(key, over: base))
  }

  /// From here on changes can be undone.
  package func savepoint() {
    indexerBefore = indexer
    overlay.savepoint()
    for fold in folds { fold.savepoint() }
  }

  /// Undoes every change since the savepoint.
  package func rollBack() {
    if let before = indexerBefore { indexer = before }
    indexerBefore = nil
    overlay.rollBack()
    for fold in folds { fold.rollBack() }
  }

  /// Keeps the changes since the savepoint.
  package func keep() {
    indexerBefore = nil
    overlay.keep()
    for fold in folds { fold.keep() }
  }

  /// The rows as they now stand, for a ledger that may not be written to; nothing may be folded afterwards.
  package func heldInMemory() throws -> any RowReading {
    for fold in folds { try fold.flush(into: overlay) }
    overlay.put(Self.checkpoints, Self.checkpointKey, indexer.checkpoint.bytes)
    return overlay
  }

  /// Writes what is pending, and the checkpoint with it.
  package func flush(into store: some RowStore) throws {
    try overlay.flush(into: store)
    for fold in folds { try fold.flush(into: store) }
    try store.put(Self.checkpoints, Self.checkpointKey, indexer.checkpoint.bytes)
  }
}
