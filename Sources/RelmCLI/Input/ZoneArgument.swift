internal import RelmDomain
internal import RelmInterchange

extension Moments {
  /// A moment; a day without an offset begins at midnight in the zone that was named, and in UTC where none was.
  ///
  /// - Throws: a usage failure that names the option, or the zone that the system does not know.
  static func instant(_ text: String, option: String, zone: String?) throws -> Instant {
    let moment = try instant(text, option: option)
    guard let zone, text.utf8.count == 10 else { return moment }
    let midnight = CivilTime(seconds: moment.milliseconds / 1_000)
    let seconds = try SystemClock.local(zone: zone).unixSeconds(of: midnight, notBefore: nil)
    return Instant(microseconds: seconds * 1_000_000)
  }
}
