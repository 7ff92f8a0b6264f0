internal import Glibc

/// Where results and remarks go.
enum Terminal {
  /// Writes a result to standard output, whole; a reader that has gone ends the program quietly, as `head` expects.
  static func write(_ bytes: [UInt8]) throws {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0 {
        if errno == EINTR { continue }
        if errno == EPIPE { exit(0) }
        throw CommandFailure(
          .inputOutput, "cannot write to standard output: \(String(cString: strerror(errno)))")
      }
      written += count
    }
  }

  /// Writes a line to standard output.
  static func print(_ line: String) throws {
    try write(Array(line.utf8) + [UInt8(ascii: "\n")])
  }

  /// A remark: to standard error, so that results stay clean.
  static func remark(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    // A remark that cannot be told has nowhere else to go.
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  static var outputIsTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

  /// Whether output is set in bold and colour: on a terminal that can, and never with NO_COLOR (no-color.org).
  static let isStyled: Bool = {
    func value(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
    return outputIsTerminal && value("NO_COLOR").isEmpty && value("TERM") != "dumb"
  }()

  /// Whether the locale says that characters are UTF-8: the first of these that is set decides (POSIX, section 8.2).
  static var takesUnicode: Bool {
    for name in ["LC_ALL", "LC_CTYPE", "LANG"] {
      guard let value = getenv(name).map({ String(cString: $0).lowercased() }), !value.isEmpty else { continue }
      return value.contains("utf-8") || value.contains("utf8")
    }
    return false
  }

  static func bold(_ text: String) -> String { isStyled ? "\u{1B}[1m\(text)\u{1B}[0m" : text }
  static func red(_ text: String) -> String { isStyled ? "\u{1B}[1;31m\(text)\u{1B}[0m" : text }
  static func green(_ text: String) -> String { isStyled ? "\u{1B}[32m\(text)\u{1B}[0m" : text }

  static var remarksAreOnTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// How wide the terminal is, in columns; nil where output is no terminal.
  static var columns: Int? { size?.columns }

  /// How large the terminal is; nil where output is no terminal.
  static var size: (columns: Int, rows: Int)? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return (Int(size.ws_col), max(Int(size.ws_row), 2))
  }

  /// Goes back to the screen that was there before a page of its own was shown.
  static func leaveScreen() {
    let bytes = Array("\u{1B}[?25h\u{1B}[?1049l".utf8)
    // Whoever has closed the terminal sees no screen.
    _ = bytes.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
  }
}

extension Terminal {
  /// How wide pages of help are: as the terminal, within what is good to read.
  static var helpColumns: Int { min(max(columns ?? 80, 40), 100) }
}
