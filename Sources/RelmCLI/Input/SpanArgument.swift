internal import RelmDomain

extension Moments {
  /// A length of time as people write it, `7d`, `12h`, `2w`, `30m`, or as ISO 8601 does, `P7D`.
  ///
  /// - Throws: a usage failure that names the option.
  static func span(_ text: String, option: String) throws -> TimeSpan {
    let unit = text.last.map(String.init) ?? ""
    let short =
      switch unit {
      case "w", "d": "P\(text.dropLast())\(unit.uppercased())"
      case "h", "m": "PT\(text.dropLast())\(unit.uppercased())"
      default: text
      }
    guard let span = TimeSpan(short) else {
      throw CommandFailure(.usage, "\(option) is '\(text)'; it must be a length of time such as 7d, 12h or P7D")
    }
    return span
  }
}
