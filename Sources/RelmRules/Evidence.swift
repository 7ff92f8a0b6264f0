internal import RelmDomain
internal import RelmProof

/// Who may bring the evidence that a requirement asks for, of one deployment.
///
/// Good news counts only from those whom the requirement names; bad news, a test that failed, counts from anybody. What links
/// one digest to another is evidence as well: by it a test of one thing is taken for a test of another.
struct Evidence<State: LedgerState> {
  private let source: PolicyDocument.EvidenceSource
  private let state: State
  private let authority: Authority<State>
  /// The humans who had a duty that whoever brings evidence may not have had; nil where that cannot be told.
  private let insiders: Set<PersonID>?

  init(_ source: PolicyDocument.EvidenceSource, of judged: Case, given state: State) throws {
    self.source = source
    self.state = state
    authority = Authority(state, at: judged.begun)
    insiders = try Self.insiders(source.independentOf, judged, state, authority)
  }

  /// Whether an event is by one of those who may bring it.
  func isAllowed(_ event: RecordedEvent) throws -> Bool {
    guard let person = event.person else { return false }
    return try isNamed(person, event) && isIndependent(person, event)
  }

  // MARK: Who is named

  private func isNamed(_ person: PersonID, _ event: RecordedEvent) throws -> Bool {
    let isService = try authority.isService(person)
    if source.kinds.contains(isService ? .service : .human) || namesNobody {
      if try answering(for: person) != nil { return true }
    }
    if try source.accounts.contains(where: { try isSame($0, person, isService) }) { return true }
    return try source.capabilities.contains { try isOf($0, person, isService, event) }
  }

  private var namesNobody: Bool {
    source.kinds.isEmpty && source.accounts.isEmpty && source.capabilities.isEmpty
  }

  /// Whether two accounts are one human's; a service account is itself alone.
  private func isSame(_ named: PersonID, _ person: PersonID, _ isService: Bool) throws -> Bool {
    if named == person { return true }
    guard try !isService && !authority.isService(named) else { return false }
    return try authority.isSame(named, person)
  }

  /// Whether somebody stands for a capability: one of its people, or a service account of its owner that worked with it.
  private func isOf(
    _ capability: String, _ person: PersonID, _ isService: Bool, _ event: RecordedEvent
  ) throws -> Bool {
    guard let row = try state.capability(capability), row.withdrawn == nil, try isWellRegistered(row) else {
      return false
    }
    guard isService else {
      return try ([row.owner] + row.people).contains { try isSame($0, person, false) }
    }
    guard event.event.tool?.capability == capability, let owner = try state.person(person)?.owner else {
      return false
    }
    return try authority.isSame(owner, row.owner)
  }

  /// Whether a capability was registered by somebody of the level that its type expects: else whoever registers it again
  /// would own it.
  private func isWellRegistered(_ row: CapabilityRow) throws -> Bool {
    guard let event = try state.event(at: row.registered.position), let person = event.person else {
      return false
    }
    let authority = Authority(state, at: event.recorded, before: event.position)
    let level = EventCatalogue.description(of: .capabilityRegistered).level
    return try authority.held(by: person, for: ActScope()).map { $0.level >= level } ?? false
  }

  /// The human who answers for an account: its own, or its owner; nil where that is not known.
  private func answering(for person: PersonID) throws -> PersonID? {
    let human = try authority.isService(person) ? try state.person(person)?.owner : person
    guard let human, try state.isKnownHuman(human) else { return nil }
    return try authority.human(of: human)
  }

  // MARK: Who is independent

  private func isIndependent(_ person: PersonID, _ event: RecordedEvent) throws -> Bool {
    guard !source.independentOf.isEmpty else { return true }
    guard let insiders, let human = try answering(for: person), !insiders.contains(human) else { return false }
    let partakers = try event.event.partakers.map { try authority.human(of: $0) }
    return partakers.isEmpty || !partakers.allSatisfy(insiders.contains)
  }

  private static func insiders(
    _ duties: [PolicyDocument.IndependentOf], _ judged: Case, _ state: State, _ authority: Authority<State>
  ) throws -> Set<PersonID>? {
    var people: [PersonID] = []
    for duty in duties {
      switch duty {
      case .author:
        guard let authors = judged.holders(of: .author).all else { return nil }
        people += authors
      case .initiator:
        // A build that names nobody was set going by who recorded it; one that a machine began, by nobody who is known. Who
        // records one and names another has set it going too.
        people += judged.facts { event -> PersonID?? in
          guard case .buildFinished(let data) = event else { return nil }
          return .some(data.initiator)
        }.flatMap { build -> [PersonID] in
          guard let named = build.data else { return [build.event.person].compactMap { $0 } }
          return [named] + [build.event.person].compactMap { $0 }.filter(judged.humanRecorders.contains)
        }
      }
    }
    var humans: Set<PersonID> = []
    for person in people where try !authority.isService(person) {
      guard try state.isKnownHuman(person) else { return nil }
      humans.insert(try authority.human(of: person))
    }
    return humans
  }
}

extension Case {
  /// The deployment as a requirement sees it that says who may bring its evidence, and what of that is left out.
  func sifted(
    by asked: PolicyDocument.Requirement, given state: some LedgerState
  ) throws -> (seen: Case, left: [RecordedEvent]) {
    guard let source = asked.by else { return (self, []) }
    let evidence = try Evidence(source, of: self, given: state)
    let left = try (events + configuration + observations).filter { event in
      try asked.isMet(by: event.event) && !evidence.isAllowed(event)
    }
    return (without(Set(left.map(\.position))), left)
  }
}

extension PolicyDocument.Requirement {
  /// Whether an event speaks for what the requirement asks, and so has to come from those whom it names.
  fileprivate func isMet(by event: Event) -> Bool {
    switch event {
    case .release(.packagePublished(let data)): return !data.derivedFrom.isEmpty || !data.digests.isEmpty
    case .release(.buildFinished(let data)):
      // What says that two digests are of one artifact lets a test of the one count for the other.
      return data.outcome == .succeeded
        && (rule == .built || !ReleaseEvent.buildFinished(data).digestSets.isEmpty)
    case .release(.testFinished(let data)): return rule == .tested && data.outcome == .succeeded
    case .release(.attestationRecorded): return rule == .attested
    case .release(.validationFinished(let data)):
      return rule == .validated && data.outcome == .succeeded && data.criteria.allSatisfy { $0.result == .met }
    case .release(.verificationFinished(let data)):
      return rule == .verified && data.outcome == .succeeded && data.checks.allSatisfy { $0.result == .met }
    case .release(.componentAssessed(let data)):
      return rule == .componentsAssessed && data.verdict != .unacceptable
    case .release(.riskAssessed(let data)):
      return rule == .riskAssessed && data.residual <= maximumResidual ?? Int.max
    case .environment(.environmentObserved): return rule == .reconciled
    case .environment(.baselineRecorded): return rule == .baselined
    case .release, .environment, .ledger, .person, .policy, .procedure, .capability, .service, .incident,
      .foreign, .newer:
      return false
    }
  }
}

extension Event {
  /// What it was made with.
  var tool: Tool? {
    switch self {
    case .release(.buildFinished(let data)): data.tool
    case .release(.testFinished(let data)): data.tool
    case .release(.packagePublished(let data)): data.tool
    case .release(.componentAssessed(let data)): data.tool
    case .release(.verificationFinished(let data)): data.tool
    case .environment(.environmentObserved(let data)): data.tool
    case .release, .environment, .ledger, .person, .policy, .procedure, .capability, .service, .incident,
      .foreign, .newer:
      nil
    }
  }

  /// Who did the work that it tells of, by its own account.
  fileprivate var partakers: [PersonID] {
    switch self {
    case .release(.testFinished(let data)):
      data.participants.map(\.person) + (data.mode == .manual ? [data.initiator].compactMap { $0 } : [])
    case .release(.verificationFinished(let data)): data.participants.map(\.person)
    case .release(.validationFinished(let data)): data.validators
    case .release, .environment, .ledger, .person, .policy, .procedure, .capability, .service, .incident,
      .foreign, .newer:
      []
    }
  }
}

extension Judgement {
  /// How many records are named one by one.
  private static let named = 4

  /// The same, saying whose evidence was left out.
  func leaving(_ left: [RecordedEvent]) -> Judgement {
    guard !left.isEmpty else { return self }
    let places = left.prefix(Self.named).map { event in
      "position \(event.position.value) by \(event.person?.text ?? "nobody who is known")"
    }
    let more = left.count > Self.named ? " and \(left.count - Self.named) more" : ""
    return Judgement(
      outcome,
      "\(reason); left out, as the policy does not take it from them: \(places.joined(separator: ", "))\(more)",
      at: positions + left.prefix(Self.named).map(\.position), due: due, remedies: remedies)
  }
}
