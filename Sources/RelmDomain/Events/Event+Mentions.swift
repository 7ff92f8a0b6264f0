extension Event {
  /// The releases that an event of another stream says something about; none for what a release says of itself.
  ///
  /// - Parameter subject: the event's own stream.
  package func mentionedReleases(from subject: Subject?) -> [Subject] {
    let names: [String] =
      switch self {
      case .incident(.incidentAttributed(let data)): data.causes.map(\.release)
      case .incident(.incidentResolved(let data)): [data.release].compactMap { $0 }
      case .environment(.baselineRecorded(let data)): [data.release].compactMap { $0 }
      case .environment(.configurationExchanged(let data)): [data.release].compactMap { $0 }
      case .service(.serviceEstablished(let data)): [data.release]
      case .service(.serviceContinued(let data)): [data.release]
      case .service(.serviceRetired(let data)): [data.release].compactMap { $0 }
      case .release(.releaseSuperseded(let data)): [data.by]
      case .release(.deploymentRolledback(let data)):
        [Self.restored(by: data, of: subject)].compactMap { $0 }
      case .release, .service, .environment, .incident, .policy, .procedure, .capability, .person, .ledger,
        .foreign, .newer:
        []
      }
    var found: [Subject] = []
    for name in names {
      guard let release = Subject.named(name), release != subject, !found.contains(release) else { continue }
      found.append(release)
    }
    return found
  }

  /// The release that runs again after a rollback.
  private static func restored(by data: DeploymentRolledback, of subject: Subject?) -> String? {
    guard let version = data.restores, case .release(let package, _)? = subject else { return nil }
    return Subject.release(package: package, version: version).text
  }
}
