package import RelmDomain
internal import RelmProof

extension StandingRows {
  /// What is recorded of deployments to an environment of every package of which a release ever required one, be it that a
  /// change of scope dropped that: whether it may have is for the rules to say. In the order of the positions.
  ///
  /// - Parameter events: the release's events that count.
  package func neighbours(requiredIn events: [RecordedEvent], _ environment: String) throws -> [RecordedEvent] {
    var packages: Set<String> = []
    for event in events {
      let required: [String]
      switch event.event {
      case .release(.releasePlanned(let data)): required = data.requires
      case .release(.releaseScopeChanged(let data)): required = data.requires
      case .release, .environment, .ledger, .person, .policy, .procedure, .capability, .service, .incident,
        .foreign, .newer:
        continue
      }
      for case .release(let package, _)? in required.map(Subject.named) { packages.insert(package) }
    }
    guard !packages.isEmpty else { return [] }
    return try packages.sorted().flatMap { try deployments(of: $0, to: environment) }
      .sorted { $0.position < $1.position }
  }
}
