import Foundation
import Glibc
import Testing

/// relm on a terminal of its own: what is typed goes in key by key, what it draws comes out.
final class Console {
  private let process = Process()
  private let master: Int32
  /// Everything that was drawn so far.
  private(set) var drawn = ""

  init(_ desk: Desk, _ arguments: [String], columns: UInt16 = 80, rows: UInt16 = 24) throws {
    // What posix_openpt, unlockpt and ptsname do, which Swift does not see (ptmx(4), ioctl_tty(2)).
    master = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    var (isLocked, number): (Int32, UInt32) = (0, 0)
    try #require(
      master >= 0 && ioctl(master, 0x4004_5431, &isLocked) == 0 && ioctl(master, 0x8004_5430, &number) == 0)
    let name = "/dev/pts/\(number)"
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    try #require(ioctl(master, UInt(TIOCSWINSZ), &size) == 0)
    let slave = FileHandle(fileDescriptor: open(name, O_RDWR | O_NOCTTY), closeOnDealloc: true)
    process.executableURL = URL(filePath: Desk.program)
    process.arguments = arguments
    process.environment = desk.environment.merging(["TERM": "xterm"]) { $1 }
    process.currentDirectoryURL = desk.folder
    process.standardInput = slave
    process.standardOutput = slave
    process.standardError = slave
    try process.run()
  }

  deinit { close(master) }

  /// Types keys.
  func type(_ keys: String) throws {
    let bytes = Array(keys.utf8)
    try #require(write(master, bytes, bytes.count) == bytes.count)
  }

  /// Waits until a text is drawn after what was drawn before; gives up after half a minute without it.
  func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    var fresh = ""
    let deadline = Date(timeIntervalSinceNow: 30)
    while !fresh.contains(text), Date() < deadline { fresh += read() }
    drawn += fresh
    try #require(fresh.contains(text), "'\(text)' is not drawn: \(fresh)", sourceLocation: sourceLocation)
  }

  private func read() -> String {
    var input = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    guard poll(&input, 1, 100) > 0 else { return "" }
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(master, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : ""
  }

  /// Waits for the end; its status.
  func end() -> Int32 {
    // What is still drawn has to be taken, or a full terminal holds the program up.
    while process.isRunning { drawn += read() }
    var rest = read()
    while !rest.isEmpty {
      drawn += rest
      rest = read()
    }
    process.waitUntilExit()
    return process.terminationStatus
  }
}
