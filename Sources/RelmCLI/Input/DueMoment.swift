internal import RelmDomain

extension Moments {
  /// A moment by which something is due, as an event says it. A day alone means its end, in UTC.
  static func due(_ text: String, option: String) throws -> String {
    let bytes = Array(text.utf8)
    let isDay = bytes.count == 10 && bytes[4] == UInt8(ascii: "-") && bytes[7] == UInt8(ascii: "-")
    let moment = isDay ? text + "T23:59:59Z" : text
    guard Timestamp(moment) != nil else {
      throw CommandFailure(
        .usage, "\(option) is '\(text)'; it must be a day such as 2027-01-15, or an RFC 3339 moment")
    }
    return moment
  }
}
