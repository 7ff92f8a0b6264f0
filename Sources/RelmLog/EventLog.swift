internal import RelmDomain
internal import RelmProof
package import RelmStorage

/// The log: every record, in order, and the tree over them. It is the truth that all else is derived from.
///
/// It is opened with LMDB's default durability and nothing weaker: an acknowledged append is on disk.
package final class EventLog: Sendable {
  package let environment: Environment
  /// The name that this log's checkpoints bear, for ever.
  package let origin: String

  private init(environment: Environment, origin: String) {
    self.environment = environment
    self.origin = origin
  }

  /// Makes an empty log, whole or not at all.
  ///
  /// - Parameters:
  ///   - path: a directory that does not exist yet.
  ///   - origin: the name for its checkpoints (C2SP tlog-checkpoint): not empty, no spaces, no plus sign.
  /// - Throws: `StorageError` where it cannot be made.
  package static func create(at path: String, origin: String) throws -> EventLog {
    let environment = try Environment.create(
      at: path, tables: LogSchema.tables, durability: .everyCommit
    ) { transaction throws(StorageError) in
      try transaction.put(LogSchema.formatKey, Array("\(LogSchema.format)".utf8), in: LogSchema.meta)
      try transaction.put(LogSchema.originKey, Array(origin.utf8), in: LogSchema.meta)
      try transaction.put(LogSchema.headKey, LogHead().bytes, in: LogSchema.meta)
    }
    return EventLog(environment: environment, origin: origin)
  }

  /// Opens a log.
  ///
  /// - Throws: `StorageError`; ``LogError`` where it is none, or of a newer format.
  package static func open(at path: String, mode: OpenMode) throws -> EventLog {
    let environment = try Environment.open(
      at: path, tables: LogSchema.tables, durability: .everyCommit, mode: mode, makesTables: false)
    let (format, origin) = try environment.read { transaction throws(StorageError) in
      (
        try transaction.get(LogSchema.meta, LogSchema.formatKey),
        try transaction.get(LogSchema.meta, LogSchema.originKey)
      )
    }
    guard let format, let origin else {
      // What has records has been a log; what has none may be anybody's store.
      let count = try environment.read { transaction throws(StorageError) in
        try transaction.count(of: LogSchema.events) + transaction.count(of: LogSchema.meta)
      }
      throw count > 0 ? LogError.damagedHead(path: path) : LogError.notALog(path: path)
    }
    let found = String(decoding: format, as: UTF8.self)
    guard let number = Int(found), (1...LogSchema.format).contains(number) else {
      throw LogError.newerFormat(found: found, path: path)
    }
    return EventLog(environment: environment, origin: String(decoding: origin, as: UTF8.self))
  }

  /// The end of the log as of now.
  package func head() throws -> LogHead {
    let (head, count) = try headAndCount()
    // More or fewer rows than it says, and whatever is answered from it would be wrong.
    guard head.size.value == count else { throw LogError.damagedHead(path: environment.path) }
    return head
  }

  static func head(_ bytes: [UInt8]?, path: String) throws -> LogHead {
    guard let head = bytes.flatMap({ LogHead(bytes: $0) }) else { throw LogError.damagedHead(path: path) }
    return head
  }
}
