internal import Glibc

/// Who may use the files of a store: its owner alone; or, where its directory is shared with a group (set-group-ID, and
/// the group may write), that group as well. Never others, whatever the umask of who makes them.
struct StoreMode: Equatable {
  let file: mode_t
  let directory: mode_t

  static let owner = StoreMode(file: 0o600, directory: 0o700)
  static let group = StoreMode(file: 0o660, directory: 0o2770)

  /// What is made in this directory.
  static func inside(_ directory: String) -> StoreMode {
    var about = stat()
    guard unsafe stat(directory, &about) == 0 else { return .owner }
    return about.st_mode & S_ISGID != 0 && about.st_mode & S_IWGRP != 0 ? .group : .owner
  }
}
