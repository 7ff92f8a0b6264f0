import Foundation

/// A `LedgerProbe` that runs beside the test and says lines into a file.
final class Child {
  private let process = Process()
  private let file: String

  /// - Parameter words: the command, the ledger and what else it takes.
  init(_ words: String...) throws {
    file = FileManager.default.temporaryDirectory.appending(path: "relm-child-\(UUID().uuidString)").path
    try Data().write(to: URL(filePath: file))
    process.executableURL = URL(filePath: Program.path("LedgerProbe"))
    process.arguments = words
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: file)
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  deinit {
    signal(SIGCONT)
    kill()
    do { try FileManager.default.removeItem(atPath: file) } catch { print("left behind: \(file)") }
  }

  func signal(_ number: Int32) {
    if process.isRunning { Foundation.kill(process.processIdentifier, number) }
  }

  /// Ends it in the middle of whatever it does.
  func kill() {
    signal(SIGKILL)
    process.waitUntilExit()
  }

  func wait() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// The whole lines that it has said so far.
  func lines() throws -> [String] {
    let text = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
    guard let end = text.lastIndex(of: "\n") else { return [] }
    return text[..<end].split(separator: "\n").map(String.init)
  }

  /// Waits until it has said so many lines; false where it ends or a minute passes before.
  func hasSaid(_ count: Int) throws -> Bool {
    for _ in 0..<6000 {
      if try lines().count >= count { return true }
      guard process.isRunning else { return try lines().count >= count }
      usleep(10_000)
    }
    return false
  }

  /// What it was told of its appends: "NUMBER POSITION" lines.
  func acknowledged() throws -> [(id: String, position: UInt64)] {
    try lines().compactMap { line in
      let words = line.split(separator: " ")
      guard words.count == 2, let position = UInt64(words[1]) else { return nil }
      return (String(words[0]), position)
    }
  }
}
