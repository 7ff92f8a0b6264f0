internal import RelmViews
internal import RelmDomain
internal import RelmProof

/// What a change of who may do what, under which rules, has changed: one line that is understood without the event, with pseudonyms
/// for persons.
///
/// What an event changes is often in another: the version before, the grant that is revoked, the event that is annulled. Those are
/// looked up in the log; what had been annulled when somebody asks is passed over as what stood before.
struct GovernanceWords {
  let history: History

  func words(of event: RecordedEvent) throws -> String {
    switch event.event {
    case .policy(let said): try words(of: said, event)
    case .procedure(let said): try words(of: said, event)
    case .person(let said): try words(of: said, event)
    case .environment(let said): try words(of: said, event)
    case .ledger(.eventAnnulled(let data)): try words(of: data)
    case .release(let said): try words(of: said.family, event)
    case .ledger, .incident, .service, .capability, .foreign, .newer: event.inWords
    }
  }

  // MARK: Rules

  private func words(of said: PolicyEvent, _ event: RecordedEvent) throws -> String {
    switch said {
    case .policyAdopted(let data):
      let new = data.document
      let from = new.effectiveFrom.map { ", in force from \($0.text)" } ?? ""
      guard let old = try document(before: event) else {
        let applies = new.appliesTo?.inWords.map { ", for \($0)" } ?? ""
        let asked = new.rules.map(\.inWords).joined(separator: ", ")
        return "version \(new.version), the first, for \(new.context.rawValue)\(applies)\(from): \(asked)"
          + Self.because(data.reason)
      }
      let differences = new.differences(from: old)
      return "version \(old.version) → \(new.version)\(from): "
        + (differences.isEmpty ? "asks the same" : differences.joined(separator: "; "))
        + Self.because(data.reason)
    case .policyReviewed(let data):
      return "version \(data.version) reviewed: \(PlainWords.of(data.outcome.rawValue))"
        + (data.reviewBy.map { ", to be reviewed by \($0.text)" } ?? "") + Self.because(data.reason)
    case .policyRetired(let data):
      let version = try document(before: event).map { "version \($0.version) " } ?? ""
      return "\(version)retired, it asks nothing any more"
        + (data.replacedBy.map { "; \($0) takes its place" } ?? "") + Self.because(data.reason)
    }
  }

  private func document(before event: RecordedEvent) throws -> PolicyDocument? {
    try earlier(than: event, .policyAdopted) { earlier in
      guard case .policy(.policyAdopted(let data)) = earlier.event else { return nil }
      return data.document
    }
  }

  private func words(of said: ProcedureEvent, _ event: RecordedEvent) throws -> String {
    guard case .procedurePublished(let data) = said,
      let old = try earlier(
        than: event, .procedurePublished,
        where: { earlier -> ProcedureDocument? in
          guard case .procedure(.procedurePublished(let data)) = earlier.event else { return nil }
          return data.document
        })
    else { return event.inWords }
    let (was, becomes) = (old.steps.map(\.step), data.document.steps.map(\.step))
    var words = "version \(old.version) → \(data.document.version)"
    let added = becomes.filter { !was.contains($0) }
    let gone = was.filter { !becomes.contains($0) }
    if !added.isEmpty { words += "; new steps \(added.joined(separator: ", "))" }
    if !gone.isEmpty { words += "; without the steps \(gone.joined(separator: ", "))" }
    if added.isEmpty, gone.isEmpty { words += "; the same steps" }
    return words + Self.because(data.reason)
  }

  // MARK: Authority

  private func words(of said: PersonEvent, _ event: RecordedEvent) throws -> String {
    let person = event.subject.map(Self.name) ?? "somebody"
    switch said {
    case .authorityGranted(let data):
      return "\(person) gets \(Self.scope(of: data))" + Self.because(data.reason)
    case .authorityRevoked(let data):
      return "\(person) loses \(try grant(at: data.grant))" + Self.because(data.reason)
    case .authorityReviewed(let data):
      return "\(try grant(at: data.grant)) of \(person) reviewed: \(PlainWords.of(data.outcome.rawValue))"
        + (data.reviewBy.map { ", to be reviewed by \($0.text)" } ?? "") + Self.because(data.reason)
    case .personLinked(let data):
      let owner = data.owner.map { ", owned by \($0.text)" } ?? ""
      let others =
        data.accounts.isEmpty ? "" : ", the same as \(data.accounts.map(\.text).joined(separator: ", "))"
      return "\(person) is a \(PlainWords.of(data.kind.rawValue))\(owner)\(others)" + Self.because(data.reason)
    case .personLinkConfirmed(let data):
      return "the authority of \(data.account.text) is that of \(person) too" + Self.because(data.reason)
    case .personNamed(let data): return "\(person) is given a name" + Self.because(data.reason)
    }
  }

  private func grant(at position: Position) throws -> String {
    guard case .person(.authorityGranted(let data)) = try history.event(at: position).event else {
      return "the authority of position \(position.value)"
    }
    return "\(Self.scope(of: data)) (granted at position \(position.value))"
  }

  private static func scope(of grant: AuthorityGranted) -> String {
    var words = "level \(grant.level) in \(grant.contexts.map(\.rawValue).joined(separator: " and "))"
    let narrowed = grant.packages.map { "package \($0)" } + grant.services.map { "service \($0)" }
    if !narrowed.isEmpty { words += " for \(narrowed.joined(separator: ", "))" }
    if let from = grant.from { words += " from \(from.text)" }
    if let until = grant.until { words += " until \(until.text)" }
    if let source = grant.delegatedFrom { words += ", delegated from position \(source.value)" }
    return words
  }

  // MARK: Environments

  private func words(of said: EnvironmentEvent, _ event: RecordedEvent) throws -> String {
    switch said {
    case .environmentRegistered(let data):
      let before = try context(before: event)
      let details = [data.tier.map { "tier \($0)" }, data.region, data.owner.map { "owned by \($0.text)" }]
        .compactMap { $0 }
      return "\(before ?? "not registered, production") → \(data.context.rawValue)"
        + (details.isEmpty ? "" : ", \(details.joined(separator: ", "))")
    case .environmentRetired(let data):
      return "\(try context(before: event) ?? "not registered") → retired" + Self.because(data.reason)
    case .freezeDeclared(let data):
      var words = "freeze \(data.freeze) from \(data.from.text) until \(data.until.text)"
      if let context = data.context { words += ", in \(context.rawValue) only" }
      let narrowed = data.packages.map { "package \($0)" } + data.services.map { "service \($0)" }
      if !narrowed.isEmpty { words += ", for \(narrowed.joined(separator: ", "))" }
      if !data.except.isEmpty { words += ", except \(data.except.joined(separator: ", "))" }
      if !data.mayOverride.isEmpty {
        words += "; \(data.mayOverride.map(\.text).joined(separator: ", ")) may override it"
      }
      return words + Self.because(data.reason)
    case .freezeLifted(let data):
      let freeze = try earlier(than: event, .freezeDeclared) { earlier -> FreezeDeclared? in
        guard case .environment(.freezeDeclared(let declared)) = earlier.event, declared.freeze == data.freeze
        else { return nil }
        return declared
      }
      let span = freeze.map { ", which held from \($0.from.text) until \($0.until.text)," } ?? ""
      return "freeze \(data.freeze)\(span) lifted" + Self.because(data.reason)
    case .environmentObserved, .baselineRecorded, .configurationExchanged, .driftDetected, .driftResolved:
      return event.inWords
    }
  }

  /// What an environment was before; nil where it was not registered.
  private func context(before event: RecordedEvent) throws -> String? {
    try earlier(than: event, .environmentRegistered, .environmentRetired) { earlier in
      guard case .environment(.environmentRegistered(let data)) = earlier.event else { return "retired" }
      return data.context.rawValue
    }
  }

  // MARK: What counts

  private func words(of data: EventAnnulled) throws -> String {
    let annulled = try history.event(at: data.position)
    var words = "position \(data.position.value) does not count any more"
    if case .ledger(.eventAnnulled(let undone)) = annulled.event {
      words =
        "the annulment at position \(data.position.value) is undone, and position \(undone.position.value) "
      words += "counts again"
    }
    words += " (\(annulled.inWords)"
    if let subject = annulled.subject, subject != .ledger { words += "; \(subject.text)" }
    if let person = annulled.person { words += "; recorded by \(person.text)" }
    return words + ")" + Self.because(data.reason)
      + (data.replacedBy.map { "; \($0) stands in its place" } ?? "")
  }

  // MARK: What is set aside

  private func words(of said: ReleaseFamily, _ event: RecordedEvent) throws -> String {
    if case .permission(.waiverGranted(let data)) = said {
      let place = data.environment.map { " in \($0)" } ?? ""
      let from = data.from.map { " from \($0.text)" } ?? ""
      let excused = data.excuses.isEmpty ? "" : " for \(data.excuses.map(\.text).joined(separator: ", "))"
      return "\(data.rule.rawValue) is waived\(place)\(excused)\(from) until \(data.until.text), instead: "
        + data.control + Self.because(data.reason)
    }
    if case .permission(.waiverRevoked(let data)) = said {
      let waiver = try earlier(than: event, .waiverGranted) { earlier -> WaiverGranted? in
        guard case .release(.waiverGranted(let granted)) = earlier.event, granted.waiver == data.waiver else {
          return nil
        }
        return granted
      }
      let rule = waiver.map { " of \($0.rule.rawValue), until \($0.until.text)," } ?? ""
      return "the waiver \(data.waiver)\(rule) is revoked" + Self.because(data.reason)
    }
    if case .permission(.overrideDeclared(let data)) = said {
      let incident = data.incident.map { ", for incident \($0)" } ?? ""
      let freeze = data.freeze.map { ", against freeze \($0)" } ?? ""
      return
        "\(data.rules.map(\.rawValue).joined(separator: ", ")) set aside once in \(data.environment) until "
        + "\(data.until.text)\(incident)\(freeze)" + Self.because(data.reason)
    }
    return event.inWords
  }

  // MARK: Pieces

  /// What the latest event of some types before one, in the same stream, says of it, of those that count.
  private func earlier<Found>(
    than event: RecordedEvent, _ types: EventType..., where find: (RecordedEvent) throws -> Found?
  ) throws -> Found? {
    let stream = Set(try history.positions(inStream: event.record.envelope.stream))
    // A busy environment's stream has a hundred thousand observations, which say nothing of this.
    let candidates = try types.flatMap { try history.positions(ofType: $0) }
      .filter { $0 < event.position && stream.contains($0) }.sorted()
    for position in candidates.reversed() where try history.counts(position) {
      if let found = try find(history.event(at: position)) { return found }
    }
    return nil
  }

  private static func name(_ subject: Subject) -> String {
    guard case .person(let person) = subject else { return subject.text }
    return person.text
  }

  private static func because(_ reason: String?) -> String { reason.map { ": \($0)" } ?? "" }
}
