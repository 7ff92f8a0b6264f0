internal import Glibc

/// The words of the command line as bytes: what is not UTF-8 would be read as something else.
///
/// Swift puts U+FFFD in the place of what is no UTF-8. Two ids that differ in such a byte would be one, and the second event
/// would be acknowledged as the first.
enum ArgumentText {
  /// - Throws: a usage failure for the first word that is not UTF-8.
  static func check() throws {
    let words = CommandLine.unsafeArgv
    for place in 1..<max(Int(CommandLine.argc), 1) {
      guard let word = words[place] else { return }
      if String(validatingCString: word) != nil { continue }
      throw CommandFailure(
        .usage,
        "argument \(place) is not UTF-8 text: '\(shown(word))'; relm changes no byte of what it is given, so it does not "
          + "take it. Write it in UTF-8, and what is a file rename, or hand it on through a pipe")
    }
  }

  /// A variable's text.
  ///
  /// - Throws: a usage failure where it is not UTF-8.
  static func variable(_ name: String, _ value: UnsafePointer<CChar>) throws -> String {
    if let text = String(validatingCString: value) { return text }
    throw CommandFailure(.usage, "\(name) is not UTF-8 text: '\(shown(value))'")
  }

  /// Bytes with all that is not ASCII as `\xE9`.
  private static func shown(_ word: UnsafePointer<CChar>) -> String {
    var text = ""
    for place in 0..<strlen(word) {
      let byte = UInt8(bitPattern: word[place])
      if byte >= 0x20 && byte < 0x7F {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }
    return text
  }
}
