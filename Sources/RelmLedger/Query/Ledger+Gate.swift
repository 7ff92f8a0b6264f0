package import RelmDomain
internal import RelmProjections
package import RelmProof

extension Ledger {
  /// What the gate to an environment says about a release now, and the size of the log over which that was judged.
  package func judge(
    _ package: String, _ version: String, in environment: String
  ) throws -> (data: GateDecided, size: TreeSize) {
    let now = surroundings.now()
    return try views.withCurrentRows { rows, checkpoint in
      let state = try views.views(over: rows)
      let data = try Gate.judge(
        package: package, version: version, environment: environment, given: state,
        size: Int(checkpoint.size.value), at: now)
      return (data, checkpoint.size)
    }
  }
}
