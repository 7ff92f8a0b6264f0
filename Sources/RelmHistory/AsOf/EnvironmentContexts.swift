package import RelmViews
internal import RelmDomain
internal import RelmProof

/// What environments are for, folded from their registrations and retirements alone.
///
/// A busy environment's stream has a hundred thousand observations and baselines, which say nothing of it: as of the past
/// its whole row would be folded from all of them.
package struct EnvironmentContexts {
  private var rows: [String: EnvironmentRow] = [:]

  /// - Parameters:
  ///   - rows: as of the moment that is asked about.
  ///   - history: the events behind them.
  package init(in rows: any RowReading, _ history: History) throws {
    var positions: [Position] = []
    for type in [EventType.environmentRegistered, .environmentRetired] {
      positions += try history.positions(ofType: type)
    }
    for position in positions.sorted() where try Annulments.counts(position, in: rows) {
      let event = try history.event(at: position)
      guard case .environment(let name)? = event.subject, case .environment(let said) = event.event else {
        continue
      }
      self.rows[name] = EnvironmentRow.evolve(
        self.rows[name], environment: name, by: said, at: event.moment, person: event.person)
    }
  }

  /// Whether an environment is one for production: as registered, and so as well where it is not.
  package func isProduction(_ environment: String) -> Bool {
    rows[environment]?.currentContext != .development
  }
}
