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

/// The one way in which a file is opened that is meant to be a plain one: ours, or one that somebody named.
///
/// Opening a FIFO waits for whoever has its other end, and reading a device may have no end. So nothing is waited for
/// (`O_NONBLOCK`, which changes nothing of a plain file), and what is no plain file is closed again at once and named.
package enum PlainFile {
  /// Why it is not open.
  package struct Failure: Error, Sendable {
    /// What `open(2)` said, or what says best that it is no plain file.
    package let code: Int32
    /// What lies there instead of a plain file; nil where that is not what is wrong.
    package let kind: FileKind?

    package init(code: Int32, kind: FileKind?) {
      self.code = code
      self.kind = kind
    }
  }

  /// `open(2)`, always with `O_CLOEXEC`.
  ///
  /// - Parameters:
  ///   - path: leads to the file, also through symbolic links unless `flags` forbid it.
  ///   - flags: as of `open(2)`.
  ///   - mode: of a file that it makes.
  /// - Returns: the descriptor, which the caller closes.
  package static func open(
    _ path: String, _ flags: Int32, mode: mode_t = 0
  ) throws(Failure) -> Int32 {
    while true {
      let descriptor = unsafe Glibc.open(path, flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, mode)
      if descriptor < 0 {
        let code = errno
        if code == EINTR { continue }
        // What says that there is nothing may mean that a link leads nowhere; of what is there, its kind says more.
        throw Failure(code: code, kind: code == EACCES || code == EEXIST ? nil : FileKind(at: path))
      }
      var about = stat()
      guard unsafe fstat(descriptor, &about) == 0 else {
        let code = errno
        close(descriptor)
        throw Failure(code: code, kind: nil)
      }
      guard let kind = FileKind(mode: about.st_mode) else { return descriptor }
      close(descriptor)
      throw Failure(code: kind == .directory ? EISDIR : EINVAL, kind: kind)
    }
  }
}
