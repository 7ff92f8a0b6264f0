package import RelmDomain
package import RelmProof

/// Where the words of strangers stand about deployments of which others tell, too.
package struct StrangersWords: Sendable {
  /// Those that are a deployment of their own, as they begin before anything that others tell.
  package var ahead: Set<Position> = []
  /// Those that change nothing.
  package var idle: Set<Position> = []

  package static let none = Self()

  package var isEmpty: Bool { ahead.isEmpty && idle.isEmpty }
  package func contains(_ position: Position) -> Bool { ahead.contains(position) || idle.contains(position) }
}

/// What strangers tell of a deployment of which others tell, too.
///
/// Anybody may tell of a deployment, and where nobody else does, that is how it is judged. Where somebody with standing tells of it
/// as well, theirs is judged as if strangers had said nothing. What strangers told of it before is a deployment of its own; what they tell
/// later changes nothing, and is shown. So nobody chooses by a word where somebody else's deployment begins or ends, or what is owed for it.
extension Attempt {
  /// The words of strangers that are set apart from what others tell of the same deployment.
  ///
  /// That it has succeeded belongs to what they tell of, as long as nobody with standing has told of its end: that only says that
  /// more is owed for it. Where strangers alone tell of a deployment, that it was taken back is set apart where it comes from nobody who told of more
  /// than that.
  ///
  /// - Parameters:
  ///   - events: all of a release, whether they count or not, in the order of their positions.
  ///   - isStrangers: whether a word about a deployment, of which all words are given as one, is a stranger's; see
  ///     `Narrator.isStranger`.
  package static func apart(
    in events: [RecordedEvent], _ isStrangers: (RecordedEvent, Attempt) throws -> Bool
  ) rethrows -> StrangersWords {
    var apart = StrangersWords.none
    for (told, words) in grouped(events, apart: .none)
    where Set(words.map(\.person)).count > 1 || words[0].person == nil {
      guard let whole = Attempt(told.id, words) else { continue }
      var strangers = try words.filter { try isStrangers($0, whole) }
      let known = Set(strangers.map(\.position))
      let standing = words.filter { !known.contains($0.position) }
      guard let own = Attempt(told.id, standing), let line = standing.first(where: \.canBegin)?.position else {
        let tellers = Set(strangers.filter { !$0.takesBack }.compactMap(\.person))
        apart.idle.formUnion(
          strangers.filter { word in
            word.takesBack && !(word.person.map(tellers.contains) ?? false)
          }.map(\.position))
        continue
      }
      if own.end == nil,
        let success = strangers.firstIndex(where: { line < $0.position && $0.hasSucceeded })
      {
        strangers.remove(at: success)
      }
      let isAhead = strangers.first { $0.canBegin && !$0.takesBack }.map { $0.position < line } ?? false
      let positions = strangers.map(\.position)
      if isAhead { apart.ahead.formUnion(positions) } else { apart.idle.formUnion(positions) }
    }
    return apart
  }

  /// A deployment that is told of: by its id and its environment, and whether by strangers whose words are set apart.
  struct Told: Hashable {
    let deployment: AttemptID
    let isApart: Bool

    var id: String { deployment.id }
  }

  /// The words about deployments among some events, each list in the order of their positions, without those that change nothing.
  static func grouped(_ events: [RecordedEvent], apart: StrangersWords) -> [Told: [RecordedEvent]] {
    var grouped: [Told: [RecordedEvent]] = [:]
    for event in events {
      guard let deployment = event.deployment, !apart.idle.contains(event.position) else { continue }
      let told = Told(deployment: deployment, isApart: apart.ahead.contains(event.position))
      grouped[told, default: []].append(event)
    }
    return grouped
  }

  /// Whether it was told by a stranger.
  ///
  /// - Parameters:
  ///   - scope: what the deployment reaches to.
  ///   - declarers: who declared the overrides of its release.
  ///   - state: the rows as they stand at the end; who is whose account is taken as it is known now.
  package func isStrangers(
    _ scope: ActScope, _ declarers: [PersonID], given state: some LedgerState
  ) throws -> Bool {
    try Narrator(of: beginning).isStranger(to: scope, declarers, given: state)
  }
}

extension Narrator {
  package init(of event: RecordedEvent) {
    self.init(by: event.person, recorded: event.recorded, position: event.position)
  }
}

extension RecordedEvent {
  fileprivate var takesBack: Bool {
    switch event {
    case .release(.deploymentRolledback), .release(.deploymentRemoved): true
    default: false
    }
  }

  fileprivate var hasSucceeded: Bool {
    if case .release(.deploymentFinished(let data)) = event { data.outcome == .succeeded } else { false }
  }
}
