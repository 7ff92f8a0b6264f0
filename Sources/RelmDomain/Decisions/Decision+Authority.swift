extension Decision {
  /// Why an act is not authorised; nil for a fact.
  ///
  /// An act is done by a person: `authid` names them, and `authtype`, where given, is one of a person's (the
  /// CloudEvents extension *Auth Context*). Service accounts perform none.
  static func refusal(
    of type: EventType, needing authority: EventTraits.Authority, by envelope: Envelope, _ holders: Authority,
    at time: Instant
  ) -> Refusal? {
    guard authority != .none else { return nil }
    switch envelope.authtype {
    case nil, "user", "app_user": break
    case .some(let kind):
      return Refusal(
        .notAuthorised, at: "/authtype", "\(type.rawValue) is an act of a person, and \(kind) is none",
        advice: "Let a person with authority do it")
    }
    guard let actor = envelope.authid.flatMap(PersonID.init) else {
      return Refusal(
        .notAuthorised, at: "/authid", "\(type.rawValue) is an act, and nobody is named who does it",
        advice: "Name the person with --actor")
    }
    guard case .level(let needed) = authority else { return nil }
    let level = holders.level(of: actor, at: time)
    guard level ?? 0 < needed else { return nil }
    let held = level.map { "has level \($0)" } ?? "has no authority"
    let names = holders.holders(atLeast: needed, at: time).map(\.text).joined(separator: ", ")
    return Refusal(
      .notAuthorised, at: "/authid",
      "\(type.rawValue) needs authority at level \(needed), and \(actor.text) \(held)",
      advice: names.isEmpty ? "Nobody holds that level" : "Who may do it: \(names)")
  }
}
