internal import Glibc
package import Synchronization

/// What this command has done that could be seen outside, or that cannot be had again: it tells whether the command may be
/// begun anew, should it meet something broken that can be rebuilt.
///
/// Plain words that a signal handler can read.
package enum Traces {
  /// Whether something was printed, consumed or committed.
  package static let areLeft = Atomic<Bool>(false)
  /// Whether standard input was read, and it is a file: that can be read again from where it was.
  package static let inputIsRead = Atomic<Bool>(false)

  /// Says that the command cannot be executed again.
  package static func leave() { areLeft.store(true, ordering: .relaxed) }

  /// Says that something is read: a file can be read again where a command has to begin anew, a pipe cannot.
  package static func noteReading(_ descriptor: Int32) {
    var about = stat()
    guard unsafe fstat(descriptor, &about) == 0, about.st_mode & S_IFMT == S_IFREG else { return leave() }
    if descriptor == STDIN_FILENO { inputIsRead.store(true, ordering: .relaxed) }
  }
}
