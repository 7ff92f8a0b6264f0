import Foundation
import RelmStorage

/// A child process of the tests, `LedgerProbe` or `relm`, which stands beside the test program.
final class Probe {
  private let process = Process()
  private let output = Pipe()
  private var unread: [UInt8] = []

  private static func path(of program: String) -> String {
    URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
      .appending(path: program).path
  }

  /// Starts the program, below the words of `wrapper` if there are any (`unshare --mount …`).
  init(_ arguments: String..., below wrapper: [String] = [], program: String = "LedgerProbe") throws {
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = wrapper + [Self.path(of: program)] + arguments
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    try output.fileHandleForWriting.close()
  }

  deinit { kill() }

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

  func signal(_ number: Int32) { Foundation.kill(process.processIdentifier, number) }

  /// Kills it, in the middle of whatever it does, and waits until it is gone.
  func kill() {
    guard process.isRunning else { return }
    signal(SIGKILL)
    process.waitUntilExit()
  }

  /// Whether a directory can be mounted for reading only, in a mount namespace of its own.
  static let canMount: Bool = {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["unshare", "--mount", "mount", "--bind", "-o", "ro", "/usr", "/usr"]
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()
}

/// Changes the first row of a stored table, which no program of ours does.
func changeRow(_ table: String, at store: String, _ change: ([UInt8]) -> [UInt8]) throws {
  let table = Table(table)
  let environment = try Environment.open(at: store, tables: [table], durability: .onRequest, mode: .readWrite)
  let key = try environment.read { view throws(StorageError) in try view.firstKey(in: table) } ?? [0]
  let value = try environment.read { view throws(StorageError) in try view.get(table, key) } ?? []
  try put(key, change(value), in: table, of: environment)
}

/// Puts a row into a stored table that no program of ours puts there.
func putRow(_ table: String, _ key: [UInt8], _ value: [UInt8], at store: String) throws {
  let table = Table(table)
  let environment = try Environment.open(at: store, tables: [table], durability: .onRequest, mode: .readWrite)
  try put(key, value, in: table, of: environment)
}

private func put(_ key: [UInt8], _ value: [UInt8], in table: Table, of environment: Environment) throws {
  var write = try environment.beginWrite(within: .seconds(10))
  try write.put(key, value, in: table)
  try write.commit()
}
