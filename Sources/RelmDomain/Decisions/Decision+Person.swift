internal import RelmProof

extension Decision {
  /// Who is whom, and who may do what.
  static func decide(_ event: PersonEvent, _ question: Question<some LedgerState>) throws -> Refusal? {
    guard case .person(let person) = question.subject else { return nil }
    switch event {
    case .personLinked(let data): return try decideLink(data, person, question)
    case .personLinkConfirmed(let data): return try decideConfirmation(data, person, question)
    case .personNamed:
      guard try question.state.person(person)?.erased != nil else { return nil }
      return contradicts("", "\(person.text) is erased", advice: "Nothing is left to do")
    case .authorityGranted(let data): return try decideGrant(data, person, question)
    case .authorityRevoked(let data):
      guard let grant = try grant(data.grant, of: person, question) else {
        return unknownGrant(data.grant, person)
      }
      if let revoked = grant.revoked {
        return contradicts(
          "grant", "the grant was revoked already, at position \(revoked.position.value)",
          advice: "Nothing is left to do")
      }
      guard grant.isStanding, try !question.authority.standsWithout(data.grant) else { return nil }
      return contradicts(
        "grant", "nobody else holds level 6 without end or limit, and somebody must",
        advice: "Grant it to somebody first")
    case .authorityReviewed(let data):
      guard try grant(data.grant, of: person, question) == nil else { return nil }
      return unknownGrant(data.grant, person)
    }
  }

  private static func grant(
    _ position: Position, of person: PersonID, _ question: Question<some LedgerState>
  ) throws -> PersonRow.Grant? {
    try question.state.person(person)?.grants.first { $0.position == position }
  }

  private static func unknownGrant(_ position: Position, _ person: PersonID) -> Refusal {
    contradicts(
      "grant", "position \(position.value) is no grant to \(person.text)",
      advice: "Name the position of the grant, as 'relm person list' shows it")
  }

  private static func decideLink(
    _ data: PersonLinked, _ person: PersonID, _ question: Question<some LedgerState>
  ) throws -> Refusal? {
    let row = try question.state.person(person)
    for account in [person] + data.accounts where try question.state.person(account)?.erased != nil {
      return contradicts("accounts", "\(account.text) is erased", advice: "Name accounts that are there")
    }
    switch data.kind {
    case .human:
      if row?.kind == .service {
        return contradicts(
          "kind", "\(person.text) is a service account, and does not become a human being by a link",
          advice: "Give the person an account of their own; if the service account never was one, annul that")
      }
      guard data.owner == nil else {
        return contradicts("owner", "a human being has no owner", advice: "Leave it out, or say kind=service")
      }
      if let human = row?.human {
        return contradicts(
          "", "\(person.text) is linked to \(human.text) already", advice: "Link to \(human.text) instead")
      }
      for (place, account) in data.accounts.enumerated() {
        if account == person {
          return contradicts("accounts/\(place)", "it is the person itself", advice: "Leave it out")
        }
        let other = try question.state.person(account)
        if let human = other?.human, human != person {
          return contradicts(
            "accounts/\(place)", "\(account.text) is linked to \(human.text) already",
            advice: "Annul that link first, if it is wrong")
        }
        if let other, other.kind == .service || !other.accounts.isEmpty {
          let what = other.kind == .service ? "a service account" : "somebody who has accounts linked"
          return contradicts(
            "accounts/\(place)", "\(account.text) is \(what)", advice: "Link the accounts to one")
        }
      }
      return nil
    case .service:
      guard let owner = data.owner else {
        return Refusal(
          .badInput, at: "/data/owner", "a service account has an owner", advice: "Name who answers for it")
      }
      guard data.accounts.isEmpty else {
        return contradicts("accounts", "a service account stands by itself", advice: "Link each by itself")
      }
      if try owner == person || question.authority.isService(owner) {
        return contradicts("owner", "the owner of a service account is a human being", advice: "Name a person")
      }
      guard let row,
        row.human != nil || !row.accounts.isEmpty || row.grants.contains(where: { $0.revoked == nil })
      else { return nil }
      return contradicts(
        "kind", "\(person.text) is a human being, who has authority or other accounts",
        advice: "Annul or revoke that first, if it is wrong")
    }
  }

  private static func decideConfirmation(
    _ data: PersonLinkConfirmed, _ person: PersonID, _ question: Question<some LedgerState>
  ) throws -> Refusal? {
    let row = try question.state.person(person)
    guard let link = row?.links.last(where: { $0.account == data.account }), row?.human == nil else {
      return contradicts(
        "account", "\(data.account.text) is not linked to \(person.text)",
        advice: "Name the link as it stands, with the subject that the accounts were linked to")
    }
    let back = try question.state.person(data.account)?.links.last { $0.account == person }
    let isSaid =
      switch question.speaker {
      case person: link.lent != nil
      case data.account: back?.lent != nil
      default: link.lent != nil && back?.lent != nil
      }
    guard isSaid else { return nil }
    return contradicts("account", "that is confirmed already", advice: "Nothing is left to do")
  }

  private static func decideGrant(
    _ data: AuthorityGranted, _ person: PersonID, _ question: Question<some LedgerState>
  ) throws -> Refusal? {
    if try question.authority.isService(person) {
      return contradicts(
        "", "\(person.text) is a service account, which performs no acts", advice: "Name a person")
    }
    if try question.state.person(person)?.erased != nil {
      return contradicts("", "\(person.text) is erased", advice: "Name a person who is there")
    }
    let from = max(data.from?.instant ?? question.time, question.time)
    if let until = data.until, until.instant <= from {
      return contradicts("until", "the grant would end before it begins", advice: "Correct the times")
    }
    guard let origin = data.delegatedFrom else { return nil }
    guard let source = try question.authority.grant(at: origin) else {
      return contradicts(
        "delegatedFrom", "position \(origin.value) is no grant that counts",
        advice: "Name the position of the grant, as 'relm person list' shows it")
    }
    guard source.grant.delegatedFrom == nil else {
      return contradicts(
        "delegatedFrom", "that authority is delegated itself, and is not delegated onward",
        advice: "Delegate from the grant that it comes from")
    }
    guard try question.authority.isInForce(source.grant) else {
      return contradicts(
        "delegatedFrom", "the grant at position \(origin.value) is not in force",
        advice: "Delegate from one that is")
    }
    guard try !question.authority.isSame(source.person, person) else {
      return contradicts("delegatedFrom", "nobody delegates to themselves", advice: "Name somebody else")
    }
    return wider(data, than: source.grant)
  }

  /// Where a delegation would reach further than what it comes from.
  private static func wider(_ data: AuthorityGranted, than grant: PersonRow.Grant) -> Refusal? {
    func refusal(_ field: String, _ reason: String) -> Refusal {
      contradicts(field, "\(reason): a delegation is never wider than what it comes from", advice: "Narrow it")
    }
    if data.level > grant.level { return refusal("level", "the grant reaches to level \(grant.level)") }
    if data.contexts.contains(where: { !grant.contexts.contains($0) }) {
      return refusal("contexts", "the grant is for \(grant.contexts.map(\.rawValue).joined(separator: ", "))")
    }
    if !isWithin(data.services, grant.services) {
      return refusal("services", "the grant is for \(grant.services.joined(separator: ", "))")
    }
    if !isWithin(data.packages, grant.packages) {
      return refusal("packages", "the grant is for \(grant.packages.joined(separator: ", "))")
    }
    guard let until = data.until else {
      return Refusal(.badInput, at: "/data/until", "a delegation ends", advice: "Say until when")
    }
    if let end = grant.until, until.instant > end { return refusal("until", "the grant ends before that") }
    return nil
  }

  private static func isWithin(_ asked: [String], _ granted: [String]) -> Bool {
    granted.isEmpty || (!asked.isEmpty && asked.allSatisfy(granted.contains))
  }

  static func conflict(
    of event: PersonEvent, by actor: PersonID, _ question: Question<some LedgerState>
  ) throws -> Refusal? {
    guard case .person(let person) = question.subject else { return nil }
    switch event {
    case .personLinked(let data): return try conflict(of: data, by: actor, person, question)
    case .personLinkConfirmed(let data): return try conflict(of: data, by: actor, person, question)
    case .authorityGranted: break
    case .personNamed, .authorityRevoked, .authorityReviewed: return nil
    }
    if try question.authority.isSame(actor, person) {
      return forbids("nobody grants authority to themselves", advice: "Let somebody else at level 6 do it")
    }
    let held = try question.authority.held(
      by: actor, for: ActScope.of(.person(event), question.subject, question.state))
    guard held?.isDelegated == true else { return nil }
    return forbids(
      "the authority of \(actor.text) is delegated, and is not handed onward",
      advice: "Let who delegated it do it")
  }

  /// Nobody says who they are themselves: whoever links accounts has none of them.
  private static func conflict(
    of data: PersonLinked, by actor: PersonID, _ person: PersonID, _ question: Question<some LedgerState>
  ) throws -> Refusal? {
    for account in [person] + data.accounts where try question.authority.isSame(actor, account) {
      return forbids(
        "nobody links an account of their own",
        advice: try somebodyElse(at: 6, for: .everything, than: [actor], question.authority))
    }
    return nil
  }

  /// A link is confirmed by its sides, each for itself, or by a second person who agrees to it.
  private static func conflict(
    of data: PersonLinkConfirmed, by actor: PersonID, _ person: PersonID, _ question: Question<some LedgerState>
  ) throws -> Refusal? {
    guard actor != person, actor != data.account else { return nil }
    let link = try question.state.person(person)?.links.last { $0.account == data.account }
    for other in [person, data.account, link?.by].compactMap({ $0 })
    where try question.authority.isSame(actor, other) {
      return forbids(
        "the link is confirmed by one of its accounts, or by a second person at level 6, and \(actor.text) is neither",
        advice: "Let one of them do it")
    }
    return nil
  }
}
