internal import RelmDomain
internal import RelmViews
internal import RelmProof

/// What is said at once of work that is told to have come after a deployment of which nothing is recorded: mostly its id is
/// mistyped, and then the deployment that was meant stays without it.
struct AfterRemarks {
  /// What the views say before the event.
  let views: Views

  /// Each is a sentence without its stop.
  func about(_ event: Event, _ subject: Subject?) throws -> [String] {
    guard case .release(let said) = event, case .release(let package, let version)? = subject else { return [] }
    switch said {
    case .verificationFinished(let data):
      return try unknown(data.deployment, data.environment, package, version).map {
        ["\($0), so that this verifies none"]
      } ?? []
    case .handoverOffered, .supportOpened:
      guard try views.release(package, version)?.deployments == nil else { return [] }
      return ["of \(package)/\(version) no deployment of its own is recorded"]
    default: return []
    }
  }

  /// What to say of a deployment that nothing is recorded of; nil of one that there is.
  private func unknown(
    _ deployment: String, _ environment: String, _ package: String, _ version: String
  ) throws -> String? {
    let id = AttemptID(.deployment, deployment, in: environment)
    guard try views.attempt(package, version, id) == nil else { return nil }
    let known = try views.release(package, version)?.deployments?.environments
      .first { $0.environment == environment }?.deployment
    return "nothing is recorded of a deployment '\(deployment)' of \(package)/\(version) to \(environment)"
      + (known.map { "; the last one there is '\($0)'" } ?? "")
  }
}
