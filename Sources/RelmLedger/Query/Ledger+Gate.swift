package import RelmDomain
internal import RelmProjections
internal import RelmRules
package import RelmProof

extension Ledger {
  /// What the gate to an environment says about a release now, and the size of the log over which that was judged.
  package func judge(
    _ package: String, _ version: String, in environment: String
  ) throws -> (data: GateDecided, size: TreeSize) {
    let now = surroundings.now()
    return try withRows { rows, size in
      let state = try views.views(over: rows)
      let history = history(rows)
      let stream = Subject.release(package: package, version: version).text
      let events = try history.positions(inStream: stream).filter { try Annulments.counts($0, in: rows) }
        .map { try history.event(at: $0) }
      let data = try Gate.judge(
        package: package, version: version, environment: environment, events: events, given: state,
        size: Int(size.value), at: now)
      return (data, size)
    }
  }
}
