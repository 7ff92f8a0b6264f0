internal import Glibc
internal import RelmFiles
internal import RelmLedger

/// Other programs, run and waited for.
enum ChildProcess {
  enum End: Equatable {
    case exited(Int32)
    case killed(signal: Int32)
  }

  /// Runs a program found in PATH and takes what it prints.
  ///
  /// - Throws: a failure with status 69 where it cannot be run, 65 where it fails.
  static func output(of program: String, _ arguments: [String]) throws -> [UInt8] {
    let output = try Output(of: program, arguments)
    let bytes = try Files.read(output.descriptor, path: "what \(program) prints", atMost: outputLimitBytes)
    try output.end(told: program)
    return bytes
  }

  /// What a program found in PATH prints, while it runs.
  final class Output {
    /// Open for reading.
    let descriptor: Int32
    private let program: String
    private let remarks: Descriptor
    private let child: pid_t
    private var isOver = false

    /// - Parameter input: what it reads; nil for this program's own standard input.
    /// - Throws: a failure with status 69 where it cannot be run.
    init(of program: String, _ arguments: [String], input: Int32? = nil) throws {
      var ends: [Int32] = [0, 0]
      guard pipe(&ends) == 0 else {
        throw CommandFailure(.inputOutput, "cannot make a pipe: \(String(cString: strerror(errno)))")
      }
      for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
      do {
        remarks = try NamelessFile.make()
        var spawn = Spawn(program, [program] + arguments)
        spawn.input = input
        spawn.output = ends[1]
        spawn.remarks = remarks.number
        child = try spawn.start()
      } catch {
        close(ends[0])
        close(ends[1])
        throw error
      }
      close(ends[1])
      descriptor = ends[0]
      self.program = program
    }

    deinit {
      // A program whose reader has gone ends when it writes on.
      close(descriptor)
      var status: Int32 = 0
      if !isOver { waitpid(child, &status, 0) }
    }

    /// Waits for its end, after everything was read.
    ///
    /// - Parameter what: what the failure is about.
    /// - Throws: a failure with status 65 where it has failed, 69 where a signal has ended it.
    func end(told what: String) throws {
      isOver = true
      switch try ChildProcess.wait(for: child) {
      case .exited(0): return
      case .exited(let code):
        lseek(remarks.number, 0, SEEK_SET)
        let said = String(
          decoding: try Files.read(
            remarks.number, path: "what \(program) says", atMost: ChildProcess.outputLimitBytes),
          as: UTF8.self)
        let reason = said.split(separator: "\n").first.map { ": \($0)" } ?? ""
        let subject = what == program ? program : "\(what): \(program)"
        throw CommandFailure(.badInput, "\(subject) failed with status \(code)\(reason)")
      case .killed(let signal): throw CommandFailure(.unavailable, "\(program) was ended by signal \(signal)")
      }
    }
  }

  /// A million tags, and no more than memory holds.
  private static let outputLimitBytes = 64 << 20

  private static func wait(for child: pid_t) throws -> End {
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0 {
      guard errno == EINTR else {
        throw CommandFailure(
          .inputOutput, "cannot wait for a child process: \(String(cString: strerror(errno)))")
      }
    }
    return End(status)
  }
}

extension ChildProcess.End {
  /// - Parameter status: as `waitpid` tells it.
  init(_ status: Int32) {
    let signal = status & 0x7F
    self = signal == 0 ? .exited(status >> 8 & 0xFF) : .killed(signal: signal)
  }

  /// How it ended, as the end of a sentence.
  var inWords: String {
    switch self {
    case .exited(let code): "ended with status \(code)"
    case .killed(let signal): "was ended by signal \(signal)"
    }
  }
}

/// A file without a name, which goes with its descriptor.
enum NamelessFile {
  /// - Throws: a failure with status 74 where none can be made.
  static func make() throws -> Descriptor {
    var template = Array((Files.temporaryDirectory + "/relm-XXXXXX").utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else {
      throw CommandFailure(
        .inputOutput,
        "cannot make a temporary file in \(Files.temporaryDirectory): \(String(cString: strerror(errno)))")
    }
    unlink(template)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    return Descriptor(owning: file)
  }
}
