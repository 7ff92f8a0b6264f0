internal import RelmFiles

/// The environments that this process has open, by the directory's device and inode, so that no directory is opened
/// twice, under whatever path.
final class Registry: @unchecked Sendable {
  static let shared = Registry()

  private struct Entry {
    weak var environment: Environment?
  }

  private let monitor = Monitor()
  private let changed = Monitor.Condition()
  // These two are read and written with the monitor held, which the compiler cannot see.
  private var entries: [FileIdentity: Entry] = [:]
  /// The directories that some thread is just opening.
  private var claims: Set<FileIdentity> = []

  /// The environment of the directory; opened if it is not open.
  func environment(
    _ identity: FileIdentity, _ path: String, _ directory: consuming Descriptor, _ options: EnvironmentOptions
  ) throws(StorageError) -> Environment {
    if let environment = environment(orClaim: identity) {
      // The registry is not locked here: this reference may turn out to be the last one.
      guard let difference = options.conflict(with: environment.options) else { return environment }
      throw StorageError(
        .openedDifferently, .open, path, detail: "this process has it open with another \(difference)")
    }
    var opened: Environment?
    defer { settle(identity, opened) }
    let environment = try Environment(opening: path, directory, identity, options)
    try environment.openTables()
    opened = environment
    return environment
  }

  /// The environment that is open, or nil after claiming the directory for the caller to open.
  private func environment(orClaim identity: FileIdentity) -> Environment? {
    monitor.withLock {
      while true {
        if let environment = entries[identity]?.environment {
          if environment.isOfThisProcess { return environment }
          // A fork opens its own.
          entries[identity] = nil
        }
        if entries[identity] == nil, claims.insert(identity).inserted { return nil }
        // Another thread is opening it; or its last reference has gone, and it is not closed yet.
        changed.wait(holding: monitor)
      }
    }
  }

  /// Ends a claim, with or without an environment.
  private func settle(_ identity: FileIdentity, _ environment: Environment?) {
    monitor.withLock {
      if let environment { entries[identity] = Entry(environment: environment) }
      claims.remove(identity)
      changed.broadcast()
    }
  }

  /// Says that an environment is closed.
  func forget(_ identity: FileIdentity?) {
    guard let identity else { return }
    monitor.withLock {
      entries[identity] = nil
      changed.broadcast()
    }
  }
}
