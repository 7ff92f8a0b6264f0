internal import RelmDomain
internal import RelmProof

/// Which events of streams have touched which rows, for who follows many rows of one stream: each event is looked at once,
/// and not once for every row.
///
/// A stretch of a stream is read when it is first asked for.
final class StreamTouches {
  /// What is known of one stream.
  private struct Known {
    var stretches: [Range<Position>] = []
    /// Ascending.
    var positions: [TouchedRows.Place: [Position]] = [:]
  }

  private var streams: [String: Known] = [:]
  /// How many events have been read; where there are too many, all are let go of, so that a long walk takes no more memory.
  private var size = 0
  private static let most = 1 << 20

  /// Where the events of a stream stand that touch a row, ascending.
  func positions(
    inStream name: String, of place: TouchedRows.Place, within span: Range<Position>, _ history: History
  ) throws -> [Position] {
    if size > Self.most {
      streams = [:]
      size = 0
    }
    var known = streams[name] ?? Known()
    for gap in Self.gaps(in: span, known.stretches) { try read(gap, ofStream: name, into: &known, history) }
    streams[name] = known
    return (known.positions[place] ?? []).filter(span.contains)
  }

  private func read(
    _ gap: Range<Position>, ofStream name: String, into known: inout Known, _ history: History
  ) throws {
    var found: [TouchedRows.Place: [Position]] = [:]
    for position in try history.positions(inStream: name, within: gap) {
      size += 1
      for place in TouchedRows(by: try history.event(at: position)).keys.keys {
        found[place, default: []].append(position)
      }
    }
    for (place, positions) in found {
      let before = known.positions[place] ?? []
      known.positions[place] =
        before.last.map { $0 < positions[0] } ?? true ? before + positions : (before + positions).sorted()
    }
    known.stretches.append(gap)
    known.stretches.sort { $0.lowerBound < $1.lowerBound }
  }

  /// What of a span is in none of some stretches, which are in order.
  private static func gaps(in span: Range<Position>, _ stretches: [Range<Position>]) -> [Range<Position>] {
    var gaps: [Range<Position>] = []
    var next = span.lowerBound
    for stretch in stretches where stretch.overlaps(span) {
      if next < stretch.lowerBound { gaps.append(next..<stretch.lowerBound) }
      next = max(next, stretch.upperBound)
    }
    if next < span.upperBound { gaps.append(next..<span.upperBound) }
    return gaps
  }
}
