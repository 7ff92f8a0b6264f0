internal import RelmProof

/// What was seen running, by whoever looked.
///
/// Several may look at one environment, each at a part of it. What somebody saw stands until they look again: at everything, or
/// as the same observer. So nobody's look hides what somebody else has seen, and the row keeps everybody's; whose look settles
/// what others saw besides is told by the authority that they had, which a row does not know: see `standing`.
extension EnvironmentRow {
  /// Everything that was seen and nobody has settled who saw it, oldest first.
  package var allObservations: [Observation] { observations + [observation].compactMap { $0 } }

  mutating func see(_ new: Observation) {
    let seen = (allObservations + [new]).sorted { $0.moment < $1.moment }
    let kept = seen.indices.filter { place in
      !seen[(place + 1)...].contains { later in
        later.by == seen[place].by
          && (later.coverage == .complete
            || (later.observer == seen[place].observer && seen[place].coverage == .partial))
      }
    }.map { seen[$0] }
    observation = kept.last
    observations = Array(kept.dropLast())
  }

  /// What still stands of what was seen, oldest first: a look at everything settles what was seen before by those whose word it
  /// goes over.
  package func standing(given state: some LedgerState) throws -> [Observation] {
    let seen = allObservations
    return try seen.indices.filter { place in
      try !seen[(place + 1)...].contains { later in
        try later.coverage == .complete && later.goesOver(seen[place], in: self, given: state)
      }
    }.map { seen[$0] }
  }
}

extension EnvironmentRow.Observation {
  /// Whether a look goes over what another was told: by the same human, or by somebody who may say so of the environment.
  package func goesOver(
    _ other: Self, in row: EnvironmentRow, given state: some LedgerState
  ) throws -> Bool {
    guard let by else { return other.by == nil }
    let recorded = try state.event(at: moment.position)?.recorded ?? moment.at
    let sight = Sight(by: by, recorded: recorded, position: moment.position)
    return try sight.goesOver(other.by, in: row.currentContext ?? .production, given: state)
  }
}

extension RunningRow {
  /// Whether what runs was put there after somebody looked: what they saw of it before says nothing of what runs now.
  package func came(after look: EnvironmentRow.Observation) -> Bool {
    running.map { look.moment < $0.since } ?? false
  }
}

extension [EnvironmentRow.Observation] {
  /// The items that were seen, each as it was seen last, with the observation that shows it; of observations that stand, oldest
  /// first.
  package var seenItems: [(item: ConfigurationItem, observation: EnvironmentRow.Observation)] {
    var found: [(item: ConfigurationItem, observation: EnvironmentRow.Observation)] = []
    for observation in reversed() {
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
