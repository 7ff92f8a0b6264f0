internal import Glibc
internal import RelmDomain
internal import RelmFiles
internal import RelmInterchange
internal import RelmLedger

/// The system's knowledge of time zones.
enum SystemClock {
  /// - Parameter zone: a zone's name; the system's own zone where nil.
  /// - Throws: a usage failure for a zone that the system does not know.
  static func local(zone: String?) throws -> LocalClock {
    if let zone {
      let isKnown = zone == "UTC" || Files.exists("/usr/share/zoneinfo/" + zone)
      guard isKnown, !zone.hasPrefix("/"), !zone.contains("..") else {
        throw CommandFailure(
          .usage, "the system knows no time zone '\(zone)'; it looks like Europe/Berlin, or UTC")
      }
      setenv("TZ", zone, 1)
    }
    tzset()
    return LocalClock { seconds in
      var time = time_t(seconds)
      var parts = tm()
      guard localtime_r(&time, &parts) != nil else { return 0 }
      return Int64(parts.tm_gmtoff)
    }
  }
}
