internal import Glibc
internal import RelmDomain
internal import RelmFiles
internal import RelmLog
internal import RelmViews
internal import RelmProof
internal import RelmStorage
internal import Synchronization

/// The derived views as they are stored: one generation per fingerprint, so that two versions of the program keep
/// out of each other's way. Whatever is wrong with a generation, it is thrown away and folded anew from the log.
///
/// Anybody may delete or replace a generation while others have it open. Who has it open notices by the file's
/// identity before the next use, and opens what lies there now.
final class ViewStore: Sendable {
  /// An open generation, and which file it is.
  private struct Opened {
    let environment: Environment
    let place: FileIdentity?
  }

  let directory: String
  let log: EventLog
  let isReadOnly: Bool
  /// How long to wait for another process that is writing views.
  let patience: Duration
  /// Told while many events are folded before a question can be answered.
  let watch: (@Sendable (ViewsProgress) -> Void)?
  let eventsPerMilestone: UInt64
  private let bootID: String
  private let state = Mutex<Opened?>(nil)

  /// How long a reader waits for another process that makes or writes views, before it answers without.
  private static let readerPatience = Duration.milliseconds(400)
  /// The same, and no longer than any is to wait here.
  var readerPatience: Duration { min(patience, Self.readerPatience) }

  /// How many events are folded before the rows are written and the lock is let go.
  static let eventsPerChunk: UInt64 = 20_000

  /// Opens the generation, for writing making or remaking it where that is needed. To be read only, one that cannot
  /// be trusted or does not open is left out, and all is folded in memory.
  init(
    at directory: String, log: EventLog, surroundings: Surroundings, patience: Duration, isReadOnly: Bool,
    watch: (@Sendable (ViewsProgress) -> Void)? = nil
  ) throws {
    self.watch = watch
    self.directory = directory
    self.log = log
    self.isReadOnly = isReadOnly
    self.patience = patience
    eventsPerMilestone = surroundings.eventsPerMilestone
    bootID = try surroundings.bootID()
    _ = try isReadOnly ? openAsItIs() : openSoon()
  }

  /// Where this program's generation lies.
  var generation: String { directory + "/" + Views.fingerprint }
  private var dataFile: String { generation + "/data.mdb" }
  private var mark: DirtyMark { DirtyMark(path: generation + "/mark") }

  /// The generation that lies at its place now; nil where nothing is stored and nothing may be.
  ///
  /// - Parameter limit: how long to wait for another process that makes, removes or swaps generations.
  func current(within limit: Duration) throws -> Environment? {
    if let environment = standing() { return environment }
    return try isReadOnly ? openAsItIs() : reopen(within: limit)
  }

  /// The generation that lies at its place now, waiting as long as an append does.
  func current() throws -> Environment? { try current(within: patience) }

  /// The generation that lies at its place now, as far as nobody has to be waited for; nil where none opens.
  func currentAsItIs() throws -> Environment? { try standing() ?? openAsItIs() }

  private func standing() -> Environment? {
    guard let opened = state.withLock({ $0 }), opened.place == FileIdentity(path: dataFile) else { return nil }
    return opened.environment
  }

  /// Whether this generation can be trusted: reading it has ended no process, and no other boot has left unsynced
  /// writes in it.
  private func isTrusted() throws -> Bool {
    guard !StoreGuard.isBroken(storeAt: generation) else { return false }
    // Nothing may be marked where nothing may be written; but a second try knows why it is one.
    guard !(isReadOnly && StoreGuard.isSecondTry) else { return false }
    return switch try mark.state() {
    case .clean: true
    case .dirty(let boot): boot == bootID
    }
  }

  /// Opens the generation as soon as nobody is making one; where that takes long, as it is.
  private func openSoon() throws -> Environment? {
    do {
      return try reopen(within: readerPatience)
    } catch let error as StorageError where error.code == .busy {
      return try openAsItIs()
    }
  }

  private func reopen(within limit: Duration) throws -> Environment {
    let deadline = ContinuousClock.now + limit
    while true {
      do {
        return try withDirectoryLock(within: limit) { try openOrCreate() }
      } catch let error as StorageError {
        // Whoever deletes views asks nobody, and may do so just between making and opening.
        guard error.code == .notFound, ContinuousClock.now < deadline else { throw error }
      }
    }
  }

  private func openOrCreate() throws -> Environment {
    if Files.exists(generation), try !isTrusted() { try Files.remove(generation) }
    let environment = try openStored() ?? createEmpty()
    state.withLock { $0 = Opened(environment: environment, place: FileIdentity(path: dataFile)) }
    return environment
  }

  /// The stored generation; nil where there is none that opens.
  private func openStored() throws -> Environment? {
    guard Files.exists(dataFile) else { return nil }
    let mode: OpenMode = isReadOnly ? .readOnly : .readWrite
    do throws(StorageError) {
      return try Environment.open(at: generation, tables: ViewTables.all, durability: .onRequest, mode: mode)
    } catch {
      // A lock that is no plain file is thrown away with the rest.
      guard [.damaged, .versionMismatch, .notPlain].contains(error.code) else { throw error }
      return nil
    }
  }

  private func createEmpty() throws -> Environment {
    try Files.remove(generation)
    return try Environment.create(at: generation, tables: ViewTables.all, durability: .onRequest) { _ in }
  }

  /// Opens what is stored and can be trusted, making and removing nothing, and waiting for nobody.
  private func openAsItIs() throws -> Environment? {
    let place = FileIdentity(path: dataFile)
    let environment = try isTrusted() ? openStored() : nil
    state.withLock { $0 = environment.map { Opened(environment: $0, place: place) } }
    return environment
  }

  /// Throws a generation away and begins an empty one; one that another process has begun meanwhile is left.
  func startOver(insteadOf wrong: Environment, within limit: Duration) throws {
    precondition(!isReadOnly, "a read-only ledger writes no views")
    try withDirectoryLock(within: limit) {
      guard let opened = state.withLock({ $0 }), opened.environment === wrong,
        opened.place == FileIdentity(path: dataFile)
      else { return }
      try Files.remove(generation)
    }
    _ = try current(within: limit)
  }

  /// Holds the views for writing; the boot's first unsynced write is announced first.
  ///
  /// - Parameter limit: how long to wait for another process that holds them.
  func beginWrite(within limit: Duration) throws -> ViewWriter {
    while true {
      guard !isReadOnly, let environment = try current(within: limit) else {
        preconditionFailure("a read-only ledger writes no views")
      }
      let writer = try ViewWriter(environment, within: limit)
      // While the lock was waited for, the generation may have been deleted or replaced.
      if try isAtItsPlace(environment), try announceWrite() { return writer }
      writer.abandon()
    }
  }

  private func isAtItsPlace(_ environment: Environment) throws -> Bool {
    let opened = state.withLock { $0 }
    guard let opened, opened.environment === environment else { return false }
    return opened.place == FileIdentity(path: dataFile)
  }

  /// - Returns: false where the generation's directory is gone.
  private func announceWrite() throws -> Bool {
    do throws(FileError) {
      try mark.markDirty(boot: bootID)
      return true
    } catch {
      guard error.isMissing else { throw error }
      return false
    }
  }

  /// Puts all rows on disk and says so in the mark, so that losing power costs no rebuild.
  func makeClean() throws {
    guard !isReadOnly, let environment = try current() else { return }
    // Held so that nobody writes between the sync and the mark, nor puts another generation under the mark.
    try withDirectoryLock(within: patience) {
      guard state.withLock({ $0?.place == FileIdentity(path: dataFile) }) else { return }
      let transaction = try environment.beginWrite(within: patience)
      try environment.sync()
      try mark.markClean()
      transaction.abort()
    }
  }

  /// Puts a generation that was built beside this one in its place.
  ///
  /// Whoever looks meanwhile waits for the lock, and so finds the one or the other. Only power or life lost between
  /// the two renames costs the old one.
  ///
  /// - Parameters:
  ///   - built: where the new one lies, synced.
  ///   - aside: where the old one is to lie, if there is one.
  func replace(with built: String, movingOldTo aside: String) throws {
    try withDirectoryLock(within: patience) {
      do throws(FileError) { try Files.rename(generation, to: aside, for: "move aside") } catch {
        guard error.code == ENOENT else { throw error }
      }
      try Files.rename(built, to: generation)
      try Files.syncDirectory(of: generation)
    }
    _ = try current()
  }

  /// One process at a time makes, removes or swaps generations.
  ///
  /// - Throws: `StorageError` with code `busy` where whoever does so has not finished in time.
  func withDirectoryLock<R>(within limit: Duration, _ body: () throws -> R) throws -> R {
    let path = directory + "/lock"
    let deadline = ContinuousClock.now + limit
    while true {
      try Files.makeDirectory(directory)
      let lock: FileLock?
      do throws(FileError) { lock = try FileLock.take(path) } catch {
        // Who deletes the views deletes the directory as well.
        guard error.isMissing else { throw error }
        continue
      }
      if let lock { return try withExtendedLifetime(lock, body) }
      guard ContinuousClock.now < deadline else {
        throw StorageError(
          .busy, .lock, path, detail: "another process is making the views and has not finished")
      }
      usleep(1000)
    }
  }
}
