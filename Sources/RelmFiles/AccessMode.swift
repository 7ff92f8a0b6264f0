package import Glibc

/// Who may use what lies in a ledger: its owner alone; or, where the directory is shared with a group (set-group-ID, and
/// the group may write), that group as well. Never others, whatever the umask of who makes it.
///
/// One rule for everything that is made: it is for whom the directory is in which it is made. So the ledger's own
/// directory says it for all of it.
package struct AccessMode: Sendable, Equatable {
  /// The mode of a file.
  package let file: mode_t
  /// The mode of a directory.
  package let directory: mode_t

  package static let owner = AccessMode(file: 0o600, directory: 0o700)
  package static let group = AccessMode(file: 0o660, directory: 0o2770)

  /// What is made in this directory.
  package static func inside(_ directory: String) -> AccessMode {
    var about = stat()
    guard unsafe stat(directory, &about) == 0, isShared(about.st_mode) else { return .owner }
    return .group
  }

  /// Whether a directory's mode says that it is shared with its group.
  package static func isShared(_ mode: mode_t) -> Bool { mode & S_ISGID != 0 && mode & S_IWGRP != 0 }

  /// The bits of a mode that let in somebody for whom it is not.
  package var forbidden: mode_t { self == .group ? 0o007 : 0o077 }
}
