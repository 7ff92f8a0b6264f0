package import Glibc

/// What lies at a path where a plain file was meant.
package enum FileKind: Sendable, Hashable {
  case directory, fifo, socket, device
  /// A symbolic link to nothing, or to itself.
  case brokenLink

  /// In words, as in "it is a FIFO".
  package var words: String {
    switch self {
    case .directory: "a directory"
    case .fifo: "a FIFO"
    case .socket: "a socket"
    case .device: "a device"
    case .brokenLink: "a symbolic link that leads nowhere"
    }
  }

  /// - Parameter mode: as `stat(2)` gives it.
  /// - Returns: nil for a plain file.
  package init?(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: return nil
    case S_IFDIR: self = .directory
    case S_IFIFO: self = .fifo
    case S_IFSOCK: self = .socket
    default: self = .device
    }
  }

  /// What `path` leads to.
  ///
  /// - Returns: nil for a plain file, where nothing is, and where nothing can be told.
  package init?(at path: String) {
    var about = stat()
    if unsafe stat(path, &about) == 0 {
      self.init(mode: about.st_mode)
    } else {
      guard errno == ENOENT || errno == ELOOP, unsafe lstat(path, &about) == 0,
        about.st_mode & S_IFMT == S_IFLNK
      else { return nil }
      self = .brokenLink
    }
  }
}
