/// Text that anybody can have written, shown so that it says what it holds and does nothing else.
///
/// What steers a terminal (C0, DEL and C1 controls), turns the direction of writing round, or has no width and so makes
/// two different names look alike, is written as `\u{1B}`: the form of Swift and ECMAScript, which a person can search for.
/// So is a letter that only looks like the Latin ones among which it stands.
package enum LegibleText {
  /// A text on one line: a line break and a tab are written as `\n`, `\r` and `\t`.
  package static func line(_ text: String) -> String { escaped(text, keepingLines: false) }

  /// A text of several lines: line breaks and tabs stay.
  package static func lines(_ text: String) -> String { escaped(text, keepingLines: true) }

  /// Whether a scalar is shown as its number.
  package static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x7F else { return scalar.value < 0x20 }
    switch scalar.value {
    case 0x7F...0x9F: return true
    // Joiners, fillers, selectors and tags that draw nothing and that Unicode does not call controls or formats. The
    // two selectors that choose between text and picture stay, for they are part of many signs.
    case 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F, 0x3164, 0xFFA0, 0xFE00...0xFE0D,
      0xE0100...0xE01EF:
      return true
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: return true
    default: return false
    }
  }

  private static func escaped(_ text: String, keepingLines: Bool) -> String {
    // Most texts are plain, and these are looked at for every cell that is printed.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F || keepingLines && $0 == UInt8(ascii: "\n") }) {
      return text
    }
    let disguised = MixedAlphabets.disguised(in: text)
    guard !disguised.isEmpty || text.unicodeScalars.contains(where: isHidden) else { return text }
    var shown = ""
    for (index, scalar) in zip(text.unicodeScalars.indices, text.unicodeScalars) {
      switch scalar {
      case "\n", "\t":
        if keepingLines { shown.unicodeScalars.append(scalar) } else { shown += scalar == "\n" ? "\\n" : "\\t" }
      case "\r": shown += "\\r"
      case _ where isHidden(scalar) || disguised.contains(index):
        shown += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      default: shown.unicodeScalars.append(scalar)
      }
    }
    return shown
  }
}
