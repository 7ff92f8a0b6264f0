internal import RelmDomain

extension OSCAL {
  /// Texts made fit for OSCAL's data types. What was recorded may hold anything; what comes out is valid, and never empty.
  enum Text {
    /// `MarkupLine`: one line in which nothing is markup (CommonMark, and OSCAL's own `{{ insert }}`).
    static func line(_ text: String) -> String {
      let plain = Array(string(text).unicodeScalars)
      var escaped = String.UnicodeScalarView()
      for (place, scalar) in plain.enumerated() {
        switch scalar {
        case "\\", "`", "*", "[", "]", "<", "{", "&", "~", "^": escaped.append("\\")
        // Inside a word it is no markup, and names have many.
        case "_":
          let isInside =
            place > 0 && place < plain.count - 1 && isAlphanumeric(plain[place - 1])
            && isAlphanumeric(plain[place + 1])
          if !isInside { escaped.append("\\") }
        default: break
        }
        escaped.append(scalar)
      }
      return String(escaped)
    }

    /// `String`: one line that neither begins nor ends with white space.
    static func string(_ text: String) -> String {
      var line = String.UnicodeScalarView()
      var isSpace = true
      for scalar in text.unicodeScalars {
        if isBlank(scalar) {
          isSpace = true
          continue
        }
        if isSpace, !line.isEmpty { line.append(" ") }
        isSpace = false
        line.append(scalar)
      }
      return line.isEmpty ? "-" : String(line)
    }

    /// `Token`: letters, digits, dots, hyphens and low lines, beginning with a letter or a low line.
    ///
    /// What stands in parentheses becomes a part behind a dot, as OSCAL's catalogues have it: `CM-3(1)` is `CM-3.1`.
    static func token(_ text: String) -> String {
      var token = String.UnicodeScalarView()
      for scalar in text.unicodeScalars {
        switch scalar {
        case "(": token.append(".")
        case ")": continue
        case ".", "-", "_": token.append(scalar)
        default: token.append(isAlphanumeric(scalar) ? scalar : "-")
        }
      }
      guard let first = token.first else { return "_" }
      if !isLetter(first), first != "_" { token.insert("_", at: token.startIndex) }
      return String(token)
    }

    /// `DateTimeWithTimezone`, in UTC. The type knows the years 1900 to 2999; what lies outside is their nearest end.
    static func moment(_ instant: Instant) -> String {
      min(max(instant, earliest), latest).rfc3339Microseconds
    }

    private static let earliest = Instant(microseconds: -2_208_988_800_000_000)
    private static let latest = Instant(microseconds: 32_503_679_999_999_999)

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
      scalar.value < 0x21 || (0x7F...0xA0).contains(scalar.value) || scalar.value == 0xFEFF
        || scalar.properties.isWhitespace
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.properties.generalCategory {
      case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
      default: false
      }
    }

    private static func isAlphanumeric(_ scalar: Unicode.Scalar) -> Bool {
      switch scalar.properties.generalCategory {
      case .decimalNumber, .letterNumber, .otherNumber: true
      default: isLetter(scalar)
      }
    }
  }
}
