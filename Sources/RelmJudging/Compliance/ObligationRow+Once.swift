package import RelmDomain
internal import RelmProof

extension Sequence<ObligationRow> {
  /// Each duty once, with every policy that makes it due: several that ask for the same of one deployment are met by the same
  /// deed. What is due first decides its date.
  package var once: [ObligationRow] {
    var places: [Duty: Int] = [:]
    var asked: [String: Int] = [:]
    var duties: [[ObligationRow]] = []
    for row in self {
      guard let policy = row.policy, let attempt = row.attempt else {
        duties.append([row])
        continue
      }
      // What one policy asks for twice is two duties.
      let own = "\(attempt.value) \(row.kind.rawValue) \(row.what) \(policy) \(row.policyVersion ?? "")"
      let duty = Duty(attempt: attempt, kind: row.kind, what: row.what, turn: asked[own, default: 0])
      asked[own, default: 0] += 1
      if let place = places[duty] {
        duties[place].append(row)
      } else {
        places[duty] = duties.count
        duties.append([row])
      }
    }
    return duties.map(\.together)
  }
}

/// What makes two rows about one duty.
private struct Duty: Hashable {
  let attempt: Position
  let kind: ObligationRow.Kind
  let what: String
  /// The how manieth it is that its policy asks for.
  let turn: Int
}

extension [ObligationRow] {
  /// The rows of one duty as one: the first by date, with all policies.
  fileprivate var together: ObligationRow {
    let rows = enumerated().sorted {
      ($0.element.due ?? .latest, $0.offset) < ($1.element.due ?? .latest, $1.offset)
    }.map(\.element)
    var first = rows[0]
    first.policies = rows.compactMap { row in
      guard let policy = row.policy, let version = row.policyVersion else { return nil }
      return ObligationRow.Asking(policy: policy, policyVersion: version, id: row.id, due: row.due)
    }
    return first
  }
}
