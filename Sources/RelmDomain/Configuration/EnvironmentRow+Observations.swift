/// What was seen running, by whoever looked.
///
/// Several may look at one environment, each at a part of it. A look at everything settles what was seen before; after that the
/// latest look of each observer stands. So nobody's partial look hides what another has seen.
extension EnvironmentRow {
  /// Everything that was seen and still stands, oldest first.
  package var standingObservations: [Observation] { observations + [observation].compactMap { $0 } }

  mutating func see(_ new: Observation) {
    var seen = (standingObservations + [new]).sorted { $0.moment < $1.moment }
    if let whole = seen.lastIndex(where: { $0.coverage == .complete }) { seen.removeFirst(whole) }
    let kept = seen.indices.filter { place in
      seen[place].coverage == .complete
        || !seen[(place + 1)...].contains { $0.observer == seen[place].observer }
    }.map { seen[$0] }
    observation = kept.last
    observations = Array(kept.dropLast())
  }

  /// The items that were seen, each as it was seen last, with the observation that shows it.
  package var seenItems: [(item: ConfigurationItem, observation: Observation)] {
    var found: [(item: ConfigurationItem, observation: Observation)] = []
    for observation in standingObservations.reversed() {
      for item in observation.running
      where !found.contains(where: {
        $0.observation.moment != observation.moment && $0.item.isSame(as: item)
      }) {
        found.append((item, observation))
      }
    }
    return found
  }
}

extension ConfigurationItem {
  /// Whether two observers have seen the same thing.
  fileprivate func isSame(as other: Self) -> Bool {
    name == other.name && version == other.version && digest == other.digest
  }
}
