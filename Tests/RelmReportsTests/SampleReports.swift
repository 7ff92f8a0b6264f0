import RelmDomain
import RelmProof
import RelmReports

/// Reports that tests make pages of.
enum SampleReports {
  static let mary = PersonID("person:0193594e-2f00-7a11-9b3c-5eed00112233")
  static let omar = PersonID("person:0193594e-2f00-7a11-9b3c-5eed00445566")

  /// Somebody who knows both and may read what is sealed at 43, but not at 44.
  static var reader: Reader {
    Reader(
      name: { person in person == mary ? "Mary Example" : person == omar ? "Omar O’Sample" : person.text },
      open: { position, pointer in
        guard position == Position(43) else { return nil }
        return pointer.hasSuffix("question")
          ? "Can I pay by instalments now?" : "Yes: choose “later” at the till."
      })
  }

  static func at(_ text: String) -> Instant {
    guard let instant = Instant("2026-\(text)Z") else { preconditionFailure("2026-\(text)Z is no time") }
    return instant
  }

  static func moment(_ text: String, _ position: UInt64) -> Moment {
    Moment(at: at(text), position: Position(position))
  }

  static func entry(
    _ position: UInt64, _ happened: String, _ type: String, _ phase: Phase?, _ what: String,
    _ tone: TimelineReport.Tone = .plain, lateSeconds: Int? = nil, by: PersonID? = mary
  ) -> TimelineReport.Entry {
    let happened = at(happened)
    return TimelineReport.Entry(
      position: Position(position), happened: happened,
      recorded: happened.advanced(byMicroseconds: Int64(lateSeconds ?? 2) * 1_000_000),
      lateSeconds: lateSeconds,
      type: type, phase: phase, by: by, what: what, tone: tone)
  }

  /// The smallest report: one event.
  static var single: TimelineReport {
    let only = moment("11-02T09:00:00", 7)
    return TimelineReport(
      release: "release/web/1.0.0", package: "web", version: "1.0.0", stage: "planned",
      asOf: TimelineReport.AsOf(events: 8, recorded: only.at, time: only.at), first: only, last: only,
      seconds: 0,
      phases: [
        TimelineReport.PhaseSpan(phase: .plan, first: only, last: only, seconds: 0, waitSeconds: 0, events: 1)
      ],
      entries: [entry(7, "11-02T09:00:00", "release.planned", .plan, "web 1.0.0 was planned")], figures: [])
  }

  /// As many events as a busy release has, many of them at the same time.
  static func crowded(_ count: Int) -> TimelineReport {
    let phases = Phase.allCases
    let start = at("11-02T09:00:00")
    let entries = (0..<count).map { place in
      // Bursts of fifty, two days apart.
      let seconds = Int64(place / 50 * 172_800 + place % 50 * 40)
      let happened = start.advanced(byMicroseconds: seconds * 1_000_000)
      return TimelineReport.Entry(
        position: Position(UInt64(place)), happened: happened, recorded: happened, type: "test.finished",
        phase: place % 9 == 8 ? nil : phases[place % 8], by: omar,
        what: "run \(place) of the suite regression ended", tone: place % 17 == 0 ? .bad : .plain)
    }
    let spans = phases.compactMap { phase -> TimelineReport.PhaseSpan? in
      let own = entries.filter { $0.phase == phase }
      guard let first = own.first, let last = own.last else { return nil }
      let attempts = own.prefix(phase == .test ? 60 : 3).map { entry in
        TimelineReport.Attempt(
          kind: "test", id: "t-\(entry.position)", suite: "regression",
          begun: Moment(at: entry.happened, position: entry.position),
          ended: Moment(at: entry.happened.advanced(byMicroseconds: 900_000_000), position: entry.position),
          seconds: 900, outcome: entry.tone == .bad ? .failed : .succeeded)
      }
      return TimelineReport.PhaseSpan(
        phase: phase, first: Moment(at: first.happened, position: first.position),
        last: Moment(at: last.happened, position: last.position),
        seconds: first.happened.seconds(to: last.happened),
        waitSeconds: 0, events: own.count, attempts: Array(attempts))
    }
    let (first, last) = (entries[0], entries[count - 1])
    return TimelineReport(
      release: "release/web/9.0.0", package: "web", version: "9.0.0", stage: "deployed",
      asOf: TimelineReport.AsOf(events: count, recorded: last.recorded, time: last.recorded),
      first: Moment(at: first.happened, position: first.position),
      last: Moment(at: last.happened, position: last.position),
      seconds: first.happened.seconds(to: last.happened),
      phases: spans, entries: entries, figures: [])
  }
}

extension Instant {
  fileprivate func seconds(to later: Instant) -> Int { Int((later.microseconds - microseconds) / 1_000_000) }
}
