internal import RelmDomain
internal import RelmProof

/// `reconciled`: an observer has seen in the environment what was deployed there.
///
/// Seen counts by digest: an item with a digest of what is deployed or what that is derived from. An item without digest
/// counts by the package's name and version. Where the observer has listed everything that runs and it is not among it,
/// it is not only overdue but absent. Looked at is what was seen by the due time and recorded by then, or soon enough:
/// that it runs there much later does not show that anybody has made sure of it in time. Where somebody has listed everything and
/// it was not among it, it is seen by whose word goes over theirs; see `Sight`.
///
/// Parameter: `within`, how soon after the deployment.
enum Reconciled: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) throws -> Judgement {
    let end: Attempt.End
    switch judged.ended() {
    case .not(let judgement): return judgement
    case .at(let event, _): end = event
    }
    let duty = Duty(
      "an observation in time that shows it running", within: asked.within, of: end.happened, judged)
    let lineage = judged.lineage
    var sightings: [RecordedEvent] = []
    var absent: [RecordedEvent] = []
    for event in judged.observations {
      guard case .environment(.environmentObserved(let data)) = event.event,
        event.subject == .environment(judged.environment), end.happened <= event.happened, duty.isInTime(event)
      else { continue }
      if judged.isRunning(lineage, in: data.running) {
        sightings.append(event)
      } else if data.coverage == .complete {
        absent.append(event)
      }
    }
    sightings = try sightings.filter { sighting in
      // What is told after somebody looked goes by their look, whenever it is said to have been seen.
      try absent.filter { $0.moment < sighting.moment || $0.position < sighting.position }.allSatisfy { look in
        try sighting.person.map {
          try Sight(by: $0, recorded: sighting.recorded, position: sighting.position).goesOver(
            look.person, in: judged.context, given: state)
        } ?? (look.person == nil)
      }
    }
    var judgement = duty.judgement(by: sightings, done: "it was seen running where it was deployed")
    if duty.earliest(sightings) == nil, let first = duty.earliest(absent) {
      judgement = duty.broken(
        "everything that runs there was listed, and it is not among it", at: [first.position])
    }
    return judged.unlessUndone(by: duty.due, judgement)
  }
}

extension Case {
  /// Whether every deployed identity is among what was seen running.
  fileprivate func isRunning(_ lineage: Lineage, in items: [ConfigurationItem]) -> Bool {
    func isNamed(_ item: ConfigurationItem) -> Bool { item.name == package && item.version == version }
    guard !lineage.deployed.isEmpty else { return items.contains(where: isNamed) }
    // What is told without a digest goes by its name, for all that is deployed.
    if items.contains(where: { $0.digest == nil && isNamed($0) }) { return true }
    return lineage.stranger(to: items.compactMap(\.digest)) == nil
  }
}
