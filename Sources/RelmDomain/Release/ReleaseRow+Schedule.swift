/// Windows: of each environment those that were agreed last, and those that were proposed since.
///
/// An event may name several windows for one environment, and they stand together: the release may be deployed in any of
/// them. What a later event says of an environment takes the place of all that was said of it before.
extension [ReleaseRow.Scheduled] {
  /// Takes up the windows of one event.
  mutating func take(_ windows: [Window], isAgreed: Bool, at moment: Moment) {
    let new = windows.map { window in
      ReleaseRow.Scheduled(
        environment: window.environment, from: window.from.instant.representable,
        until: window.until.instant.representable, isAgreed: isAgreed, moment: moment)
    }
    // An older statement that comes late says nothing any more of what a newer one has settled.
    let current = new.filter { window in
      !contains { $0.environment == window.environment && $0.settles(window) }
    }
    removeAll { known in current.contains { $0.environment == known.environment && $0.settles(known) } }
    for window in current where !contains(window) { append(window) }
    sort { ($0.environment, $0.from, $0.until, $0.moment) < ($1.environment, $1.from, $1.until, $1.moment) }
  }
}

extension ReleaseRow.Scheduled {
  /// Whether another window for the environment stands no more once this one does: what is agreed settles everything that was
  /// said before, and what is proposed what was proposed before.
  fileprivate func settles(_ other: Self) -> Bool {
    (isAgreed || !other.isAgreed) && other.moment < moment
  }
}
