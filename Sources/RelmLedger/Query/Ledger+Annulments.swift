internal import RelmDomain
internal import RelmViews
package import RelmProof

/// What an event rests on and what rests on it, and which of that does not count any more.
package struct Standing: Sendable, Equatable {
  /// What annuls the event; none while it counts.
  package let annulledBy: [Position]
  /// What it rested on when it was recorded and that is annulled now.
  package let lostFoundations: [Position]
  /// What rested on it when it was recorded.
  package let dependents: [Position]
}

extension Ledger {
  /// How an event stands now.
  package func standing(of position: Position) throws -> Standing {
    try withRows { rows, _ in
      Standing(
        annulledBy: try Annulments.annulling(position, in: rows),
        lostFoundations: try Annulments.lostFoundations(of: position, in: rows),
        dependents: try Annulments.dependents(of: position, in: rows))
    }
  }

  /// Every event that does not count, with what annuls it first.
  package func annulled() throws -> [Position: Position] {
    try withRows { rows, _ in
      var found: [Position: Position] = [:]
      try rows.scan(IndexTables.annulments, from: nil, upTo: nil, reversed: false) { key, _ in
        guard let target = RowBytes.place(key).map({ Position($0) }), found[target] == nil else { return true }
        found[target] = try Annulments.annulling(target, in: rows).first
        return true
      }
      return found
    }
  }
}
