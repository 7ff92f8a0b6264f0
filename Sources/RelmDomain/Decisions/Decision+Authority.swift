internal import RelmProof

extension Decision {
  /// Who acts: the person whom `authid` names. `authtype`, where given, is one of a person's (the CloudEvents extension
  /// *Auth Context*). Service accounts perform no acts.
  static func actor(
    of type: EventType, in envelope: Envelope, _ state: some LedgerState
  ) throws -> Result<PersonID, Refusal> {
    switch envelope.authtype {
    case nil, "user", "app_user": break
    case .some(let kind):
      return .failure(
        Refusal(
          .notAuthorised, at: "/authtype", "\(type.rawValue) is an act of a person, and \(kind) is none",
          advice: "Let a person with authority do it"))
    }
    // What is a fact needs authority only where it loosens.
    let isAct =
      type.traits.needs == .none
      ? "makes rules ask less by this, and so is an act of a person here" : "is an act of a person"
    guard let actor = envelope.authid.flatMap(PersonID.init) else {
      return .failure(
        Refusal(
          .notAuthorised, at: "/authid", "\(type.rawValue) \(isAct), and nobody is named who does it",
          advice: "Name the person with --actor"))
    }
    let row = try state.person(actor)
    guard row?.kind != .service else {
      let owner = row?.owner.map { "Its owner is \($0.text); let them or somebody else with authority do it" }
      return .failure(
        Refusal(
          .notAuthorised, at: "/authid",
          "\(type.rawValue) \(isAct), and \(actor.text) is a service account",
          advice: owner ?? "Let a person with authority do it"))
    }
    return .success(actor)
  }

  /// Who could do what some people may not, for a refusal to name; where there is nobody, how there will be.
  static func somebodyElse(
    at level: Int, for scope: ActScope, than people: [PersonID], _ authority: Authority<some LedgerState>
  ) throws -> String {
    let others = try authority.holders(of: level, for: scope).filter { holder in
      try !people.contains { try authority.isSame($0, holder) }
    }
    guard others.isEmpty else {
      return "Who may do it: \(others.prefix(8).map(\.text).joined(separator: ", "))"
    }
    return
      "Nobody holds level \(level) there who may do it; grant level \(level) to somebody who is none of those who may not: "
      + "relm record authority.granted --subject person/ACCOUNT level=\(level) contexts=production contexts=development"
  }

  /// Why somebody may not act at a level; nil where they may.
  static func refusal(
    of type: EventType, at level: Int, by actor: PersonID, for scope: ActScope,
    _ authority: Authority<some LedgerState>
  ) throws -> Refusal? {
    let held = try authority.held(by: actor, for: scope)
    guard held?.level ?? 0 < level else { return nil }
    let has = held.map { "has level \($0.level)" } ?? "has no authority"
    // A fact that needs authority is one that loosens.
    let effect =
      type == .environmentRegistered && level == 4 ? "puts other policies over it" : "makes rules ask less"
    var needs = type.traits.needs == .none ? "\(effect) by this, and so needs" : "needs"
    if type == .procedurePublished, case .level(let usual) = type.traits.needs, usual < level {
      needs = "preauthorises releases by this, as their approvers would, and so needs"
    }
    let reason =
      "\(type.rawValue) \(needs) authority at level \(level)\(scope.inWords), and \(actor.text) \(has) there"
    let holders = try authority.holders(of: level, for: scope)
    if let other = try holders.first(where: { try authority.isSame($0, actor) }) {
      return Refusal(
        .notAuthorised, at: "/authid", reason,
        advice: "It is an account of \(other.text), who lends it that authority with 'relm person confirm'")
    }
    let names = holders.prefix(8).map(\.text).joined(separator: ", ")
    return Refusal(
      .notAuthorised, at: "/authid", reason,
      advice: names.isEmpty ? "Nobody holds that level there; level 6 can grant it" : "Who may do it: \(names)")
  }
}
