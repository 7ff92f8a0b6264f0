import Foundation

/// The program itself, run as a child: it stands beside the test program.
enum Program {
  /// How a run ended, and what it printed.
  struct Run {
    /// The exit status; nil where it had to be killed after the time limit.
    let status: Int32?
    let output: Data
    let remarks: String
  }

  static func path(_ name: String) -> String {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appending(path: name)
      .path
  }

  /// Runs `relm` to its end, or for so long.
  static func relm(_ arguments: String..., input: Data? = nil, limitSeconds: Double = 20) throws -> Run {
    try run(path("relm"), arguments, input: input, limitSeconds: limitSeconds)
  }

  /// Runs a program to its end, or for so long.
  static func run(
    _ executable: String, _ arguments: [String], input: Data? = nil, limitSeconds: Double = 20
  ) throws -> Run {
    let process = Process()
    process.executableURL = URL(filePath: executable)
    process.arguments = arguments
    let scratch = FileManager.default.temporaryDirectory.appending(path: "relm-run-\(UUID().uuidString)").path
    let (out, err, input) = (scratch + ".out", scratch + ".err", input.map { (scratch + ".in", $0) })
    defer {
      for file in [out, err, scratch + ".in"] where FileManager.default.fileExists(atPath: file) {
        do { try FileManager.default.removeItem(atPath: file) } catch { print("left behind: \(file)") }
      }
    }
    // Files, not pipes, so that nobody has to read while it runs.
    for file in [out, err] { try Data().write(to: URL(filePath: file)) }
    process.standardOutput = FileHandle(forWritingAtPath: out)
    process.standardError = FileHandle(forWritingAtPath: err)
    if let (file, bytes) = input {
      try bytes.write(to: URL(filePath: file))
      process.standardInput = FileHandle(forReadingAtPath: file)
    } else {
      process.standardInput = FileHandle.nullDevice
    }
    let done = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in done.signal() }
    try process.run()
    let isInTime = done.wait(timeout: .now() + limitSeconds) == .success
    if !isInTime {
      kill(process.processIdentifier, SIGKILL)
      done.wait()
    }
    let ended = process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
    return Run(
      status: isInTime ? ended : nil, output: try Data(contentsOf: URL(filePath: out)),
      remarks: String(decoding: try Data(contentsOf: URL(filePath: err)), as: UTF8.self))
  }
}
