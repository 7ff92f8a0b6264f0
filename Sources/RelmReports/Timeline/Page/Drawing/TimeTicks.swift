internal import RelmDomain

/// Where an axis has its marks, and what they say, in UTC. The page's script does the same when it is zoomed.
struct TimeTicks {
  struct Tick: Equatable {
    let x: Double
    /// The day, where it is another than that of the tick before.
    let day: String?
    /// The time of day, where ticks are closer than days.
    let time: String?
    /// Whether the words stand before the tick, because there is no room behind it.
    var isBefore = false
  }

  /// Seconds between ticks, of which the closest that leaves room is taken; from a week on they fall on Mondays.
  static let steps = [
    60, 300, 900, 1800, 3600, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600, 2_419_200, 7_257_600,
    31_449_600,
  ]
  static let room = 60.0

  static func ticks(of scale: TimeScale) -> [Tick] {
    var ticks: [Tick] = []
    // The year stands at the side; a day says its own where it is another.
    let ownYear = year(scale.stretches[0].start)
    func fullDay(_ instant: Instant) -> String {
      year(instant) == ownYear ? day(instant) : date(instant)
    }
    for stretch in scale.stretches {
      let (start, x) = (stretch.start, stretch.x(stretch.start))
      var tick = Tick(x: x, day: fullDay(start), time: time(start))
      tick.isBefore = x + 44 > TimeScale.width
      ticks.append(tick)
      var lastDay = day(start)
      let perSecond = (stretch.right - stretch.left) / stretch.seconds
      let step = steps.first { Double($0) * perSecond >= room } ?? steps[steps.count - 1]
      for seconds in stride(from: rounded(stretch.first, to: step), through: floor(stretch.last), by: step) {
        let instant = Instant(microseconds: seconds * 1_000_000)
        let x = stretch.x(instant)
        // The first tick of a stretch has its words; the next must not stand on them.
        guard x >= stretch.left + 60, x <= stretch.right - (step < 86_400 ? 30 : 40) else {
          continue
        }
        let name = day(instant)
        ticks.append(
          Tick(x: x, day: name == lastDay ? nil : fullDay(instant), time: step < 86_400 ? time(instant) : nil))
        lastDay = name
      }
    }
    return ticks
  }

  private static func floor(_ instant: Instant) -> Int64 {
    instant.microseconds >= 0 ? instant.microseconds / 1_000_000 : (instant.microseconds - 999_999) / 1_000_000
  }

  /// The first multiple of a step that is not before a moment. 1970-01-05 was a Monday.
  private static func rounded(_ instant: Instant, to step: Int) -> Int64 {
    let offset: Int64 = step >= 604_800 ? 345_600 : 0
    let (step, from) = (Int64(step), floor(instant) - offset)
    let remainder = from % step
    let up = remainder == 0 ? from : from - remainder + (remainder > 0 ? step : 0)
    return up + offset
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// "22 Nov".
  static func day(_ instant: Instant) -> String {
    let text = instant.rfc3339Milliseconds
    let month = Int(text.dropFirst(5).prefix(2)) ?? 1
    let day = Int(text.dropFirst(8).prefix(2)) ?? 1
    return "\(day) \(months[month - 1])"
  }

  /// "22 Nov 2026".
  static func date(_ instant: Instant) -> String { day(instant) + " " + year(instant) }
  static func year(_ instant: Instant) -> String { String(instant.rfc3339Milliseconds.prefix(4)) }
  private static func time(_ instant: Instant) -> String {
    String(instant.rfc3339Milliseconds.dropFirst(11).prefix(5))
  }
}

/// How wide words will be, about, where no browser can be asked.
enum TextWidth {
  /// - Parameters:
  ///   - words: one line.
  ///   - size: of the letters, in units of the drawing.
  static func of(_ words: String, size: Double) -> Double {
    words.unicodeScalars.reduce(0) { width, scalar in
      switch scalar {
      case "i", "l", "j", ".", ",", ":", ";", "'", "|", "!": width + 0.3 * size
      case "f", "t", "r", "(", ")", "/", "-", " ": width + 0.38 * size
      case "m", "w", "M", "W", "@": width + 0.9 * size
      case "A"..."Z": width + 0.7 * size
      default: width + (scalar.value < 0x1100 ? 0.58 : 1.05) * size
      }
    }
  }

  /// Words cut to a number of letters.
  static func cut(_ words: String, to count: Int) -> String {
    words.count <= count ? words : words.prefix(count - 1) + "…"
  }
}
