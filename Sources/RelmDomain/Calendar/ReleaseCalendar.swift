/// Windows and freezes side by side: what stands when, and what stands in each other's way.
package struct ReleaseCalendar {
  /// A window of a release, or a freeze.
  package struct Entry: Sendable, Equatable {
    package enum What: Sendable, Equatable {
      case window(release: String, isAgreed: Bool)
      case freeze(String, reason: String)
    }

    package let environment: String
    package let from: Instant
    package let until: Instant
    package let what: What
    /// Where it was said.
    package let moment: Moment
    /// What it collides with, in words; none where nothing is in its way.
    package var troubles: [String] = []
  }

  /// How a release stands in an environment, for those that require it.
  package enum Standing: Sendable, Equatable {
    /// It runs there, or a later version that continues it.
    case running
    case absent
  }

  /// The entries, by when they begin.
  package let entries: [Entry]

  /// - Parameters:
  ///   - releases: every release that has a schedule.
  ///   - environments: every environment that is registered or has a freeze.
  ///   - services: the services that a release concerns in an environment; see ``ReleaseReach``.
  ///   - standing: how a release, by its subject, stands in an environment now.
  package init(
    releases: [ReleaseRow], environments: [EnvironmentRow],
    services: (ReleaseRow, String) throws -> ConcernedServices, standing: (String, String) throws -> Standing
  ) rethrows {
    let scheduled = releases.filter { $0.ending == nil }
    var entries: [Entry] = []
    for release in scheduled {
      let subject = Subject.release(package: release.package, version: release.version).text
      for window in release.schedule {
        entries.append(
          Entry(
            environment: window.environment, from: window.from, until: window.until,
            what: .window(release: subject, isAgreed: window.isAgreed), moment: window.moment))
      }
    }
    for environment in environments {
      for freeze in environment.freezes where freeze.lifted == nil {
        entries.append(
          Entry(
            environment: environment.environment, from: freeze.from, until: freeze.until,
            what: .freeze(freeze.freeze, reason: freeze.reason), moment: freeze.declared))
      }
    }
    entries.sort { ($0.from, $0.environment, $0.moment) < ($1.from, $1.environment, $1.moment) }
    let rows = Dictionary(
      scheduled.map { (Subject.release(package: $0.package, version: $0.version).text, $0) },
      uniquingKeysWith: { first, _ in first })
    let places = Dictionary(
      environments.map { ($0.environment, $0) }, uniquingKeysWith: { first, _ in first })
    for index in entries.indices {
      guard case .window(let subject, _) = entries[index].what, let release = rows[subject] else { continue }
      let scope = EnvironmentScope(entries[index].environment)
      var freezes = EnvironmentRow.freezesReaching(scope.text) { places[$0] }
      // A window for many environments lies in a freeze of any of them.
      if scope.isPattern {
        for place in environments where scope.contains(place.environment) { freezes += place.freezes }
      }
      entries[index].troubles =
        Self.collisions(
          of: entries[index], release, try services(release, entries[index].environment), with: entries, freezes
        )
        + (try Self.unmet(release, entries[index], entries, standing))
    }
    self.entries = entries
  }

  private static func collisions(
    of entry: Entry, _ release: ReleaseRow, _ services: ConcernedServices, with entries: [Entry],
    _ freezes: [EnvironmentRow.Freeze]
  ) -> [String] {
    let scope = EnvironmentScope(entry.environment)
    var troubles = entries.compactMap { other -> String? in
      guard other != entry, scope.overlaps(EnvironmentScope(other.environment)), other.from < entry.until,
        entry.from < other.until, case .window(let subject, _) = other.what, other.what != entry.what
      else { return nil }
      return "collides with \(shortened(subject))"
    }
    // Another release may have several windows in the way of this one.
    troubles = troubles.enumerated().filter { !troubles[..<$0.offset].contains($0.element) }.map(\.element)
    for freeze in freezes where freeze.lifted == nil && freeze.from < entry.until && entry.from < freeze.until {
      guard freeze.concerns(package: release.package, services: services) else { continue }
      let words = "lies in freeze \(freeze.freeze)"
      if !troubles.contains(words) { troubles.append(words) }
    }
    return troubles
  }

  /// A release as people type it, package and version: what a line is about is its subject, and no other line's.
  private static func shortened(_ subject: String) -> String {
    let prefix = "release/"
    return subject.hasPrefix(prefix) ? String(subject.dropFirst(prefix.count)) : subject
  }

  /// What a release requires and that will not be there: neither does it run, nor is it to be deployed there before.
  private static func unmet(
    _ release: ReleaseRow, _ entry: Entry, _ entries: [Entry],
    _ standing: (String, String) throws -> Standing
  ) rethrows -> [String] {
    try (release.plan?.requires ?? []).compactMap { required in
      if try standing(required, entry.environment) == .running { return nil }
      let isBefore = entries.contains { other in
        guard case .window(required, true) = other.what else { return false }
        return EnvironmentScope(other.environment).contains(entry.environment) && other.until <= entry.from
      }
      return isBefore ? nil : "requires \(shortened(required)), which is neither there nor agreed for before"
    }
  }
}

extension EnvironmentRow.Freeze {
  /// Whether a freeze is about a release.
  package func concerns(package: String, services: ConcernedServices) -> Bool {
    guard !self.services.isEmpty || !packages.isEmpty else { return true }
    return packages.contains { $0.utf8.elementsEqual(package.utf8) } || services.meet(self.services)
  }
}
