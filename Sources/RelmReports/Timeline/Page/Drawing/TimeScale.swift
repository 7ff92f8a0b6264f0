internal import RelmDomain

/// Where a moment stands in a drawing.
///
/// A scale is one stretch of time or several, with breaks between them where nothing happened for long. Within a
/// stretch it is even; each stretch has a scale of its own, because ten busy minutes between two idle weeks would
/// otherwise be one line.
struct TimeScale {
  /// A time that is drawn evenly.
  struct Stretch: Equatable {
    let first: Instant
    let last: Instant
    let left: Double
    let right: Double
    /// Where its first words stand: its beginning, or the one moment that it was made of.
    let start: Instant

    var seconds: Double { Double(last.microseconds - first.microseconds) / 1_000_000 }

    func x(_ instant: Instant) -> Double {
      let share =
        Double(instant.microseconds - first.microseconds) / Double(last.microseconds - first.microseconds)
      return left + share * (right - left)
    }
  }

  let stretches: [Stretch]
  /// Whether more than half of the time falls into the breaks, so that an even scale would be mostly empty.
  let isMostlyIdle: Bool

  static let width = 852.0
  /// Room before the first moment for its mark, and behind the last for the words at its tick.
  static let inset = (left: 12.0, right: 42.0)
  private static let mostBreaks = 9
  private static let hour: Int64 = 3_600_000_000

  var left: Double { stretches[0].left }
  var right: Double { stretches[stretches.count - 1].right }
  var first: Instant { stretches[0].first }
  var last: Instant { stretches[stretches.count - 1].last }

  /// One stretch with all of the moments.
  static func even(_ moments: [Instant]) -> TimeScale {
    let (first, last) = widened(
      moments.min() ?? Instant(microseconds: 0), moments.max() ?? Instant(microseconds: 0))
    return TimeScale(
      stretches: [
        Stretch(
          first: first, last: last, left: inset.left, right: width - inset.right, start: moments.min() ?? first)
      ],
      isMostlyIdle: false)
  }

  /// Stretches between the longest idle times; nil where no idle time is long beside the rest.
  static func compressed(_ moments: [Instant]) -> TimeScale? {
    let sorted = Set(moments).sorted()
    guard let first = sorted.first, let last = sorted.last, first < last else { return nil }
    let gaps = zip(sorted, sorted.dropFirst()).enumerated().map {
      (place: $0, length: $1.1.microseconds - $1.0.microseconds)
    }
    let whole = last.microseconds - first.microseconds
    var busy = whole
    var breaks: Set<Int> = []
    // The longest first: with each that is taken out, the next is longer beside what is left. The more there are, the
    // longer one has to be, because every cut takes room and makes the drawing harder to read.
    for gap in gaps.sorted(by: { ($1.length, $0.place) < ($0.length, $1.place) }) {
      guard breaks.count < mostBreaks, gap.length >= max(hour, whole / 200),
        gap.length > busy / 100 * Int64(4 + 2 * breaks.count)
      else { break }
      breaks.insert(gap.place)
      busy -= gap.length
    }
    guard !breaks.isEmpty else { return nil }

    var runs: [[Instant]] = [[]]
    for (place, moment) in sorted.enumerated() {
      runs[runs.count - 1].append(moment)
      if breaks.contains(place) { runs.append([]) }
    }
    let isMostlyIdle = busy < whole / 2
    return TimeScale(stretches: laidOut(runs, moments), isMostlyIdle: isMostlyIdle)
  }

  /// Gives each run its share of the width, more by how much there is to draw in it than by its length.
  private static func laidOut(_ runs: [[Instant]], _ moments: [Instant]) -> [Stretch] {
    let ends = runs.map { run in widened(run[0], run[run.count - 1]) }
    let lengths = ends.map { Double($1.microseconds - $0.microseconds) }
    let counts = zip(runs, ends).map { run, ends in
      Double(moments.count { $0 >= run[0] && $0 <= run[run.count - 1] })
    }
    let (length, count) = (lengths.reduce(0, +), counts.reduce(0, +))
    let least = 24.0
    // Many breaks share what a few would have had to themselves.
    let gap = min(40, 330 / Double(max(runs.count - 1, 1)))
    let rest = width - inset.left - inset.right - Double(runs.count - 1) * gap - Double(runs.count) * least
    var left = inset.left
    return runs.indices.map { place in
      let own = least + rest * (0.3 * lengths[place] / length + 0.7 * counts[place] / count)
      defer { left += own + gap }
      return Stretch(
        first: ends[place].0, last: ends[place].1, left: left, right: left + own, start: runs[place][0])
    }
  }

  /// A minute at least, so that there is something to draw on.
  private static func widened(_ first: Instant, _ last: Instant) -> (Instant, Instant) {
    let minute: Int64 = 60_000_000
    guard last.microseconds - first.microseconds < minute else { return (first, last) }
    return (first.advanced(byMicroseconds: -minute), last.advanced(byMicroseconds: minute))
  }

  /// The place of a moment; what is before or after everything stands at the edge.
  func x(_ instant: Instant) -> Double {
    guard instant > first else { return left }
    for (place, stretch) in stretches.enumerated() {
      if instant <= stretch.last { return stretch.x(instant) }
      guard place + 1 < stretches.count, instant < stretches[place + 1].first else { continue }
      let next = stretches[place + 1]
      let share =
        Double(instant.microseconds - stretch.last.microseconds)
        / Double(next.first.microseconds - stretch.last.microseconds)
      return stretch.right + share * (next.left - stretch.right)
    }
    return right
  }

  /// The idle times that are cut short: where, and how long.
  var breaks: [(left: Double, right: Double, seconds: Int)] {
    zip(stretches, stretches.dropFirst()).map { earlier, later in
      let seconds = (later.first.microseconds - earlier.last.microseconds) / 1_000_000
      return (earlier.right, later.left, Int(seconds))
    }
  }
}
