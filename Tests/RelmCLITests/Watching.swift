import Foundation
import Testing

/// A `relm watch` that goes on until it is ended.
final class Watching {
  private let process = Process()
  private let pipe = Pipe()
  private let remarksFile: URL
  private var seen = Data()

  /// Starts it. It is ended after 300 seconds in any case, so that a test that waits for it in vain ends too.
  init(_ desk: Desk, _ words: [String], environment: [String: String] = [:]) throws {
    process.executableURL = URL(filePath: Desk.program)
    process.arguments = words
    process.environment = desk.environment.merging(environment) { $1 }
    process.currentDirectoryURL = desk.folder
    process.standardOutput = pipe
    process.standardInput = FileHandle.nullDevice
    remarksFile = desk.folder.appending(path: ".watching-\(UUID()).err")
    try Data().write(to: remarksFile)
    process.standardError = try FileHandle(forWritingTo: remarksFile)
    try process.run()
    try pipe.fileHandleForWriting.close()
    let watched = process
    DispatchQueue.global().asyncAfter(deadline: .now() + 300) {
      if watched.isRunning { kill(watched.processIdentifier, SIGKILL) }
    }
  }

  deinit {
    if process.isRunning { send(SIGKILL) }
  }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits until it has printed so many lines; all that it has printed.
  @discardableResult
  func wait(forLines lines: Int) throws -> [String] {
    while seen.count(where: { $0 == UInt8(ascii: "\n") }) < lines {
      let more = pipe.fileHandleForReading.availableData
      let said = try remarks()
      try #require(!more.isEmpty, "it ended after: \(String(decoding: seen, as: UTF8.self)) \(said)")
      seen += more
    }
    return String(decoding: seen, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Waits for its end; its exit status, or 128 and the signal that ended it.
  func status() -> Int32 {
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : 128 + process.terminationStatus
  }

  func remarks() throws -> String { String(decoding: try Data(contentsOf: remarksFile), as: UTF8.self) }
}
