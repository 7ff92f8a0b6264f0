/// One event of the story, as whoever records it would write it: with accounts, and without the prefix of its
/// type.
package struct YearEvent: Sendable {
  /// The type, without `relm.`.
  package let type: String
  package let subject: String
  /// The account of who acts or reports; nil where nobody is named.
  package let actor: String?
  /// When it happened (RFC 3339).
  package let time: String
  /// When it was recorded (RFC 3339), which is later than `time` where somebody was late.
  package let recorded: String
  package let id: String
  /// The data as JSON.
  ///
  /// `"@{id}"` stands for the position of the event with that id. `"@until{time}"` stands for the end of a
  /// permission: nobody can grant what has expired by the time of recording, so a year that is told late needs
  /// later ends.
  package let data: String

  /// An event of 2026 by somebody at example.org.
  ///
  /// - Parameters:
  ///   - time: month, day, hour and minute, such as `02-03 10:00`.
  ///   - recorded: the same for the time of recording; not given, it is `time`.
  init(
    _ id: String, _ type: String, _ subject: String, by actor: String?, at time: String,
    recorded: String? = nil,
    _ data: String
  ) {
    self.id = id
    self.type = type
    self.subject = subject
    self.actor = actor.map { $0 + "@example.org" }
    self.time = Self.whole(time)
    self.recorded = Self.whole(recorded ?? time)
    self.data = data
  }

  private init(of event: YearEvent, time: String, recorded: String, data: String) {
    id = event.id
    type = event.type
    subject = event.subject
    actor = event.actor
    self.time = time
    self.recorded = recorded
    self.data = data
  }

  private static func whole(_ time: String) -> String {
    "2026-" + time.split(separator: " ").joined(separator: "T") + ":00Z"
  }

  /// The ids whose positions the data names.
  package var mentions: [String] { Self.inner(of: data, between: "\"@{") }

  /// The event with the positions of earlier ones in place of their ids.
  ///
  /// - Parameter positions: where the events stand, by id.
  /// - Returns: nil where the data names an event that is not among them.
  package func resolved(_ positions: [String: UInt64]) -> YearEvent? {
    var text = data
    for found in Self.inner(of: data, between: "\"@{") {
      guard let position = positions[found] else { return nil }
      text = text.replacing("\"@{\(found)}\"", with: String(position))
    }
    return YearEvent(of: self, time: time, recorded: recorded, data: text)
  }

  /// The event as it is told: when permissions end, and in which year it all happens.
  ///
  /// - Parameters:
  ///   - year: four digits, instead of 2026.
  ///   - ends: when permissions end; nil for the ends that the story says.
  package func told(in year: String = "2026", permissionsEnd ends: String? = nil) -> YearEvent {
    var text = data
    for found in Self.inner(of: data, between: "\"@until{") {
      text = text.replacing("\"@until{\(found)}\"", with: "\"\(ends ?? found)\"")
    }
    func moved(_ text: String) -> String { text.replacing("2026-", with: year + "-") }
    return YearEvent(of: self, time: moved(time), recorded: moved(recorded), data: moved(text))
  }

  /// The event as CloudEvents JSON on one line.
  package var line: String {
    var members = #""id":"\#(id)","type":"relm.\#(type)","subject":"\#(subject)","time":"\#(time)""#
    if let actor { members += #","authid":"\#(actor)""# }
    return "{\(members),\"data\":\(data.split(separator: "\n").joined(separator: " "))}"
  }

  private static func inner(of text: String, between opening: String) -> [String] {
    var found: [String] = []
    for part in text.split(separator: opening, omittingEmptySubsequences: false).dropFirst() {
      guard let end = part.firstIndex(of: "}") else { continue }
      found.append(String(part[..<end]))
    }
    return found
  }
}
