/// What turns the wall-clock times of a log into moments.
///
/// A zone's rules are the system's business, so it is only asked one thing: by how much its clocks are ahead of UTC at
/// a moment. What is hard about local times is solved here: an hour that happens twice and an hour that never does.
package struct LocalClock: Sendable {
  private let offset: @Sendable (_ unixSeconds: Int64) -> Int64

  /// - Parameter offsetSeconds: seconds by which the zone is ahead of UTC at a Unix time; negative west of Greenwich.
  package init(offsetSeconds: @escaping @Sendable (_ unixSeconds: Int64) -> Int64) {
    offset = offsetSeconds
  }

  /// Clocks that show UTC.
  package static let utc = LocalClock { _ in 0 }

  /// Seconds by which these clocks are ahead of UTC at a Unix time; negative west of Greenwich.
  package func offsetSeconds(at unixSeconds: Int64) -> Int64 { offset(unixSeconds) }

  /// The Unix time at which these clocks showed `local`.
  ///
  /// - An hour that happens twice, when clocks are set back: the first one, unless that is before `previous`.
  /// - A time that clocks jumped over: read with the offset from before the jump.
  /// - Parameter previous: the Unix time of the line before.
  package func unixSeconds(of local: CivilTime, notBefore previous: Int64?) -> Int64 {
    // No zone's offset reaches a day, so the rules a day before and after hold every offset in question.
    let before = offset(local.seconds - 86_400)
    let after = offset(local.seconds + 86_400)
    let candidates = [before, after].map { local.seconds - $0 }.sorted()
      .filter { $0 + offset($0) == local.seconds }
    guard let first = candidates.first, let last = candidates.last else { return local.seconds - before }
    guard let previous, first < previous else { return first }
    return last
  }
}
