internal import Foundation

/// A child process of the tests: a probe or `relm`, which stands beside the test program.
package final class Probe {
  private let process = Process()
  private let output = Pipe()
  private var unread: [UInt8] = []

  package static func path(of program: String) -> String {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: program).path
  }

  /// Starts the program, below the words of `wrapper` if there are any (`unshare --mount …`).
  package init(_ arguments: [String], below wrapper: [String] = [], program: String) throws {
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = wrapper + [Self.path(of: program)] + arguments
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    try output.fileHandleForWriting.close()
  }

  deinit { kill() }

  /// The next line that it says, or nil once it has ended.
  package func line() -> String? {
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        defer { unread.removeSubrange(...end) }
        return String(decoding: unread[..<end], as: UTF8.self)
      }
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { return nil }
      unread += more
    }
  }

  /// All further lines, up to its end.
  package func lines() -> [String] {
    var lines: [String] = []
    while let line = line() { lines.append(line) }
    process.waitUntilExit()
    return lines
  }

  /// Its exit status, once it has ended; negative where a signal has ended it.
  package func status() -> Int32 {
    _ = lines()
    return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
  }

  package var pid: Int32 { process.processIdentifier }

  package func signal(_ number: Int32) { Foundation.kill(pid, number) }

  /// Kills it, in the middle of whatever it does, and waits until it is gone.
  package func kill() {
    guard process.isRunning else { return }
    signal(SIGKILL)
    process.waitUntilExit()
  }

  /// Whether a command can be run here with success.
  package static func can(_ words: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }

  /// Whether a directory can be mounted for reading only, in a mount namespace of its own.
  package static let canMount = can("unshare", "--mount", "mount", "--bind", "-o", "ro", "/usr", "/usr")
}
