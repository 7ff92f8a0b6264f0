internal import RelmDomain
internal import RelmFiles
internal import RelmLog
internal import RelmViews
internal import RelmProof
internal import RelmStorage

extension ViewStore {
  /// Brings the views to the log's end, in chunks, without the log's lock. Views that are damaged, lead the log or
  /// have folded another history are thrown away and begun anew.
  ///
  /// - Parameters:
  ///   - limit: how long to wait for another process that makes or writes views.
  ///   - progress: told how many events are folded, of how many.
  /// - Returns: the generation that is at the log's end; nil in a ledger that may only be read and has none. By the
  ///   time that it is used another may lie in its place, empty even, so it is this one that is to be read.
  @discardableResult
  func catchUp(
    within limit: Duration, _ progress: (_ folded: UInt64, _ of: UInt64) -> Void = { _, _ in }
  ) throws -> Environment? {
    var hasStartedOver = false
    var isLong = false
    while let environment = try current(within: limit) {
      do {
        if try environment.readRows({ try isCurrent(Views.checkpoint(of: $0), log.head()) }) {
          return environment
        }
        let (reached, end, folded) = try foldChunk(within: limit)
        progress(reached, end)
        // Who waits for more than a moment is told what for.
        if reached < end || isLong {
          isLong = true
          watch?(ViewsProgress(folded: reached, of: end))
        }
        if reached == end { return folded }
      } catch {
        guard !hasStartedOver, isDamage(error) else { throw error }
        // Damage that comes again at once is not the rows': the disk's, or the machine's.
        hasStartedOver = true
        try startOver(insteadOf: environment, within: limit)
      }
    }
    return nil
  }

  /// Folds some more events, and answers how many are folded now, of how many, and in which generation.
  private func foldChunk(
    within limit: Duration
  ) throws -> (reached: UInt64, end: UInt64, environment: Environment) {
    let writer = try beginWrite(within: limit)
    let views = try views(over: writer)
    // The head is read after the views are held: they cannot lead it then, however busy other processes are.
    let head = try log.head()
    guard try continues(views.checkpoint, head) else {
      writer.abandon()
      try startOver(insteadOf: writer.environment, within: limit)
      return (0, head.size.value, writer.environment)
    }
    let end = min(head.size.value, views.checkpoint.size.value + Self.eventsPerChunk)
    try fold(upTo: Position(end), into: views)
    try views.flush(into: writer)
    try writer.commit()
    return (end, head.size.value, writer.environment)
  }

  /// Whether an error says that stored rows are not what was written; the log's own damage is another matter.
  func isDamage(_ error: any Error) -> Bool {
    if error is DamagedRow { return true }
    guard let error = error as? StorageError else { return false }
    return error.code == .damaged && error.context.hasPrefix(directory)
  }

  /// Whether views at this checkpoint have folded a beginning of the log: what they folded last is what stands there.
  func continues(_ checkpoint: ViewCheckpoint, _ head: LogHead) throws -> Bool {
    guard checkpoint.size <= head.size else { return false }
    guard checkpoint.size < head.size else { return checkpoint.frontier == head.frontier }
    guard let last = checkpoint.lastLeaf else { return true }
    guard let bytes = try log.bytes(at: Position(checkpoint.size.value - 1)) else { return false }
    return Digest.leaf(bytes) == last
  }

  private func isCurrent(_ checkpoint: ViewCheckpoint, _ head: LogHead) -> Bool {
    checkpoint.size == head.size && checkpoint.frontier == head.frontier
  }

  /// How many records the stored views have folded, as they stand; nil where they do not say.
  func storedSize() throws -> TreeSize? {
    do {
      return try currentAsItIs()?.readRows { try Views.checkpoint(of: $0).size }
    } catch  where isDamage(error) {
      return nil
    }
  }

  /// All views over rows, with the log behind them for what is to be folded again.
  func views(over rows: any RowReading) throws -> Views {
    let log = log
    return try Views(over: rows, eventsPerMilestone: eventsPerMilestone) { position in
      try log.bytes(at: position).map { try RecordedEvent.stored($0, at: position) }
    }
  }

  /// Folds the log's records from the views' checkpoint up to a position.
  func fold(upTo end: Position, into views: Views) throws {
    try log.forEach(from: Position(views.checkpoint.size.value), upTo: end) { position, bytes in
      try views.fold(RecordedEvent.stored(bytes, at: position))
      return true
    }
  }

  /// Lends rows that are current: from the store, or where it cannot be written to, caught up in memory.
  func withCurrentRows<R>(_ body: (any RowReading, ViewCheckpoint) throws -> R) throws -> R {
    if !isReadOnly, let environment = try catchUpIfWritable() {
      return try environment.readRows { try body($0, Views.checkpoint(of: $0)) }
    }
    guard let environment = try currentAsItIs() else { return try withRowsInMemory(over: NoRows(), body) }
    return try environment.readRows { rows in
      let fits: Bool
      do { fits = try continues(Views.checkpoint(of: rows), log.head()) } catch is DamagedRow { fits = false }
      return try withRowsInMemory(over: fits ? rows : NoRows(), body)
    }
  }

  /// Brings the views to the log's end, unless they cannot be written just now: a full disk, or a writer that hangs,
  /// is no reason not to answer.
  private func catchUpIfWritable() throws -> Environment? {
    do {
      return try catchUp(within: readerPatience)
    } catch let error as StorageError where error.code == .busy {
      // Where much is missing, somebody else is folding it, more likely than that he hangs: twice is once too often.
      guard try isFarBehind() else { return nil }
      return try catchUpIfWritable(within: patience)
    } catch {
      return try nothing(after: error)
    }
  }

  private func catchUpIfWritable(within limit: Duration) throws -> Environment? {
    do { return try catchUp(within: limit) } catch { return try nothing(after: error) }
  }

  /// Whether folding what is missing in memory would take longer than waiting for whoever is at it.
  private func isFarBehind() throws -> Bool {
    let folded = try currentAsItIs()?.readRows { try Views.checkpoint(of: $0).size.value } ?? 0
    return try log.head().size.value - min(folded, log.head().size.value) > Self.eventsPerChunk
  }

  /// Nothing, where an error is no reason not to answer from memory.
  private func nothing(after error: any Error) throws -> Environment? {
    do {
      throw error
    } catch is FileError {
      return nil
    } catch let error as StorageError {
      switch error.code {
      case .busy, .mapFull, .notPlain, .noSpace, .fileTooLarge, .inputOutput, .readOnly, .notPermitted:
        return nil
      case .notFound, .alreadyExists, .cannotCreate, .readersFull, .damaged, .versionMismatch,
        .networkFileSystem,
        .badTransaction, .forked, .keyTooLong, .openedDifferently:
        throw error
      }
    }
  }

  private func withRowsInMemory<R>(
    over base: any RowReading, _ body: (any RowReading, ViewCheckpoint) throws -> R
  ) throws -> R {
    let views = try views(over: base)
    let head = try log.head()
    if views.checkpoint.size == head.size { return try body(base, views.checkpoint) }
    try fold(upTo: Position(head.size.value), into: views)
    return try body(try views.heldInMemory(), views.checkpoint)
  }
}

extension RecordedEvent {
  /// Reads a stored record.
  ///
  /// - Throws: ``BrokenHistory`` where it does not read: what is stored was once accepted.
  static func stored(_ bytes: [UInt8], at position: Position) throws -> RecordedEvent {
    do throws(DecodingFailure) {
      let record = try Record(bytes)
      return try RecordedEvent(position: position, record: record, digest: .leaf(bytes))
    } catch {
      throw BrokenHistory(at: position, "does not read: \(error.pointer): \(error.reason)")
    }
  }
}
