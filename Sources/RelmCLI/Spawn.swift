internal import Glibc
internal import RelmFiles

/// A program that is about to be started.
struct Spawn {
  private let path: String
  private let arguments: [String]
  /// What it reads and where it writes; nil for this program's own streams.
  var input: Int32?
  var output: Int32?
  var remarks: Int32?
  /// What its environment has besides this program's own; nil takes a name out.
  var variables: [String: String?] = [:]
  /// The signals that it does not take; nil for those that this program does not take.
  var blockedSignals: sigset_t?
  /// Whether it is a process group of its own, so that what the terminal sends to this program does not reach it.
  var isGroup = false

  /// - Parameter path: the program's file, or a name to be looked up in PATH.
  init(_ path: String, _ arguments: [String]) {
    self.path = path
    self.arguments = arguments
  }

  /// - Throws: a failure with status 69 where it cannot be run.
  func start() throws -> pid_t {
    // What another program does is done.
    Traces.leave()
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (mine, its) in [(input, STDIN_FILENO), (output, STDOUT_FILENO), (remarks, STDERR_FILENO)] {
      if let mine { posix_spawn_file_actions_adddup2(&actions, mine, its) }
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // This program ignores SIGPIPE; a shell's pipeline needs it.
    var usual = sigset_t()
    sigemptyset(&usual)
    sigaddset(&usual, SIGPIPE)
    posix_spawnattr_setsigdefault(&attributes, &usual)
    var flags = POSIX_SPAWN_SETSIGDEF
    if var blockedSignals {
      posix_spawnattr_setsigmask(&attributes, &blockedSignals)
      flags |= POSIX_SPAWN_SETSIGMASK
    }
    if isGroup { flags |= POSIX_SPAWN_SETPGROUP }
    posix_spawnattr_setflags(&attributes, Int16(flags))
    return try withWords(arguments) { words in
      try withWords(environment) { environment in
        var child = pid_t()
        let code = posix_spawnp(&child, path, &actions, &attributes, words, environment)
        guard code == 0 else {
          throw CommandFailure(.unavailable, "cannot run \(arguments[0]): \(String(cString: strerror(code)))")
        }
        return child
      }
    }
  }

  /// This program's environment with the changes.
  private var environment: [String] {
    var words: [String] = []
    var place = environ
    while let word = place.pointee {
      let word = String(cString: word)
      if !variables.keys.contains(where: { word.hasPrefix($0 + "=") }) { words.append(word) }
      place += 1
    }
    return words + variables.compactMap { name, value in value.map { "\(name)=\($0)" } }.sorted()
  }

  /// Lends words as C has them.
  private func withWords<R>(
    _ words: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) throws -> R
  ) throws -> R {
    var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    return try pointers.withUnsafeMutableBufferPointer { buffer in
      guard let first = buffer.baseAddress else {
        preconditionFailure("the list ends in nil, so it is not empty")
      }
      return try body(first)
    }
  }
}
