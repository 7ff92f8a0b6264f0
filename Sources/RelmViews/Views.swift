package import RelmDomain
package import RelmProof

/// All views together: folding an event moves the indexes and every projection by one position.
///
/// Nothing is written until ``flush(into:)``; a savepoint lets a refused batch leave nothing.
package final class Views {
  let base: any RowReading
  private let overlay: Overlay
  private var indexer: Indexer
  private var indexerBefore: Indexer?
  private let lookUp: (Position) throws -> RecordedEvent?
  private let eventsPerMilestone: UInt64
  /// Events that were folded and that the log may not hold yet.
  private var recent: [Position: RecordedEvent] = [:]
  /// What is usual for the packages that were asked about; forgotten where it may have become less.
  private var usual: [String: [UsualServices.Entry]] = [:]

  /// The rows of every projection while events are folded.
  let folds = Folds()

  /// Every projection, in the order of their tables.
  package static let projections: [any Projection.Type] = [
    Releases.self, Attempts.self, Running.self, People.self, Environments.self, Services.self, Policies.self,
    Procedures.self, Capabilities.self, Incidents.self, Approvals.self, Escalations.self, Obligations.self,
    Holds.self, LedgerItself.self, Timelines.self, Causes.self,
  ]

  /// The projection that a table belongs to; nil for the indexes.
  package static func projection(of table: RowTable) -> (any Projection.Type)? {
    let place = table.place - checkpoints.place - 1
    return projections.indices.contains(place) ? projections[place] : nil
  }

  /// Where the checkpoint stands: in a table of its own, under one key.
  package static let checkpoints = RowTable("checkpoint", place: 8)
  private static let checkpointKey: [UInt8] = [0]

  /// Every table of the views: the indexes, the checkpoint, one a projection, and what is needed to fold again.
  package static let tables: [RowTable] =
    {
      let tables = IndexTables.all + [checkpoints] + projections.map { $0.table } + IndexTables.history
      precondition(tables.indices.allSatisfy { tables[$0].place == $0 }, "every table stands in its place")
      return tables
    }()

  /// What a generation of views is named after: another fold, table or row format gives another name.
  package static let fingerprint: String = {
    var parts = "relm views 3\nindexes \(IndexTables.revision)"
    for projection in projections { parts += "\n\(projection.name) \(projection.revision)" }
    return String(Digest(of: Array(parts.utf8)).hex.prefix(16))
  }()

  /// Goes on from where stored views stand.
  ///
  /// - Parameters:
  ///   - base: the stored rows.
  ///   - eventsPerMilestone: how many versions of a stream lie between two milestones of its row: the same whoever folds
  ///     into these rows.
  ///   - lookUp: an event of the log, for entities that are folded again after an annulment.
  /// - Throws: ``DamagedRow`` where their checkpoint does not read.
  package init(
    over base: any RowReading, eventsPerMilestone: UInt64 = Milestone.usualInterval,
    lookUp: @escaping (Position) throws -> RecordedEvent?
  ) throws {
    self.base = base
    self.eventsPerMilestone = eventsPerMilestone
    self.lookUp = lookUp
    overlay = Overlay(over: base)
    indexer = Indexer(from: try Self.checkpoint(of: base))
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
  /// - Parameter isNew: whether the log may not hold it yet, so that it is to be remembered.
  /// - Throws: ``BrokenHistory`` where it does not continue what was folded.
  package func fold(_ event: RecordedEvent, isNew: Bool = false) throws {
    for position in try Reliance.of(event, given: self) {
      overlay.put(IndexTables.reliances, IndexKey.pair(event.position, position, under: 0), [])
      overlay.put(IndexTables.reliances, IndexKey.pair(position, event.position, under: 1), [])
    }
    try noteServices(event)
    try indexer.fold(event, into: overlay)
    if isNew { recent[event.position] = event }
    try noteReleases(event)
    noteAuthors(event)
    if let kind = event.event.stream {
      for fold in folds.touched(by: kind) { try fold.fold(event, over: base, indexing: overlay) }
    }
    if case .ledger(.eventAnnulled(let data)) = event.event { try annul(data.position, by: event) }
    let made = Milestone.areMade(at: event, every: eventsPerMilestone)
    if made.ofStreams || made.ofOthers, let kind = event.event.stream {
      for fold in folds.touched(by: kind) {
        try fold.keepMilestones(at: event, made, over: base, indexing: overlay)
      }
    }
  }

  /// Makes an event count no more; where that is an annulment, what it annulled counts again. The entities that they
  /// touch are folded again.
  private func annul(_ position: Position, by event: RecordedEvent) throws {
    overlay.put(IndexTables.annulments, IndexKey.pair(position, event.position), [])
    var next: Position? = position
    while let position = next {
      let target = try history.event(at: position)
      if case .release(let package, _)? = target.subject { usual[package] = nil }
      for fold in folds.all {
        try fold.foldAgain(
          whatTouches: target, annulledAt: event.position, over: base, from: history, indexing: overlay)
      }
      next = nil
      if case .ledger(.eventAnnulled(let data)) = target.event { next = data.position }
    }
  }

  /// Keeps which event is the first of a release, which events of other streams name one, and which say of what commits one
  /// is made.
  private func noteReleases(_ event: RecordedEvent) throws {
    if case .release(let package, _)? = event.subject, event.record.envelope.streamVersion == 0 {
      note(event.position, under: IndexKey.releases(of: package))
    }
    for release in event.event.mentionedReleases(from: event.subject) {
      note(event.position, under: IndexKey.mentions(of: release))
    }
    if case .release(let said) = event.event {
      for commit in said.deliveredCommits { note(event.position, under: IndexKey.releases(with: commit.id)) }
    }
  }

  /// Keeps which services are usual for the event's package by it, and in which contexts it says that its release is about less.
  private func noteServices(_ event: RecordedEvent) throws {
    guard case .release(let package, _)? = event.subject, let release = event.subject else { return }
    if case .release(.approvalWithdrawn(let data)) = event.event {
      note(event.position, under: IndexKey.withdrawals(ofApproval: data.approval, of: package))
      usual[package] = nil
    }
    let told = try UsualServices.told(by: event, given: self)
    for context in try UsualServices.narrowed(by: event, given: self) {
      note(event.position, under: IndexKey.narrowings(of: release, in: context))
    }
    for word in told {
      let key = IndexKey.usual(word.service, of: package, in: word.context, isSaid: word.isSaid, event.position)
      overlay.put(IndexTables.touches, key, Array(word.service.utf8))
      usual[package]?.append(UsualServices.Entry(word: word, position: event.position))
    }
  }

  /// Keeps whom an event names as the authors of commits.
  private func noteAuthors(_ event: RecordedEvent) {
    guard let (said, _, _) = event.ofRelease else { return }
    for commit in said.commits {
      for author in commit.authors {
        overlay.put(IndexTables.touches, IndexKey.author(author, ofCommit: commit.id, event.position), [])
      }
    }
  }

  /// What is usual for a package by everything that was folded so far.
  func services(of package: String) throws -> [UsualServices.Entry] {
    if let known = usual[package] { return known }
    let found = try UsualServices.all(of: package, in: overlay)
    usual[package] = found
    return found
  }

  private func note(_ position: Position, under prefix: [UInt8]) {
    var key = prefix
    RowBytes.append(position.value, to: &key)
    overlay.put(IndexTables.touches, key, [])
  }

  /// The events behind the rows.
  package var history: History {
    History(indexes: overlay) { [self] position in try recent[position] ?? lookUp(position) }
  }

  /// From here on changes can be undone.
  package func savepoint() {
    indexerBefore = indexer
    overlay.savepoint()
    for fold in folds.all { fold.savepoint() }
  }

  /// Undoes every change since the savepoint.
  package func rollBack() {
    if let before = indexerBefore {
      indexer = before
      recent = recent.filter { $0.key.value < before.checkpoint.size.value }
    }
    indexerBefore = nil
    usual.removeAll()
    overlay.rollBack()
    for fold in folds.all { fold.rollBack() }
  }

  /// Keeps the changes since the savepoint.
  package func keep() {
    indexerBefore = nil
    overlay.keep()
    for fold in folds.all { fold.keep() }
  }

  /// The rows as they now stand, for a ledger that may not be written to; nothing may be folded afterwards.
  package func heldInMemory() throws -> any RowReading {
    for fold in folds.all { try fold.flush(into: overlay) }
    overlay.put(Self.checkpoints, Self.checkpointKey, indexer.checkpoint.bytes)
    return overlay
  }

  /// Writes what is pending, and the checkpoint with it.
  package func flush(into store: some RowStore) throws {
    try overlay.flush(into: store)
    for fold in folds.all { try fold.flush(into: store) }
    try store.put(Self.checkpoints, Self.checkpointKey, indexer.checkpoint.bytes)
  }
}
