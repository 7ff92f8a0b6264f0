internal import RelmDomain
internal import RelmLedger
internal import RelmProof

/// Moments as people write and read them.
enum Moments {
  /// A moment of RFC 3339, which may be left off after its minute or its day: `2026-11-01T12:00Z`, `2026-11-01`. A day
  /// begins at midnight in UTC.
  ///
  /// - Throws: a usage failure that names the option.
  static func instant(_ text: String, option: String) throws -> Instant {
    for whole in [text, text + "T00:00:00Z", text.prefix(16) + ":00" + text.dropFirst(16)] {
      if let timestamp = Timestamp(whole) { return timestamp.instant }
    }
    throw CommandFailure(
      .usage,
      "\(option) is '\(text)'; it must be a moment such as 2026-11-01T12:00:00Z (RFC 3339), or a day such as 2026-11-01"
    )
  }

  /// A position, or a moment of recording.
  ///
  /// - Throws: a usage failure that names the option.
  static func named(_ text: String, option: String) throws -> NamedMoment {
    if text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let position = UInt64(text)
    {
      return .position(Position(position))
    }
    do {
      return .time(try instant(text, option: option))
    } catch is CommandFailure {
      throw CommandFailure(
        .usage,
        "\(option) is '\(text)'; it must be a position such as 1234, or a moment such as 2026-11-01T12:00:00Z or 2026-11-01"
      )
    }
  }

  /// To the second, in UTC.
  static func text(_ instant: Instant) -> String {
    instant.rfc3339Milliseconds.prefix(19) + "Z"
  }
}
