internal import RelmProof

/// One rule says who may undo what.
///
/// An annulment is followed, over the annulments that it annuls in turn, to what then counts or stops counting. By that it
/// is judged:
///
/// 1. It needs the highest level of all that it reaches, over the scope of what it ends at, and 5 at least.
/// 2. What somebody alone can say counts again only by their saying it again: an approval, an authorisation, a waiver.
/// 3. Where it could loosen something, nobody does it who had a hand in what it ends at, over all linked accounts:
///
/// | what it ends at | stops counting | counts again |
/// |---|---|---|
/// | tightens: a failure, a finding, a refusal, an ending, a freeze, a policy, a revocation | whoever recorded it, is named in it, or had a duty in the release | anyone |
/// | permits: an approval, a grant, a waiver | anyone | whoever recorded it, is named in it, or had a duty in the release |
/// | a plan, or another fact | whom it names, and of a plan whoever had a duty in the release | whoever recorded it, is named in it, or had a duty in the release |
/// | a grant of authority, or a revocation | whose authority would come back | whose authority would come back |
/// | a deployment, or a part of one | anyone: it stays in every report, as annulled | anyone |
///
/// What rests on it, and tightens, goes with it: the refusal of a request, the bad end of a support. So an annulment that makes
/// something stop counting is judged by that too.
///
/// What a service account recorded, its owner has recorded.
///
/// Whoever annulled something may take that back: then all is as it was before.
extension Decision {
  /// What an annulment comes to in the end.
  struct Undoing {
    /// What then counts again, or stops counting: no annulment.
    let target: RecordedEvent
    let countsAgain: Bool
    /// What is annulled, from the latest to the target.
    let chain: [RecordedEvent]
  }

  /// Follows an annulment to its end; nil where it names no event.
  static func undoing(of position: Position, _ state: some LedgerState) throws -> Undoing? {
    var chain: [RecordedEvent] = []
    var next: Position? = position
    // Whoever annuls stands later, so that this ends.
    while let position = next, let event = try state.event(at: position) {
      chain.append(event)
      next = nil
      if case .ledger(.eventAnnulled(let data)) = event.event { next = data.position }
    }
    guard let target = chain.last else { return nil }
    return Undoing(target: target, countsAgain: chain.count.isMultiple(of: 2), chain: chain)
  }

  // MARK: What may be annulled

  /// How long a chain of annulments may be, before what it ends at: whether something counts is found out link by link.
  private static let longestChain = 16

  static func decideAnnulment(
    _ data: EventAnnulled, _ question: Question<some LedgerState>
  ) throws -> Refusal? {
    guard let undoing = try undoing(of: data.position, question.state), let named = undoing.chain.first else {
      return contradicts(
        "position", "there is no event at position \(data.position.value)", advice: "Check the position")
    }
    guard undoing.chain.count <= longestChain else {
      return contradicts(
        "position",
        "position \(data.position.value) is the last of \(longestChain) annulments in a row, of which each annuls the one before",
        advice: "Record anew what is to count, or annul no more of it")
    }
    guard let type = named.event.type else {
      return contradicts(
        "position",
        "position \(data.position.value) holds \(named.record.envelope.type), which moves nothing here",
        advice: "Nothing is left to do")
    }
    guard type.canBeAnnulled else {
      return contradicts(
        "position",
        "\(type.rawValue) cannot be annulled: it says what the ledger or somebody under it has done",
        advice: "Record what follows from it")
    }
    guard try question.state.counts(data.position) else {
      return contradicts(
        "position", "position \(data.position.value) is annulled already", advice: "Nothing is left to do")
    }
    if let again = undoing.target.event.onlySaid(again: undoing.countsAgain) {
      return contradicts(
        "position", "\(again) would count again, and it does so only by the word of who gives it",
        advice: "Let it be given anew")
    }
    return try lastStanding(undoing, question)
  }

  /// Whether somebody would still hold level 6 without end or limit.
  private static func lastStanding(
    _ undoing: Undoing, _ question: Question<some LedgerState>
  ) throws -> Refusal? {
    var gone: Position?
    if case .person(.authorityGranted) = undoing.target.event, !undoing.countsAgain {
      gone = undoing.target.position
    }
    if case .person(.authorityRevoked(let data)) = undoing.target.event, undoing.countsAgain {
      gone = data.grant
    }
    guard let gone, try question.authority.grant(at: gone)?.grant.isStanding == true else { return nil }
    guard try !question.authority.standsWithout(gone) else { return nil }
    return contradicts(
      "position", "nobody else holds level 6 without end or limit, and somebody must",
      advice: "Grant it to somebody first")
  }

  /// The highest level of all that an annulment reaches, of what loosens as an act also where its type is a fact.
  static func annulmentLevel(
    _ position: Position, _ question: Question<some LedgerState>, _ usual: Int
  ) throws -> Int {
    guard let undoing = try undoing(of: position, question.state) else { return usual }
    let reached = try undoing.chain + tightening(under: undoing, question)
    let least = try max(usual, preauthorisingLevel(around: undoing, question))
    return reached.map(\.event).reduce(least) { level, event in
      if case .environment(.environmentRegistered) = event { return max(level, 6) }
      // Who had a duty is told by these; that somebody had one is never lost by the word of a single approver.
      if !undoing.countsAgain, event.namesDuties { return max(level, 6) }
      return max(level, event.type.map { EventCatalogue.description(of: $0).level } ?? usual)
    }
  }

  /// What tightens and says nothing any more where what an annulment ends at stops counting.
  private static func tightening(
    under undoing: Undoing, _ question: Question<some LedgerState>
  ) throws -> [RecordedEvent] {
    guard !undoing.countsAgain, case .release(let said) = undoing.target.event,
      case .release(let package, let version)? = undoing.target.subject
    else { return [] }
    var positions: [Position] = []
    if case .authorisationRequested(let data) = said {
      let row = try question.state.approval(package, version, ApprovalID.authorisation(data.authorisation))
      positions += [row?.decided?.position].compactMap { $0 }
    }
    if let step = said.attempt, step.isBeginning, step.kind != .deployment {
      positions +=
        try question.state.attempt(package, version, step.attemptID)?.others(than: undoing.target.position)
        ?? []
    }
    return try positions.compactMap { try question.state.event(at: $0) }.filter {
      $0.event.bearing == .tightens
    }
  }

  // MARK: Who may annul it

  /// Why this person may not annul just this.
  static func conflict(
    of event: LedgerEvent, by actor: PersonID, _ question: Question<some LedgerState>
  ) throws -> Refusal? {
    guard case .eventAnnulled(let data) = event,
      let undoing = try undoing(of: data.position, question.state), let annulled = undoing.chain.first,
      // What nobody may annul is told as that.
      annulled.event.type?.canBeAnnulled ?? false,
      undoing.target.event.onlySaid(again: undoing.countsAgain) == nil
    else { return nil }
    // An annulment is taken back by who made it: then everything is as it was before.
    if annulled.event.type == .eventAnnulled, let own = annulled.person,
      try question.authority.isSame(own, actor)
    {
      return nil
    }
    let target = undoing.target
    let barred =
      try barred(from: undoing, question)
      + tightening(under: undoing, question).flatMap { event in
        try self.barred(from: Undoing(target: event, countsAgain: false, chain: [event]), question)
      }
    for (person, hand) in barred where try question.authority.isSame(person, actor) {
      let effect = undoing.countsAgain ? "count again" : "stop counting"
      return try forbids(
        "position \(target.position.value) would \(effect), and \(person.text) \(hand)",
        advice: somebodyElse(
          at: annulmentLevel(data.position, question, 5),
          for: ActScope.of(.ledger(event), question.subject, question.state), than: barred.map(\.person),
          question.authority))
    }
    return nil
  }

  /// Whom an annulment could excuse, and for what hand in it: they do not do it.
  private static func barred(
    from undoing: Undoing, _ question: Question<some LedgerState>
  ) throws -> [(person: PersonID, hand: String)] {
    let target = undoing.target
    let recorder = try (target.person.map { [$0] } ?? []).flatMap { person -> [(PersonID, String)] in
      let row = try question.state.person(person)
      let owner = row?.kind == .service ? row?.owner : nil
      return [(person, "recorded it")] + (owner.map { [($0, "owns the account that recorded it")] } ?? [])
    }
    let named = try named(in: target, question).map { ($0, "is named in it") }
    switch (target.event.bearing, undoing.countsAgain) {
    case (.tightens, false), (.permits, true), (.neutral, true), (.plans, true):
      return try recorder + named + duties(around: target, question)
    case (.plans, false): return try named + duties(around: target, question)
    case (.neutral, false), (.empowers, true), (.disempowers, false): return named
    case (.tightens, true), (.permits, false), (.empowers, false), (.disempowers, true), (.isKept, _): return []
    }
  }

  /// Whom an event is about: whom it names, and whose authority, accounts or attempt it concerns.
  private static func named(
    in target: RecordedEvent, _ question: Question<some LedgerState>
  ) throws -> [PersonID] {
    var people = target.event.persons
    if case .person(let person)? = target.subject { people.append(person) }
    if case .release(let event) = target.event, let attempt = event.attempt,
      case .release(let package, let version)? = target.subject
    {
      let row = try question.state.attempt(package, version, attempt.attemptID)
      people += [row?.initiator, row?.begun?.by].compactMap { $0 }
    }
    return people
  }

  /// Who had a duty in the releases that an event is about.
  private static func duties(
    around target: RecordedEvent, _ question: Question<some LedgerState>
  ) throws -> [(person: PersonID, hand: String)] {
    let releases = [target.subject].compactMap { $0 } + target.event.mentionedReleases(from: target.subject)
    return try releases.flatMap { subject -> [(person: PersonID, hand: String)] in
      guard case .release(let package, let version) = subject else { return [] }
      let hands = try question.state.release(package, version)?.hands ?? []
      return hands.map { ($0.person, "was \($0.duty.inWords) of \(subject.text)") }
    }
  }
}

extension ReleaseRow.Duty {
  fileprivate var inWords: String {
    switch self {
    case .author, .approver, .initiator: "an \(rawValue)"
    case .requester, .manager, .deployer, .refuser: "a \(rawValue)"
    }
  }
}

extension EventType {
  /// Whether an annulment may make it not count. Not what the ledger says of itself, nor a gate's decision, nor an
  /// override; and not what cannot be undone.
  package var canBeAnnulled: Bool {
    let lasting: [EventType] = [
      .ledgerOpened, .ledgerKeyRotated, .ledgerSealed, .ledgerClockSuspect, .gateDecided, .overrideDeclared,
      .subjectErased, .evidenceDisposed,
    ]
    return !lasting.contains(self)
  }
}
