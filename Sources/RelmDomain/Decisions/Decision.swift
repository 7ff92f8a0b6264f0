/// Whether an event may stand in the log: pure, total, and the same on every machine.
///
/// A fact is taken from anyone, in any order in which it could be true; it is refused only where it contradicts what
/// its stream says already. An act needs authority in force. What the caller must bring is ``LedgerState``.
package enum Decision {
  /// One event that is to be decided: who says what about which stream, and when.
  struct Question<State: LedgerState> {
    let type: EventType
    let envelope: Envelope
    let subject: Subject
    let state: State
    /// The ledger's clock: the time of recording.
    let time: Instant

    /// Who may do what at that time.
    var authority: Authority<State> { Authority(state, at: time) }
    /// Who says it, where that is a person.
    var speaker: PersonID? { envelope.authid.flatMap(PersonID.init) }
    /// When it happened, as far as is said.
    var happened: Instant { envelope.time?.instant ?? time }
  }

  /// Decides one event.
  ///
  /// - Parameters:
  ///   - event: what the claim's data says, decoded.
  ///   - envelope: the claim's envelope, with accounts replaced by pseudonyms.
  ///   - streamExists: whether the stream has any event, of our own or not.
  ///   - state: what the views say, all events before this one counted.
  ///   - time: the ledger's clock.
  /// - Returns: nil where the event may be recorded.
  /// - Throws: what the state throws where it cannot be read.
  package static func decide(
    _ event: Event, in envelope: Envelope, streamExists: Bool, given state: some LedgerState, at time: Instant
  ) throws -> Refusal? {
    if envelope.authsignature != nil {
      // A signature that nobody has checked would say to a reader that somebody has.
      return Refusal(
        .badInput, at: "/authsignature", "signatures are not checked yet, and what is not checked is not taken",
        advice: "Leave it out")
    }
    guard let type = event.type else { return refusal(ofUnknown: event, in: envelope) }
    let traits = type.traits
    guard let subject = envelope.subject.flatMap(Subject.named), subject.kind == traits.stream else {
      return refusal(ofSubject: envelope.subject, for: type)
    }
    if let failure = subject.unprintable {
      return Refusal(
        .badInput, at: "/subject", failure.reason, advice: "Give it a name that can be printed")
    }
    if !streamExists, let failure = subject.misread {
      return Refusal(.badInput, at: "/subject", failure.reason, advice: "Write the name without it")
    }
    if !traits.opensStream, !streamExists {
      return Refusal(
        .contradiction, at: "/subject",
        "nothing is recorded about \(envelope.subject ?? ""), and \(type.rawValue) cannot be the first",
        advice: "Check the subject, or record first how it came about")
    }
    let question = Question(type: type, envelope: envelope, subject: subject, state: state, time: time)
    let need = try need(of: event, question)
    if let person = question.speaker, try state.person(person)?.erased != nil {
      return contradicts(
        pointer: "/authid", "\(person.text) is erased, and says nothing any more",
        advice: "Name who says it now")
    }
    // Who may not do it at all is told so first. A party is named by what was recorded, which is looked at before.
    if case .level(let level) = need, let refusal = try refusal(of: event, at: level, question) {
      return refusal
    }
    if let refusal = try contradiction(of: event, question, streamExists: streamExists) { return refusal }
    return need == .namedParty ? try refusal(of: event, at: nil, question) : nil
  }

  /// Why an act may not be done by who does it; nil where it may.
  ///
  /// - Parameter usual: the level that it usually needs; nil for an act of a party that was named.
  private static func refusal(
    of event: Event, at usual: Int?, _ question: Question<some LedgerState>
  ) throws -> Refusal? {
    let actor: PersonID
    switch try Self.actor(of: question.type, in: question.envelope, question.state) {
    case .failure(let refusal): return refusal
    case .success(let named): actor = named
    }
    if let refusal = try conflict(of: event, by: actor, question) { return refusal }
    guard let usual, let level = try level(of: event, usually: usual, by: actor, question) else { return nil }
    let scope = try scope(of: event, question)
    let refusal = try refusal(of: question.type, at: level, by: actor, for: scope, question.authority)
    return try refusal.map { try advising(on: $0, at: level, by: actor, scope, question) }
  }

  /// What an event reaches to, with what policies rest on it.
  static func scope(of event: Event, _ question: Question<some LedgerState>) throws -> ActScope {
    let scope = try ActScope.of(event, question.subject, question.state)
    return try policiesAsking(for: event, question).reduce(scope) { $0.union(.of($1)) }
  }

  /// Why an event contradicts what is recorded, whoever says it.
  private static func contradiction(
    of event: Event, _ question: Question<some LedgerState>, streamExists: Bool
  ) throws -> Refusal? {
    switch event {
    case .release(let event): try decide(event, question)
    case .ledger(let event): try decide(event, question, streamExists: streamExists)
    case .person(let event): try decide(event, question)
    case .policy(let event): try decide(event, question)
    case .procedure(let event): try decide(event, question)
    case .capability(let event): try decide(event, question)
    case .environment(let event): try decide(event, question)
    case .service(let event): try decide(event, question)
    case .incident(let event): try decide(event, question)
    case .foreign, .newer: nil
    }
  }

  /// Why somebody may not do just this, whatever their authority: duties that one human may not have together.
  private static func conflict(
    of event: Event, by actor: PersonID, _ question: Question<some LedgerState>
  ) throws -> Refusal? {
    switch event {
    case .release(let event): try conflict(of: event, by: actor, question)
    case .ledger(let event): try conflict(of: event, by: actor, question)
    case .person(let event): try conflict(of: event, by: actor, question)
    case .policy, .procedure, .capability, .environment, .service, .incident, .foreign, .newer: nil
    }
  }

  /// Why a subject is not one that the type belongs to: what is wrong with its spelling, where it was meant to be one.
  private static func refusal(ofSubject text: String?, for type: EventType) -> Refusal {
    let stream = type.traits.stream
    let kind = stream.pattern.prefix { $0 != "/" }
    do {
      if let text, text.hasPrefix(kind + "/") { _ = try Subject(text) }
    } catch {
      return Refusal(.badInput, at: "/subject", error.reason, advice: "The subject is \(stream.pattern)")
    }
    return Refusal(
      .badInput, at: "/subject",
      "\(type.rawValue) belongs to \(stream.inWords), and the subject names none",
      advice: "Give the subject as \(stream.pattern)")
  }

  private static func refusal(ofUnknown event: Event, in envelope: Envelope) -> Refusal? {
    guard event == .newer else { return nil }
    if EventType.named(envelope.type) != nil {
      return Refusal(
        .newerFormat, at: "/dataschema", "this version of \(envelope.type) is newer than this program",
        advice: "Use a newer relm")
    }
    let nearest = EventCatalogue.nearest(to: envelope.type).map { "Did you mean \($0)?" }
    return Refusal(
      .badInput, at: "/type", "\(envelope.type) is not an event type that this program knows",
      advice: nearest
        ?? "See relm record --help for the types, or name a type of your own without the prefix relm.")
  }

  /// A contradiction at a field.
  static func contradicts(_ field: String, _ reason: String, advice: String) -> Refusal {
    contradicts(pointer: field.isEmpty ? "/type" : "/data/\(field)", reason, advice: advice)
  }

  static func contradicts(pointer: String, _ reason: String, advice: String) -> Refusal {
    Refusal(.contradiction, at: pointer, reason, advice: advice)
  }

  /// An act that this person may not do.
  static func forbids(_ reason: String, advice: String) -> Refusal {
    Refusal(.notAuthorised, at: "/authid", reason, advice: advice)
  }
}
