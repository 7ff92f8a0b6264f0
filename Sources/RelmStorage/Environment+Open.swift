internal import CLMDB
internal import Glibc
internal import RelmFiles

extension Environment {
  /// Opens a store, or gives out the environment that this process has open in that directory.
  ///
  /// Tables that the file does not have are made, or, where it is only read, are empty. Readers that died are
  /// cleared. A directory that may not be written can be read: without a lock, which `read` makes up for.
  ///
  /// - Parameters:
  ///   - path: the store's directory.
  ///   - tables: all tables that will be used.
  ///   - durability: when commits reach the disk.
  ///   - mode: what it is opened for.
  ///   - mapSizeBytes: the most that the store can grow to. The map is sparse and costs nothing.
  ///   - maxReaders: the most read transactions at a time, over all processes; the largest number
  ///     that any of them has asked for counts.
  ///   - makesTables: whether a table that the file does not have is made; where not, it is empty.
  ///   - fileSystem: tells what the path is on; replaced in tests.
  /// - Throws: `notFound`, `openedDifferently`, `networkFileSystem`, `damaged`, `versionMismatch`, `busy`,
  ///   `readersFull`, `readOnly`, `inputOutput`.
  package static func open(
    at path: String, tables: [Table], durability: Durability, mode: OpenMode,
    mapSizeBytes: Int = 1 << 40, maxReaders: Int = 1022, makesTables: Bool = true,
    fileSystem: any FileSystemKind = SystemFileSystem()
  ) throws(StorageError) -> Environment {
    let options = EnvironmentOptions(
      tables: tables, durability: durability, mode: mode, mapSizeBytes: mapSizeBytes, maxReaders: maxReaders,
      makesTables: makesTables, fileSystem: fileSystem)
    let directory = try withFiles(.open) { () throws(FileError) in try Descriptor(directory: path) }
    let identity = try withFiles(.open) { () throws(FileError) in try directory.identity(path) }
    try RefusedFileSystem.check(path, on: fileSystem)
    try checkData(in: directory, path)
    return try Registry.shared.environment(identity, path, directory, options)
  }

  /// A directory without its data file, or with an empty one, is not a store; LMDB would make it one.
  private static func checkData(in directory: borrowing Descriptor, _ path: String) throws(StorageError) {
    let file = path + "/" + StoreFile.data
    let about: stat
    do throws(FileError) { about = try directory.status(of: StoreFile.data, file) } catch {
      throw StorageError(
        FileError(path: file, operation: error.operation, code: error.code, kind: FileKind(at: file)), .open)
    }
    if let kind = FileKind(mode: about.st_mode) {
      throw StorageError(FileError(path: file, operation: "open", code: EINVAL, kind: kind), .open)
    }
    guard about.st_size > 0 else {
      throw StorageError(.damaged, .open, file, detail: "the file is empty")
    }
  }

  /// Finds the tables' handles and makes the tables that are missing. Done once, before the environment is given
  /// to anyone, because LMDB's handles must not be opened by two transactions at once.
  func openTables() throws(StorageError) {
    unsafe GuardedStore.touch(guarded)
    var reader: OpaquePointer?
    try check(unsafe mdb_txn_begin(handle, nil, UInt32(MDB_RDONLY), &reader), .open, path)
    let isComplete: Bool
    do throws(StorageError) {
      try unsafe checkLength(in: reader)
      isComplete = try unsafe openTables(in: reader, making: false)
    } catch {
      unsafe mdb_txn_abort(reader)
      throw error
    }
    // The handles are kept by a commit, and forgotten by an abort.
    try check(unsafe mdb_txn_commit(reader), .open, path)
    if isComplete || isReadOnly || !options.makesTables { return }

    let writer = try beginWrite(within: .seconds(10))
    _ = try unsafe openTables(in: writer.snapshot.transaction, making: true)
    try writer.commit()
  }

  /// All our tables are plain ones; a table that says of itself that it is of another kind is read as what it is not.
  private func checkKind(of table: Table, in transaction: OpaquePointer?) throws(StorageError) {
    var kind: UInt32 = 0
    try check(
      unsafe mdb_dbi_flags(transaction, tableHandles[table.number], &kind), .open, "\(path), table \(table)")
    guard kind == 0 else {
      throw StorageError(.damaged, .open, "\(path), table \(table)", detail: "it is of kind \(kind)")
    }
  }

  /// - Returns: whether all tables are there.
  func openTables(in transaction: OpaquePointer?, making: Bool) throws(StorageError) -> Bool {
    var isComplete = true
    for table in options.tables {
      let status = unsafe mdb_dbi_open(
        transaction, table.name, making ? UInt32(MDB_CREATE) : 0, &tableHandles[table.number])
      if status == MDB_NOTFOUND {
        unsafe tableHandles[table.number] = TableHandle.absent
        isComplete = false
      } else {
        try check(status, .open, "\(path), table \(table)")
        try unsafe checkKind(of: table, in: transaction)
      }
    }
    return isComplete
  }
}
