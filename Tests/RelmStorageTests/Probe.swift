import Foundation
import Testing

/// A child process of the tests, `StorageProbe`, which stands beside the test program.
final class Probe {
  private let process = Process()
  private let output = Pipe()
  private var unread: [UInt8] = []

  static var path: String {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: "StorageProbe").path
  }

  /// Starts the probe, below the words of `wrapper` if there are any (`unshare --pid …`).
  init(_ arguments: String..., below wrapper: [String] = []) throws {
    let words = wrapper + [Self.path] + arguments
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    try output.fileHandleForWriting.close()
  }

  deinit { kill() }

  var pid: pid_t { process.processIdentifier }

  /// The next line that it says, or nil once it has ended.
  func line() -> String? {
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
  func lines() -> [String] {
    var lines: [String] = []
    while let line = line() { lines.append(line) }
    process.waitUntilExit()
    return lines
  }

  /// Its exit status, once it has ended; negative where a signal has ended it.
  func status() -> Int32 {
    _ = lines()
    return process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
  }

  func signal(_ number: Int32) { Foundation.kill(pid, number) }

  /// Kills it, in the middle of whatever it does, and waits until it is gone.
  func kill() {
    guard process.isRunning else { return }
    signal(SIGKILL)
    process.waitUntilExit()
  }

  /// Whether a command can be run here with success.
  static func can(_ words: String...) -> Bool {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = words
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}
