internal import CLMDB
internal import Glibc
internal import RelmFiles
internal import Synchronization

/// A store: a directory with one LMDB file, its tables, and one writer at a time across threads and processes.
///
/// A process has one environment per directory, whatever the path it is opened under: LMDB forbids a second, as
/// closing it would drop the locks of the first. `open` gives out the one that exists. It closes with its last
/// reference. It cannot be used in a fork of the process that opened it; its descriptors do not survive exec.
@safe
package final class Environment: Sendable {
  /// As it was given to the first `open`.
  package let path: String
  package var isReadOnly: Bool { options.mode == .readOnly }

  nonisolated(unsafe) let handle: OpaquePointer
  nonisolated(unsafe) let tableHandles: UnsafeMutableBufferPointer<UInt32>
  let options: EnvironmentOptions
  /// Whether readers are unknown to writers (`MDB_NOLOCK`), because the lock file cannot be written.
  let isUnlocked: Bool
  /// Held open so that its inode number, under which this environment is registered, cannot come to mean another.
  let directory: Descriptor
  /// As the guard knows it.
  nonisolated(unsafe) let guarded: UnsafeMutablePointer<GuardedStore>
  /// Nil if it is only read.
  let writerLock: WriterLock?
  /// Whether what a write builds on was looked at since the opening.
  let isCheckedForWriting = Atomic<Bool>(false)
  private let process = getpid()
  /// Under which the registry knows it; nil while it is being made.
  let identity: FileIdentity?

  /// Opens LMDB, not yet the tables. Only the registry and `create` call it, so that no directory is opened twice.
  init(
    opening path: String, _ directory: consuming Descriptor, _ identity: FileIdentity?,
    _ options: EnvironmentOptions
  ) throws(StorageError) {
    guard SizeSignal.isTamed else { throw .errno(.open, path) }
    let isUnlocked = options.mode == .readOnly && !options.fileSystem.isWritable(directory: path)
    let lock =
      options.mode == .readOnly
      ? nil
      : try WriterLock(
        path: path + "/" + StoreFile.writerLock, mode: AccessMode.inside(path).file)
    let guarded = unsafe GuardedStore.register(path, isTruth: options.durability == .everyCommit)
    // Nothing throws behind this line: a half-made object and the failed call would both close the handle.
    do throws(StorageError) {
      // One that is just being made has none yet.
      if identity != nil { try HeadPages.check(in: directory, path) }
      unsafe handle = try Self.open(path, options, isUnlocked: isUnlocked, guarded)
    } catch {
      unsafe GuardedStore.forget(guarded)
      throw error
    }
    unsafe self.guarded = unsafe guarded
    self.path = path
    self.options = options
    self.isUnlocked = isUnlocked
    self.directory = directory
    self.identity = identity
    writerLock = lock
    unsafe tableHandles = .allocate(capacity: options.tables.reduce(0) { max($0, $1.number + 1) })
    unsafe tableHandles.initialize(repeating: TableHandle.unnamed)
  }

  deinit {
    unsafe tableHandles.deallocate()
    // In a fork the reader slots that closing clears, and the registry that it locks, are the parent's.
    guard isOfThisProcess else { return }
    unsafe mdb_env_close(handle)
    unsafe GuardedStore.forget(guarded)
    Registry.shared.forget(identity)
  }

  private static func open(
    _ path: String, _ options: EnvironmentOptions, isUnlocked: Bool,
    _ guarded: UnsafeMutablePointer<GuardedStore>
  ) throws(StorageError) -> OpaquePointer {
    unsafe GuardedStore.touch(guarded)
    var created: OpaquePointer?
    try check(unsafe mdb_env_create(&created), .open, path)
    guard let handle = unsafe created else { throw StorageError(.inputOutput, .open, path) }
    do throws(StorageError) {
      try check(unsafe mdb_env_set_userctx(handle, guarded), .open, path)
      // A check of LMDB's own that fails would end the process with words of its own.
      let onAssertion: @convention(c) (OpaquePointer?, UnsafePointer<CChar>?) -> Void = { environment, _ in
        unsafe FaultHandler.failedAssertion(
          mdb_env_get_userctx(environment)?.assumingMemoryBound(to: GuardedStore.self))
      }
      try check(unsafe mdb_env_set_assert(handle, onAssertion), .open, path)
      try unsafe open(handle, path, options, isUnlocked: isUnlocked)
    } catch {
      // A handle that could not be opened must be closed all the same.
      unsafe mdb_env_close(handle)
      throw error
    }
    return unsafe handle
  }

  private static func open(
    _ handle: OpaquePointer, _ path: String, _ options: EnvironmentOptions, isUnlocked: Bool
  ) throws(StorageError) {
    try check(unsafe mdb_env_set_mapsize(handle, options.mapSizeBytes), .open, path)
    try check(unsafe mdb_env_set_maxreaders(handle, UInt32(options.maxReaders)), .open, path)
    try check(unsafe mdb_env_set_maxdbs(handle, UInt32(options.tables.count)), .open, path)

    // MDB_NOTLS: a reader belongs to its transaction, not to its thread. No MDB_NOMEMINIT: it would write what
    // happens to lie in this process's memory, which may be personal, into the file.
    var flags = MDB_NOTLS
    if options.durability == .onRequest { flags |= MDB_NOSYNC }
    if options.mode == .readOnly { flags |= MDB_RDONLY }
    if isUnlocked { flags |= MDB_NOLOCK }
    let mode = AccessMode.inside(path).file
    if options.mode == .readWrite { try StoreFile.makeMissing(in: path, mode: mode) }
    let status = unsafe mdb_env_open(handle, path, UInt32(flags), mode)
    if status == MDB_INVALID {
      // The heads were just found sound, so it is the lock file, which is made anew once nobody uses it.
      throw StorageError(
        .inputOutput, .open, path + "/" + StoreFile.lmdbLock, systemCode: status,
        detail: "its lock file is damaged; end every program that uses it, and try again")
    }
    try check(status, .open, path)

    // LMDB opens its lock file close-on-exec but not its data file.
    var data: Int32 = -1
    try check(unsafe mdb_env_get_fd(handle, &data), .open, path)
    guard fcntl(data, F_SETFD, FD_CLOEXEC) == 0 else { throw .errno(.open, path) }
    if isUnlocked { return }
    var dead: Int32 = 0
    try check(unsafe mdb_reader_check(handle, &dead), .open, path)
  }

  /// False in a fork of the process that opened it.
  var isOfThisProcess: Bool { getpid() == process }

  func checkProcess(_ operation: StorageError.Operation) throws(StorageError) {
    guard isOfThisProcess else { throw StorageError(.forked, operation, path) }
  }

  /// Writes all commits so far to the disk. It may be called inside a write, then before its commit.
  ///
  /// - Throws: `readOnly`, `noSpace`, `inputOutput`.
  package func sync() throws(StorageError) {
    try checkProcess(.sync)
    guard !isReadOnly else { throw StorageError(.readOnly, .sync, path) }
    try check(unsafe mdb_env_sync(handle, 1), .sync, path)
  }

  /// The file's length; the map may be larger.
  package var sizeOnDiskBytes: Int {
    get throws(StorageError) {
      // Its length, not its blocks: those are allocated only when the kernel writes them back.
      try withFiles(.open) { () throws(FileError) in
        try directory.status(of: StoreFile.data, path + "/" + StoreFile.data).st_size
      }
    }
  }

  /// The number of the newest commit, by whichever process. Reading it costs no system call, so that a watcher can
  /// look as often as it likes.
  package var lastTransaction: Int {
    get throws(StorageError) {
      try checkProcess(.open)
      var about = unsafe MDB_envinfo()
      try check(unsafe mdb_env_info(handle, &about), .open, path)
      return unsafe about.me_last_txnid
    }
  }
}
