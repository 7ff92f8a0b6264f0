internal import Glibc
internal import RelmLedger

/// Other programs, run and waited for.
enum ChildProcess {
  enum End {
    case exited(Int32)
    case killed(signal: Int32)
  }

  /// Runs this program again with other arguments, on the same standard streams.
  static func runSelf(_ arguments: [String]) throws -> End {
    try wait(for: spawn("/proc/self/exe", ["relm"] + arguments))
  }

  /// Runs a program found in PATH and takes what it prints.
  ///
  /// - Throws: a failure with status 69 where it cannot be run, 65 where it fails.
  static func output(of program: String, _ arguments: [String]) throws -> [UInt8] {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else {
      throw CommandFailure(.inputOutput, "cannot make a pipe: \(String(cString: strerror(errno)))")
    }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let child: pid_t
    let remarks: Int32
    do {
      remarks = try NamelessFile.make()
      child = try spawn(program, [program] + arguments, output: ends[1], remarks: remarks)
    } catch {
      close(ends[0])
      close(ends[1])
      throw error
    }
    close(ends[1])
    defer {
      close(ends[0])
      close(remarks)
    }
    let bytes = try Files.read(ends[0], path: "what \(program) prints")
    switch try wait(for: child) {
    case .exited(0): return bytes
    case .exited(let code):
      lseek(remarks, 0, SEEK_SET)
      let said = String(decoding: try Files.read(remarks, path: "what \(program) says"), as: UTF8.self)
      let reason = said.split(separator: "\n").first.map { ": \($0)" } ?? ""
      throw CommandFailure(.badInput, "\(program) failed with status \(code)\(reason)")
    case .killed(let signal): throw CommandFailure(.unavailable, "\(program) was ended by signal \(signal)")
    }
  }

  private static func spawn(
    _ path: String, _ arguments: [String], output: Int32? = nil, remarks: Int32? = nil
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let output { posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO) }
    if let remarks { posix_spawn_file_actions_adddup2(&actions, remarks, STDERR_FILENO) }
    var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child = pid_t()
    let code = posix_spawnp(&child, path, &actions, nil, &words, environ)
    guard code == 0 else {
      throw CommandFailure(.unavailable, "cannot run \(arguments[0]): \(String(cString: strerror(code)))")
    }
    return child
  }

  private static func wait(for child: pid_t) throws -> End {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else {
        throw CommandFailure(
          .inputOutput, "cannot wait for a child process: \(String(cString: strerror(errno)))")
      }
    }
    let signal = status & 0x7F
    return signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
  }
}

/// A file without a name, which goes with its descriptor.
enum NamelessFile {
  /// - Throws: a failure with status 74 where none can be made.
  static func make() throws -> Int32 {
    var template = Array((Files.temporaryDirectory + "/relm-XXXXXX").utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else {
      throw CommandFailure(
        .inputOutput,
        "cannot make a temporary file in \(Files.temporaryDirectory): \(String(cString: strerror(errno)))")
    }
    unlink(template)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    return file
  }
}
