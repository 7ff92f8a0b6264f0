internal import RelmDomain

extension RecordedEvent {
  /// The release in whose stream the event stands, and what it says about it; nil for another stream's event.
  var ofRelease: (event: ReleaseEvent, package: String, version: String)? {
    guard case .release(let event) = event, case .release(let package, let version)? = subject else {
      return nil
    }
    return (event, package, version)
  }
}
