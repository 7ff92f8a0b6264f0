internal import Glibc

/// The keys that are pressed on a terminal, one by one, without waiting for the end of a line.
final class Keyboard {
  enum Key: Equatable {
    case character(Character)
    case left, right, up, down, home, last, enter, backspace, escape
    /// The input has ended.
    case end
    case other
  }

  private let before: termios

  /// - Throws: a failure where the terminal cannot be set.
  init() throws {
    var settings = termios()
    guard tcgetattr(STDIN_FILENO, &settings) == 0 else { throw Self.failure() }
    before = settings
    settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
    guard tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings) == 0 else { throw Self.failure() }
  }

  private static func failure() -> CommandFailure {
    CommandFailure(.inputOutput, "the terminal cannot be set: \(String(cString: strerror(errno)))")
  }

  /// Leaves the terminal as it was.
  func restore() {
    var settings = before
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
  }

  /// Waits for the next key.
  func next() throws -> Key {
    guard let byte = try read() else { return .end }
    switch byte {
    case 0x04: return .end
    case 0x0A, 0x0D: return .enter
    case 0x08, 0x7F: return .backspace
    case 0x1B: return try sequence()
    case 0x20..<0x7F: return .character(Character(Unicode.Scalar(byte)))
    case 0xC2...0xF4: return try character(first: byte)
    default: return .other
    }
  }

  /// A character of more than one byte of UTF-8.
  private func character(first: UInt8) throws -> Key {
    var bytes = [first]
    let count = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    while bytes.count < count, let byte = try read() { bytes.append(byte) }
    guard let text = String(validating: bytes, as: UTF8.self), let character = text.first else { return .other }
    return .character(character)
  }

  /// What an escape begins: nothing, when the key itself was pressed; else an arrow or the like.
  private func sequence() throws -> Key {
    guard isWaiting(), let bracket = try read() else { return .escape }
    guard bracket == UInt8(ascii: "[") || bracket == UInt8(ascii: "O"), let code = try read() else {
      return .other
    }
    switch code {
    case UInt8(ascii: "A"): return .up
    case UInt8(ascii: "B"): return .down
    case UInt8(ascii: "C"): return .right
    case UInt8(ascii: "D"): return .left
    case UInt8(ascii: "H"): return .home
    case UInt8(ascii: "F"): return .last
    default:
      var last = code
      // A longer sequence ends with a letter or a tilde.
      while !(0x40...0x7E).contains(last), let byte = try read() { last = byte }
      return .other
    }
  }

  private func isWaiting() -> Bool {
    var input = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    return poll(&input, 1, 50) > 0
  }

  private func read() throws -> UInt8? {
    var byte: UInt8 = 0
    while true {
      let count = Glibc.read(STDIN_FILENO, &byte, 1)
      if count == 1 { return byte }
      if count == 0 { return nil }
      guard errno == EINTR else {
        throw CommandFailure(.inputOutput, "cannot read the keyboard: \(String(cString: strerror(errno)))")
      }
    }
  }
}
