internal import RelmDomain
internal import RelmProof

extension ApprovalRow {
  /// What became of it, and whether it still holds.
  func statusInWords(given release: ReleaseRow?, lost: [Position], at time: Instant) -> String {
    var words = status.rawValue
    if kind == .override {
      words = ratified != nil ? "ratified" : used != nil ? "used, NOT RATIFIED" : "declared"
    }
    let isStanding = status == .given || status == .granted || (kind == .override && used == nil)
    if isStanding, let staleness = staleness(given: release) { words += ", STALE: \(staleness)" }
    if isStanding || status == .requested, isExpired(at: time) { words += ", expired" }
    if status == .requested, due.map({ $0 <= time }) ?? false { words += ", OVERDUE" }
    if !lost.isEmpty {
      let places = lost.map { "\($0.value)" }.joined(separator: ", ")
      words += ", rests on position \(places), which is annulled"
    }
    return words
  }
}

extension RunningRow.Rollout {
  /// How far it has come, as far as that was said, and where it stands still.
  var inWords: String {
    (share?.inWords ?? "a part") + (decision == .hold ? " on hold" : "")
  }
}
