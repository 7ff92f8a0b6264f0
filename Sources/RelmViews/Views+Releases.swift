package import RelmDomain
internal import RelmProof

extension Views {
  /// What was told of a release so far, in the order of the positions: all, and what counts.
  package func events(
    ofRelease package: String, _ version: String
  ) throws -> (all: [RecordedEvent], counting: [RecordedEvent]) {
    let history = history
    let subject = Subject.release(package: package, version: version)
    let all = try history.positions(inStream: subject.text).map { try history.event(at: $0) }
    return (all, try all.filter { try history.counts($0.position) })
  }

  /// The names of the environments that are registered for a context.
  package func environments(for context: Context) throws -> [String] {
    try folds.environments.allRows(over: base).filter { $0.currentContext == context }.map(\.environment)
  }
}
