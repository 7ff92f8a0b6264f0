package import RelmDomain

/// A year of a made-up house, for who wants to look at a ledger: some ten thousand events, in the order in which they were
/// told, from the authority that is granted on the first day to the deployment of an hour ago.
///
/// Most releases go by the book; some do not, each in a way that happens in houses. It is the same year again wherever and
/// whenever it is made: only the days move along, and where it breaks off. What the gate says is not part of the story: it
/// is asked, and judges.
package struct SampleYear: Sendable {
  /// Moves what looks like chance; another seed is another year.
  static let seed: UInt64 = 2026

  package let calendar: WorkCalendar
  /// What is told, in this order; the first of it stands at position 1, behind the opening of the ledger.
  package let steps: [SampleStep]
  /// The releases, and what went otherwise in them.
  package let releases: [SampleRelease]
  private let positions: [String: Int64]

  /// - Parameters:
  ///   - now: when it is made; the last thing is told some minutes before.
  ///   - owner: the account of somebody who is to have authority there besides.
  ///   - weeks: how many whole weeks it has; few where a test needs few.
  package init(until now: Instant, owner: String? = nil, weeks: Int = WorkCalendar.usualWeeks) {
    let calendar = WorkCalendar(until: now, weeks: weeks)
    self.calendar = calendar
    let stories = ReleasePlan(calendar).stories()
    releases = stories.map { SampleRelease(of: $0.story, $0.twist) }
    let told =
      Chapter.all(calendar, owner: House.knows(owner) ? nil : owner).flatMap(\.steps)
      + stories.flatMap(\.story.steps)
    // What is told in the same moment keeps its order.
    steps = (told + Observations(of: told, calendar).steps).enumerated().filter {
      $0.element.recorded <= calendar.end
    }.sorted { ($0.element.recorded, $0.offset) < ($1.element.recorded, $1.offset) }.map(\.element)
    positions = Dictionary(uniqueKeysWithValues: steps.enumerated().map { ($1.name, Int64($0 + 1)) })
  }

  /// When the ledger is opened.
  package var opened: Instant { calendar.at(0, 8) }

  /// An event as JSON with accounts in it, as who records it writes it; nil for what the ledger itself has to say.
  package func json(of step: SampleStep) -> [UInt8]? {
    step.json { name in
      guard let position = positions[name] else {
        preconditionFailure("\(step.name) names \(name), which is not told")
      }
      return position
    }
  }
}

/// A release of the year, and what went otherwise in it.
package struct SampleRelease: Sendable {
  package let package: String
  package let version: String
  /// Where it went in production, in this order.
  package let environments: [String]
  package let twist: Twist?

  init(of story: ReleaseStory, _ twist: Twist?) {
    package = story.package
    version = story.version
    environments = story.environments
    self.twist = twist
  }
}

// MARK: What is worth a look

extension SampleYear {
  /// The last release that was taken back and looked into, as a command takes it.
  package var eventful: String {
    let told = Set(steps.map(\.name))
    let release = releases.last { release in
      release.twist == .rolledBack && told.contains("\(release.package)-\(release.version)-reviewed")
    }
    return release.map { "\($0.package)/\($0.version)" } ?? ""
  }

  /// The last three months that are over, as days: from the first, to the one after the last.
  package var lastQuarter: (since: String, until: String) {
    let until = calendar.end.firstOfMonth()
    return (until.firstOfMonth(before: 3).day, until.day)
  }
}
