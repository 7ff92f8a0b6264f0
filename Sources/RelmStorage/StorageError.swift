/// A failure at the storage boundary: what was being done, where, and what a person can do about it.
///
/// It is a failure, never a refusal: the ledger's rules answer with values. Whatever the code, nothing that was
/// acknowledged is lost; the transaction that failed has left no trace.
package struct StorageError: Error, Hashable {
  /// The kind of trouble. Callers branch on it and map it to an exit status.
  package enum Code: Sendable, Hashable, CaseIterable {
    /// There is no store at that path.
    case notFound
    /// There is something at that path already, or a row with that key (`PutMode.insert`).
    case alreadyExists
    /// The store could not be made there.
    case cannotCreate
    /// The map is used up: the store has reached `mapSizeBytes`.
    case mapFull
    /// Something else lies where a plain file of the store belongs: a directory, a FIFO, a device.
    case notPlain
    /// The disk, or this user's share of it, is full.
    case noSpace
    /// The file would exceed the largest file that this process may write (`RLIMIT_FSIZE`).
    case fileTooLarge
    /// All reader slots are taken by live readers.
    case readersFull
    /// The file is not what it was when it was written, or this handle to it can be trusted no longer.
    case damaged
    /// Another version of LMDB wrote the file or its lock file.
    case versionMismatch
    /// A lock was not had in time, or another process that cannot be told from this one uses the store.
    case busy
    /// A network file system, which keeps neither shared maps nor locks coherent.
    case networkFileSystem
    /// The store was opened for reading, or may not be written by this user.
    case readOnly
    /// This user may not read it.
    case notPermitted
    /// The transaction cannot go on because an earlier call in it failed.
    case badTransaction
    /// The environment was opened by a process of which this one is a fork.
    case forked
    /// The key is empty or longer than 511 bytes.
    case keyTooLong
    /// The store is open in this process with other options.
    case openedDifferently
    /// Any other trouble that the system reports, such as `EIO`.
    case inputOutput
  }

  /// What was being done.
  package enum Operation: String, Sendable, Hashable, CaseIterable {
    case open, create, begin, get, put, delete, clear, count, cursor, commit, sync, lock
  }

  package let code: Code
  package let operation: Operation
  /// The path of the store and, where one is concerned, the table.
  package let context: String
  /// LMDB's code if negative, `errno` if positive, nil if neither has spoken.
  package let systemCode: Int32?
  /// A cause that the code alone does not tell, in words.
  package let detail: String?

  package init(
    _ code: Code, _ operation: Operation, _ context: String, systemCode: Int32? = nil, detail: String? = nil
  ) {
    self.code = code
    self.operation = operation
    self.context = context
    self.systemCode = systemCode
    self.detail = detail
  }
}

extension StorageError: CustomStringConvertible {
  /// One sentence of what went wrong and where, and one of what to do next.
  package var description: String {
    let system = systemCode.map { " (\(Self.words(of: $0)))" } ?? ""
    return "cannot \(operation.rawValue) \(context): \(detail ?? code.cause)\(system). \(code.advice)"
  }
}

extension StorageError.Code {
  fileprivate var cause: String {
    switch self {
    case .notFound: "there is no store"
    case .alreadyExists: "it exists already"
    case .cannotCreate: "it cannot be made there"
    case .mapFull: "the store has grown to the size of its map"
    case .notPlain: "it is no plain file"
    case .noSpace: "the disk is full"
    case .fileTooLarge: "the file would exceed the largest size that this process may write"
    case .readersFull: "all reader slots are taken"
    case .damaged: "the file is damaged, or is not a store"
    case .versionMismatch: "another version of LMDB uses it"
    case .busy: "another process is writing and has not finished in time"
    case .networkFileSystem: "it is on a network file system"
    case .readOnly: "it may only be read"
    case .notPermitted: "this user may not read it"
    case .badTransaction: "an earlier step of the transaction failed"
    case .forked: "this process is a fork of the one that opened it"
    case .keyTooLong: "a key has 1 to 511 bytes"
    case .openedDifferently: "this process has it open with other options"
    case .inputOutput: "the system reports an error"
    }
  }

  fileprivate var advice: String {
    switch self {
    case .notFound: "Check the path, or create the store first."
    case .alreadyExists: "Open it, or choose another name."
    case .cannotCreate: "Check that the parent directory exists and may be written."
    case .mapFull: "Open it with a larger map; nothing that was acknowledged is lost."
    case .notPlain: "A plain file belongs there: take away what is there instead."
    case .noSpace: "Free some space and try again; nothing that was acknowledged is lost."
    case .fileTooLarge: "Raise the limit (ulimit -f) and try again; nothing that was acknowledged is lost."
    case .readersFull: "End some readers and try again."
    case .damaged:
      "Close it everywhere and open it again; if that does not help, verify it or restore a backup."
    case .versionMismatch: "Use the program version that made it, or export and import."
    case .busy: "Try again; if it stays so, look for a process that hangs."
    case .networkFileSystem: "Move it to a local disk."
    case .readOnly: "Open it for writing as a user who may write there."
    case .notPermitted: "Read it as its owner, or have the permission given back (chmod u+r)."
    case .badTransaction: "Give the transaction up and begin another."
    case .forked: "Open it again in this process."
    case .keyTooLong: "Shorten or hash the key."
    case .openedDifferently: "Close the other one first, or ask for the same options."
    case .inputOutput:
      "Look at the disk and the system log. If it was a commit, its outcome is unknown: try again with the same ids."
    }
  }
}

/// An error of a caller's own that can carry a storage failure.
///
/// A transaction's body throws one typed error; where that is not `StorageError` itself, the failures of the
/// transaction around it are wrapped by this initialiser.
package protocol StorageErrorConvertible: Error {
  init(_ error: StorageError)
}

extension StorageError: StorageErrorConvertible {
  package init(_ error: StorageError) { self = error }
}
