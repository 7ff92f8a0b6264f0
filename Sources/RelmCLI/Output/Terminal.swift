internal import Glibc
internal import RelmDomain
internal import RelmFiles

/// Where results and remarks go.
///
/// Text for people goes through ``print(_:)``, ``tell(_:)`` and ``remark(_:)``, which show what could steer a terminal or
/// deceive a reader (see `LegibleText`), in a pipe as well. Data for programs goes through ``write(_:)`` and ``data(_:)``,
/// byte for byte.
enum Terminal {
  /// Writes data to standard output, whole; a reader that has gone ends the program quietly, as `head` expects.
  static func write(_ bytes: [UInt8]) throws {
    // What somebody has seen cannot be begun anew.
    if !bytes.isEmpty { Traces.leave() }
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

  /// Writes a line of text for people to standard output.
  static func print(_ line: String) throws { try tell(line + "\n") }

  /// Writes text for people to standard output.
  static func tell(_ text: String) throws { try write(Array(legible(text).utf8)) }

  /// Writes a line of JSON to standard output.
  static func data(_ line: String) throws {
    try write(Array(ShownPeople.told(line).utf8) + [UInt8(ascii: "\n")])
  }

  /// A text with everything shown that could steer a terminal, but for this program's own bold and colours.
  static func legible(_ text: String) -> String {
    guard isStyled, text.utf8.contains(0x1B) else { return LegibleText.lines(text) }
    var rest = text[...]
    var shown = ""
    while let escape = rest.firstIndex(of: "\u{1B}") {
      shown += LegibleText.lines(String(rest[..<escape]))
      rest = rest[escape...]
      let style = Style.allCases.first { rest.hasPrefix($0.rawValue) }
      shown += style?.rawValue ?? LegibleText.lines("\u{1B}")
      rest = rest.dropFirst(style?.rawValue.count ?? 1)
    }
    return shown + LegibleText.lines(String(rest))
  }

  /// How text is set (ECMA-48, SGR).
  private enum Style: String, CaseIterable {
    case bold = "\u{1B}[1m"
    case red = "\u{1B}[1;31m"
    case green = "\u{1B}[32m"
    case plain = "\u{1B}[0m"
  }

  /// A remark: to standard error, so that results stay clean; as JSON where errors are.
  static func remark(_ line: String) {
    guard ErrorOutput.isJSON else { return remark(bytes: Array(LegibleText.lines(line).utf8)) }
    var writer = CanonicalWriter()
    writer.beginObject()
    writer.key("remark")
    writer.string(line.hasPrefix("relm: ") ? String(line.dropFirst("relm: ".count)) : line)
    writer.endObject()
    remark(bytes: writer.bytes)
  }

  /// A line of data to standard error, byte for byte.
  static func remark(bytes line: [UInt8]) {
    let bytes = line + [UInt8(ascii: "\n")]
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

  static func bold(_ text: String) -> String { styled(text, .bold) }
  static func red(_ text: String) -> String { styled(text, .red) }
  static func green(_ text: String) -> String { styled(text, .green) }

  private static func styled(_ text: String, _ style: Style) -> String {
    isStyled ? style.rawValue + text + Style.plain.rawValue : text
  }

  static var remarksAreOnTerminal: Bool { isatty(STDERR_FILENO) == 1 }

  /// How wide the terminal is, in columns; nil where output is no terminal.
  static var columns: Int? { size?.columns }

  /// How large the terminal is; nil where output is no terminal. COLUMNS goes before what the terminal says (POSIX, section
  /// 8.3): somebody has asked for it.
  static var size: (columns: Int, rows: Int)? {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0 else { return nil }
    let asked = getenv("COLUMNS").flatMap { Int(String(cString: $0)) }.flatMap { $0 > 0 ? $0 : nil }
    let columns = asked ?? Int(size.ws_col)
    return columns > 0 ? (columns, max(Int(size.ws_row), 2)) : nil
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
