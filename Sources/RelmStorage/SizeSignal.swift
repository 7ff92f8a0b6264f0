internal import Glibc

/// Lets a write beyond the file size limit fail with `EFBIG` instead of killing the process.
enum SizeSignal {
  /// Done once, before the first store is opened. A handler that does nothing is installed, not `SIG_IGN`: exec
  /// resets handlers, so programs that this one starts are not affected. A program's own handler stays.
  static let isTamed: Bool = {
    var current = sigaction()
    guard unsafe sigaction(SIGXFSZ, nil, &current) == 0 else { return false }
    // SIG_DFL is the null handler.
    guard unsafe current.__sigaction_handler.sa_handler == nil else { return true }
    var handler = sigaction()
    unsafe handler.__sigaction_handler.sa_handler = { _ in }
    handler.sa_flags = SA_RESTART
    return unsafe sigaction(SIGXFSZ, &handler, nil) == 0
  }()
}
