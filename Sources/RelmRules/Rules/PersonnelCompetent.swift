internal import RelmDomain
internal import RelmProof

/// `personnel-competent`: everything about the release up to the deployment, and about the deployment itself, was recorded by
/// somebody with the level that it expects.
///
/// Looked at is who had which authority when each record was made, for this context, package and services, by what is known
/// of people before the deployment. A service account counts as its owner. Acts are passed over: they were refused where the
/// authority was missing.
///
/// Parameter: `level`, the least that is asked for even where a record expects less.
enum PersonnelCompetent: Rule {
  static let version = 1
  /// How many positions a finding shows at most.
  private static let shown = 16

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) throws -> Judgement {
    let scope = ActScope(contexts: [judged.context], services: judged.services, packages: [judged.package])
    var grants: Set<Position> = []
    var failing: [(position: Position, reason: String, remedies: [Remedy])] = []
    var count = 0
    for event in judged.concerned {
      guard let type = event.event.type, type.traits.needs == .none else { continue }
      count += 1
      let level = max(EventCatalogue.description(of: type).level, asked.level ?? 0)
      switch try speaker(of: event, state) {
      case .nobody(let reason, let remedy): failing.append((event.position, reason, [remedy]))
      case .person(let person):
        let authority = Authority(state, at: event.recorded, before: event.position)
        if let held = try authority.held(by: person, for: scope), held.level >= level {
          grants.insert(held.grant)
        } else {
          failing.append(
            (
              event.position, "was by somebody without level \(level) at that time",
              [.grant(person, level: level, for: judged), .annul(event.position)]
            ))
        }
      }
    }
    guard let first = failing.first else {
      return Judgement(
        .satisfied, "\(count) of \(count) records were by people of the level that they expect",
        at: Array(grants.sorted().prefix(shown)))
    }
    return Judgement(
      .violated,
      "position \(first.position.value) \(first.reason); \(failing.count) of \(count) records are such",
      at: failing.prefix(shown).map(\.position), remedies: failing.prefix(shown).flatMap(\.remedies))
  }

  /// Who answers for a record, or why nobody does.
  private enum Speaker {
    case person(PersonID)
    case nobody(String, Remedy)
  }

  private static func speaker(of event: RecordedEvent, _ state: some LedgerState) throws -> Speaker {
    guard let person = event.person else {
      return .nobody("was by nobody who is known", .annul(event.position))
    }
    guard let row = try state.person(person), row.kind == .service else { return .person(person) }
    guard let owner = row.owner else {
      return .nobody("was by a service account that has no owner", .own(person))
    }
    return .person(owner)
  }
}

extension Case {
  /// The release's events before the deployment, and those of the deployment, in the order of the log.
  fileprivate var concerned: [RecordedEvent] {
    let own = Set((attempt?.events ?? []).map(\.position))
    // Whoever tells of it is to be of that level, also where what they tell is set apart.
    let told = attempt.flatMap { attempt in
      attempt.isRestoration ? nil : AttemptID(.deployment, attempt.deployment, in: attempt.environment)
    }
    let concerned = events.filter {
      $0.position < line || own.contains($0.position) || (apart.contains($0.position) && $0.deployment == told)
    }
    // What restores a release is told of another one.
    guard let attempt, attempt.isRestoration else { return concerned }
    return concerned + attempt.events
  }
}
