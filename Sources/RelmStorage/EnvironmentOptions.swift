/// When a commit reaches the disk.
package enum Durability: Sendable, Hashable {
  /// Before it returns: LMDB's default, and nothing weaker. For what is the truth.
  case everyCommit
  /// When `Environment.sync` is called (`MDB_NOSYNC`). Killing a process at any moment leaves the store consistent;
  /// losing power may not. For what can be rebuilt.
  case onRequest
}

/// What an environment is opened for.
package enum OpenMode: Sendable, Hashable {
  case readWrite, readOnly
}

/// How an environment is opened; one process cannot have it open in two ways.
struct EnvironmentOptions {
  var tables: [Table]
  var durability: Durability
  var mode: OpenMode
  var mapSizeBytes: Int
  var maxReaders: Int
  var makesTables = true
  var fileSystem: any FileSystemKind

  /// What keeps a second opening from sharing the first one, or nil. Fewer tables are no obstacle.
  func conflict(with opened: EnvironmentOptions) -> String? {
    if mode != opened.mode { return "mode" }
    if durability != opened.durability { return "durability" }
    if mapSizeBytes != opened.mapSizeBytes { return "mapSizeBytes" }
    if maxReaders != opened.maxReaders { return "maxReaders" }
    if let table = tables.first(where: { !opened.tables.contains($0) }) { return "table \(table)" }
    return nil
  }
}
