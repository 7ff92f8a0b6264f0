internal import RelmDomain

/// Events of one lane as marks in a few rows, so that they do not cover each other.
///
/// Where more happened at once than the rows hold, the rest stand as strokes in a row of their own; bad news and what
/// is to be looked at take the rows first. The page's script does the same again when it is zoomed.
struct DrawnMarks {
  static let pitch = 12.0
  static let mostRows = 4

  /// The row of each mark; nil for a stroke.
  let rows: [Int?]
  let rowCount: Int
  var hasStrokes: Bool { rows.contains { $0 == nil } }
  var height: Double { Double(rowCount) * Self.pitch + (hasStrokes ? 9 : 0) }

  /// - Parameters:
  ///   - places: of the marks, from left to right.
  ///   - isUrgent: which of them go first.
  init(_ places: [Double], isUrgent: [Bool]) {
    var rows: [Int?] = Array(repeating: nil, count: places.count)
    var taken: [[Double]] = Array(repeating: [], count: Self.mostRows)
    for urgent in [true, false] {
      for place in places.indices where isUrgent[place] == urgent {
        let free = taken.firstIndex { row in row.allSatisfy { abs($0 - places[place]) >= Self.pitch } }
        guard let free else { continue }
        taken[free].append(places[place])
        rows[place] = free
      }
    }
    self.rows = rows
    rowCount = taken.count { !$0.isEmpty }
  }
}
