internal import RelmFiles

/// The file beside a generation of views that says whether losing power now could spoil it.
///
/// Views are written without a sync: killing a process leaves them consistent, losing power may not. So before a
/// boot's first unsynced write the mark says `dirty` and which boot it is, and `clean` only after a sync. What
/// another boot left dirty is thrown away before its map is opened.
struct DirtyMark {
  enum State: Equatable {
    /// All is on disk, or nothing was ever written unsynced.
    case clean
    /// Written to without a sync, during this boot.
    case dirty(boot: String)
  }

  let path: String

  /// What the mark says; a generation without one was never written to unsynced.
  func state() throws(FileError) -> State {
    guard Files.exists(path) else { return .clean }
    let text: String
    do throws(FileError) { text = String(decoding: try Files.readSmall(path), as: UTF8.self) } catch {
      guard error.kind != nil else { throw error }
      return .dirty(boot: "unknown")
    }
    let words = text.split(whereSeparator: \.isWhitespace)
    if words.first == "dirty", words.count == 2 { return .dirty(boot: String(words[1])) }
    if words == ["clean"] { return .clean }
    // A mark that does not read may hide a dirty one.
    return .dirty(boot: "unknown")
  }

  /// Says so before the first unsynced write of this boot.
  func markDirty(boot: String) throws(FileError) {
    guard try state() != .dirty(boot: boot) else { return }
    try Files.write(Array("dirty \(boot)\n".utf8), to: path)
  }

  /// To be called only after a sync, while the views' write lock is held.
  func markClean() throws(FileError) {
    try Files.write(Array("clean\n".utf8), to: path)
  }
}
