internal import CLMDB
internal import Glibc
internal import RelmFiles

extension StorageError {
  /// The one place where a return code of LMDB or of the system becomes a typed error.
  ///
  /// - Parameter systemCode: LMDB's own codes are negative; positive ones are `errno`.
  init(system systemCode: Int32, _ operation: Operation, _ context: String) {
    var detail: String?
    let code: Code
    switch systemCode {
    case MDB_KEYEXIST: (code, detail) = (.alreadyExists, "there is a row with that key")
    case MDB_NOTFOUND: (code, detail) = (.damaged, "a row that must be there is not")
    case MDB_PANIC: (code, detail) = (.inputOutput, "an earlier write of its head page failed")
    case MDB_PAGE_NOTFOUND, MDB_CORRUPTED, MDB_INVALID, MDB_CURSOR_FULL, MDB_PAGE_FULL, MDB_INCOMPATIBLE:
      code = .damaged
    case MDB_VERSION_MISMATCH: code = .versionMismatch
    case MDB_MAP_FULL: code = .mapFull
    case MDB_MAP_RESIZED: (code, detail) = (.mapFull, "another process has given it a larger map")
    case MDB_READERS_FULL, MDB_TLS_FULL: code = .readersFull
    case MDB_TXN_FULL: (code, detail) = (.badTransaction, "the transaction has touched too many pages")
    case MDB_BAD_TXN, MDB_BAD_RSLOT, MDB_BAD_DBI: code = .badTransaction
    case MDB_BAD_VALSIZE: code = .keyTooLong
    case ENOENT: code = .notFound
    case ENOSPC, EDQUOT: code = .noSpace
    case EFBIG: code = .fileTooLarge
    case EROFS, EPERM: code = .readOnly
    case EACCES where operation == .open || operation == .create || operation == .lock: code = .readOnly
    case EACCES, EAGAIN:
      // LMDB marks a process that reads by locking the byte numbered by its pid. Only another process that
      // has the same pid, so one of another PID namespace, can hold it.
      code = .busy
      detail = "a process of another PID namespace (container) uses it under this process's pid \(getpid())"
    default: code = .inputOutput
    }
    self.init(code, operation, context, systemCode: systemCode, detail: detail)
  }

  /// Trouble with one of the store's files.
  init(_ error: FileError, _ operation: Operation) {
    if let kind = error.kind {
      self.init(.notPlain, operation, error.path, detail: "it is \(kind.words)")
    } else {
      self.init(system: error.code, operation, error.path)
    }
  }

  /// `errno`, read at once, as an error.
  static func errno(_ operation: Operation, _ context: String) -> StorageError {
    StorageError(system: Glibc.errno, operation, context)
  }

  /// The system's own words for a code.
  static func words(of systemCode: Int32) -> String {
    // mdb_strerror knows LMDB's codes and hands others to strerror.
    guard let words = unsafe mdb_strerror(systemCode) else { return "code \(systemCode)" }
    return unsafe String(cString: words)
  }
}

/// Throws what a return code says; the way every call into LMDB is checked.
@inline(__always)
func check(
  _ systemCode: Int32, _ operation: StorageError.Operation, _ context: @autoclosure () -> String
) throws(StorageError) {
  if systemCode == MDB_SUCCESS { return }
  throw StorageError(system: systemCode, operation, context())
}

/// Does something with the store's files, whose trouble is the store's.
@inline(__always)
func withFiles<Result: ~Copyable>(
  _ operation: StorageError.Operation, _ body: () throws(FileError) -> Result
) throws(StorageError) -> Result {
  do throws(FileError) { return try body() } catch { throw StorageError(error, operation) }
}
