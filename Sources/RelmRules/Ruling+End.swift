internal import RelmDomain
internal import RelmProof

/// Until when an open gate stays open.
extension Ruling {
  /// When it ends, and what ends it then.
  struct End {
    let time: Instant
    /// nil where that is only that no policy says how long it stands.
    let words: String?
  }

  /// How many dated things are looked at; where there are more, it ends with the last of these.
  private static let looked = 128

  /// When it ends: at the first moment at which it would come to something else, by all that is recorded now, and no later than
  /// the policies let it stand. It is judged again at each moment at which something that is dated begins or ends, so that
  /// what a verdict rests on is found out by the rules themselves.
  ///
  /// - Parameters:
  ///   - state: the rows as they stand.
  ///   - ruling: what it comes to at a time.
  func end(given state: some LedgerState, _ ruling: (Instant) throws -> Ruling) throws -> End {
    let last = limit
    let dated = try datedThings(state).filter { judged.begun < $0.time && $0.time < last.time }
    let moments = Set(dated.map(\.time)).sorted()
    func end(at moment: Instant) -> End {
      var words: [String] = []
      for thing in dated where thing.time == moment && !words.contains(thing.words) {
        words.append(thing.words)
      }
      return End(time: moment, words: words.joined(separator: ", and "))
    }
    for moment in moments.prefix(Self.looked) {
      let then = try ruling(moment)
      guard then.isOpen, then.override?.position == override?.position else { return end(at: moment) }
    }
    return moments.count > Self.looked ? end(at: moments[Self.looked]) : last
  }

  /// How long the policies let it stand; a day where none says.
  private var limit: End {
    let spans = policies.compactMap { policy in
      policy.document.gateValidity.map { (span: $0, policy: policy.document.id) }
    }
    guard let shortest = spans.min(by: { $0.span.microseconds < $1.span.microseconds }) else {
      return End(time: judged.begun.advanced(byMicroseconds: 86_400_000_000), words: nil)
    }
    return End(
      time: judged.begun.advanced(byMicroseconds: shortest.span.microseconds),
      words: "policy \(shortest.policy) lets a gate stay open for \(shortest.span.text)")
  }
}
