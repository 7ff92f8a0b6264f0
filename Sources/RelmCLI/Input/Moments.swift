internal import Glibc
internal import RelmDomain
internal import RelmInterchange
internal import RelmLedger
internal import RelmProof

/// Moments as people write and read them.
///
/// A day (`2026-11-01`), or a day and a time to the minute or finer (`2026-11-01T12:00`), with `Z`, with an offset, or with
/// neither: then in the zone that was asked for (`--zone`, RELM_ZONE), and in UTC where none was. A day means its beginning.
enum Moments {
  /// - Throws: a usage failure that names the option.
  static func instant(_ text: String, option: String) throws -> Instant {
    if let instant = try instant(of: text) { return instant }
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
    if let instant = try instant(of: text) { return .time(instant) }
    throw CommandFailure(
      .usage,
      "\(option) is '\(text)'; it must be a position such as 1234, or a moment such as 2026-11-01T12:00:00Z or 2026-11-01"
    )
  }

  /// A moment as an event says it: in RFC 3339. What is so already stays as it was written, and what is no moment is left
  /// to the decoder, which refuses it.
  static func claimed(_ text: String) throws -> String {
    if Timestamp(text) != nil { return text }
    return try instant(of: text).map { instant in
      instant.microseconds % 1_000_000 == 0 ? Self.text(instant) : instant.rfc3339Milliseconds
    } ?? text
  }

  /// A moment in a field, as an event says it: what is due on a day is due at its end.
  static func claimed(_ text: String, in field: String) throws -> String {
    (field == "due" || field == "reviewBy") && text.utf8.count == 10
      ? try due(text, option: field) : try claimed(text)
  }

  /// A moment by which something is due, as an event says it. A day alone means its last second: what is due on a day may be
  /// done on it.
  static func due(_ text: String, option: String) throws -> String {
    let isDay = text.utf8.count == 10
    guard let moment = try instant(of: isDay ? text + "T23:59:59" : text) else {
      throw CommandFailure(
        .usage, "\(option) is '\(text)'; it must be a day such as 2027-01-15, or an RFC 3339 moment")
    }
    return Timestamp(text) == nil ? Self.text(moment) : text
  }

  /// To the second, in UTC.
  static func text(_ instant: Instant) -> String {
    instant.rfc3339Milliseconds.prefix(19) + "Z"
  }

  /// - Returns: nil where the text is no moment.
  private static func instant(of text: String) throws -> Instant? {
    let whole = completed(text)
    if let timestamp = Timestamp(whole) { return timestamp.instant }
    guard let local = Timestamp(whole + "Z")?.instant else { return nil }
    guard let zone = try Zone.name() else { return local }
    return try Zone.instant(local, in: zone)
  }

  /// With a time of day where there is only a day, with seconds where there are none, and with a T for a space.
  private static func completed(_ text: String) -> String {
    var bytes = Array(text.utf8)
    if bytes.count == 10 { return text + "T00:00:00" }
    guard bytes.count >= 16 else { return text }
    if bytes[10] == UInt8(ascii: " ") { bytes[10] = UInt8(ascii: "T") }
    if bytes.count == 16 || bytes[16] != UInt8(ascii: ":") { bytes.insert(contentsOf: ":00".utf8, at: 16) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// The zone in which times without an offset are meant.
enum Zone {
  /// A variable of the process, so that whatever reads a time finds what was asked for.
  private static let variable = "RELM_ZONE"

  /// Takes what was asked for by an option: it goes before the environment.
  static func ask(_ name: String) { setenv(variable, name, 1) }

  /// The zone's name; nil where none was asked for.
  static func name() throws -> String? { try Environment.value(variable) }

  /// The moment at which clocks of a zone show what clocks of UTC show at another.
  ///
  /// - Throws: a usage failure for a zone that the system does not know.
  static func instant(_ shown: Instant, in zone: String) throws -> Instant {
    // What else asks for the system's own zone is to find it as it was.
    let before = getenv("TZ").map { String(cString: $0) }
    defer {
      if let before { setenv("TZ", before, 1) } else { unsetenv("TZ") }
      tzset()
    }
    let (seconds, rest) = shown.microseconds.quotientAndRemainder(dividingBy: 1_000_000)
    let clock = try SystemClock.local(zone: zone)
    return Instant(
      microseconds: clock.unixSeconds(of: CivilTime(seconds: seconds), notBefore: nil) * 1_000_000 + rest)
  }
}
