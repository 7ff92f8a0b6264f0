internal import RelmDomain
internal import RelmHistory
internal import RelmLedger
internal import RelmViews
internal import RelmProof

/// The views that `relm state VIEW` lists, each as a table of what matters at a glance; JSON has the whole rows.
enum StateTable: String, CaseIterable {
  case releases, environments, running, services, people, approvals, escalations, obligations, capabilities,
    procedures, policies, incidents, holds, ledger

  /// The table of the view's rows.
  ///
  /// - Parameter word: what alone is asked for: a package, an environment or what is below it, a release, an id.
  /// - Throws: a failure with status 66 where the view has nothing under the word.
  func rows(_ ledger: Ledger, under word: String? = nil) throws -> Rows {
    var table = try rows(TableMaker(ledger: ledger, components: word.map { [$0] } ?? []))
    table.members = members
    guard let word, table.isEmpty else { return ordered(table) }
    throw try NameResolver(ledger).nothing(under: word, in: rawValue, kind)
  }

  /// The rows in the order for a reader: names as words, versions as versions.
  private func ordered(_ table: Rows) -> Rows {
    switch self {
    case .releases: table.ordered(byNamesAndVersions: (0, 1))
    case .running: table.ordered(byNames: [0, 1])
    case .environments, .services, .capabilities, .procedures, .policies: table.ordered(byNames: [0])
    case .people, .approvals, .escalations, .obligations, .incidents, .holds, .ledger: table
    }
  }

  /// The members of a row that its columns show, where people read another name; what a column has that no member says by
  /// itself, such as a state, keeps its own.
  private var members: [String: String] {
    switch self {
    case .releases: ["class": "plan.class", "last": "last.at"]
    case .environments:
      [
        "tier": "registration.tier", "region": "registration.region", "owner": "registration.owner",
        "observed": "observation.moment.at",
      ]
    case .services:
      ["release": "latest.release", "since": "latest.moment.at", "for": "userCommunity"]
    case .approvals: ["position": "moment.position"]
    case .obligations: ["about": "subject"]
    case .capabilities: ["valid until": "validUntil"]
    case .procedures:
      [
        "version": "versions.document.version", "title": "versions.document.title",
        "steps": "versions.document.steps", "review by": "reviewBy",
      ]
    case .policies:
      [
        "version": "versions.version", "context": "versions.document.context",
        "title": "versions.document.title", "in force since": "versions.effective", "review by": "reviewBy",
      ]
    case .incidents: ["opened": "opened.at", "resolved": "resolvedAt", "caused by": "causes"]
    case .holds: ["placed": "placed.at"]
    case .running, .people, .escalations, .ledger: [:]
    }
  }

  /// The kind of names that its rows stand under.
  private var kind: StreamKind? {
    switch self {
    case .releases, .approvals, .escalations: .release
    case .environments, .running: .environment
    case .services: .service
    case .people: .person
    case .capabilities: .capability
    case .procedures: .procedure
    case .policies: .policy
    case .incidents: .incident
    case .obligations, .holds, .ledger: nil
    }
  }

  private func rows(_ maker: TableMaker) throws -> Rows {
    switch self {
    case .releases: try maker.releases()
    case .environments: try maker.environments()
    case .running: try maker.running()
    case .services: try maker.services()
    case .people: try maker.people()
    case .approvals: try maker.approvals()
    case .escalations: try maker.escalations()
    case .obligations: try maker.obligations()
    case .capabilities: try maker.capabilities()
    case .procedures: try maker.procedures()
    case .policies: try maker.policies()
    case .incidents: try maker.incidents()
    case .holds: try maker.holds()
    case .ledger: try maker.itself()
    }
  }
}

/// Makes the tables of one question: one moment, one set of rows.
private struct TableMaker {
  let ledger: Ledger
  /// What alone is asked for; nothing for everything.
  let components: [String]
  let names: Names
  let now: Instant

  init(ledger: Ledger, components: [String]) {
    self.ledger = ledger
    self.components = components
    names = Names(ledger.vault)
    now = ledger.surroundings.now()
  }

  private func each<View: Projection>(_ view: View.Type, _ body: (View.Row, any RowReading) throws -> Void)
    throws
  {
    guard let word = components.first else {
      return try ledger.forEachRow(of: view, under: []) { row, rows in
        try body(row, rows)
        return true
      }
    }
    // One entity stands under its own key, many stand under what their keys begin with; what is named otherwise, such as
    // the package of what runs, is looked for among all.
    var isThere = false
    for key in try NameResolver(ledger).keys(of: word) where !isThere {
      try ledger.withViews { rows, _ in
        guard let row = try View.row(RowKey(key), in: rows) else { return }
        try body(row, rows)
        isThere = true
      }
      guard !isThere else { return }
      try ledger.forEachRow(of: view, under: key) { row, rows in
        isThere = true
        try body(row, rows)
        return true
      }
    }
    guard !isThere else { return }
    let asked = AskedName(word)
    try ledger.forEachRow(of: view, under: []) { row, rows in
      if asked.isIn(row) { try body(row, rows) }
      return true
    }
  }

  private func name(_ person: PersonID?) throws -> Cell { Cell(try person.map { try names.text($0.text) }) }
  private func time(_ instant: Instant?) -> Cell { instant.map { Cell($0) } ?? Cell(nil as String?) }
  private func about(_ what: String) -> String {
    "nothing is recorded about '\(components.joined(separator: "/"))'; \(what)"
  }

  func releases() throws -> Rows {
    var table = Rows(
      "package", "version", "stage", "class", "last", "events",
      whenEmpty: components.isEmpty
        ? "no releases yet; plan one with: relm record release.planned --subject release/PACKAGE/VERSION class=normal"
        : about("'relm state' lists the releases"))
    try each(Releases.self) { stored, _ in
      let row = try ledger.shown(stored)
      table.append(
        Cell(row.package), Cell(row.version), Cell(row.stage.rawValue), Cell(row.plan?.class.rawValue),
        Cell(row.last.at), Cell(UInt64(row.events)), whole: row.bytes)
    }
    return table
  }

  func running() throws -> Rows {
    var table = Rows(
      "environment", "package", "version", "since", "deployment", "share", "though", "byRollback",
      whenEmpty: components.isEmpty
        ? "nothing has been deployed yet" : about("'relm state running' lists what runs"))
    try each(Running.self) { stored, rows in
      let row = try Running.shown(stored, in: rows)
      // What was removed stays in the view, for history; what runs is what was asked for.
      var whole: [UInt8]? = try row.bytesWithObjection(in: rows)
      func add(
        _ version: String, _ since: Instant, _ deployment: String, _ share: String? = nil,
        though: String? = nil,
        isByRollback: Bool = false
      ) {
        table.append(
          Cell(row.environment), Cell(row.package), Cell(version), Cell(since), Cell(deployment), Cell(share),
          Cell(though), Cell(isByRollback ? "yes" : nil), whole: whole)
        whole = nil
      }
      if let running = row.running {
        add(
          running.version, running.since.at, running.deployment,
          though: try row.objection(to: running.version, in: rows), isByRollback: running.byRollback ?? false)
      }
      for rollout in row.rollouts {
        add(
          rollout.version, rollout.since.at, rollout.deployment, rollout.inWords,
          though: try row.objection(to: rollout.version, in: rows))
      }
    }
    return table
  }

  func environments() throws -> Rows {
    var table = Rows(
      "environment", "context", "tier", "region", "owner", "freeze", "observed", "drift",
      whenEmpty: "no environment is registered, frozen or observed; 'relm state running' lists what runs where")
    try each(Environments.self) { row, rows in
      let context =
        row.currentContext?.rawValue ?? (row.retired == nil ? "production (unregistered)" : "retired")
      let reaching = try EnvironmentRow.freezesReaching(row.environment) {
        try Environments.row(Environments.key($0), in: rows)
      }
      let freezes = reaching.filter { $0.holds(at: now) }.map {
        "\($0.freeze) until \(Moments.text($0.until))"
      }
      let open = row.drifts.filter { $0.resolved == nil }.count
      table.append(
        Cell(row.environment), Cell(context), Cell(row.registration?.tier), Cell(row.registration?.region),
        try name(row.registration?.owner), Cell(freezes.isEmpty ? nil : freezes.joined(separator: "; ")),
        time(row.observation?.moment.at),
        Cell(open == 0 ? nil : "\(open) open"), whole: row.bytes)
    }
    return table
  }

  func services() throws -> Rows {
    var table = Rows(
      "service", "tier", "owner", "release", "since", "for", "state",
      whenEmpty: "no service is established; see relm record --help service.established")
    try each(Services.self) { row, _ in
      table.append(
        Cell(row.service), Cell(row.tier), try name(row.owner), Cell(row.latest?.release),
        time(row.latest?.moment.at), Cell(row.userCommunity), Cell(row.retired == nil ? "provided" : "retired"),
        whole: row.bytes)
    }
    return table
  }

  func people() throws -> Rows {
    var table = Rows("person", "kind", "authority", whenEmpty: "nobody has authority or is linked")
    var authority: HeldAuthority?
    try each(People.self) { row, rows in
      let held = try authority ?? HeldAuthority(in: ledger, rows, at: now)
      authority = held
      table.append(
        try name(row.person), Cell(row.human == nil ? row.kind.rawValue : "account of another"),
        Cell(try held.words(row)), whole: row.bytes)
    }
    return table
  }

  func approvals() throws -> Rows {
    var table = Rows(
      "release", "kind", "status", "what", "environment", "by", "until", "position",
      whenEmpty: components.isEmpty
        ? "nothing was approved, authorised, waived or overridden yet" : about("check it"))
    try each(Approvals.self) { row, rows in
      let release = try Releases.row(Releases.key(package: row.package, version: row.version), in: rows)
      let lost = try Annulments.lostFoundations(of: row.moment.position, in: rows)
      let what =
        row.scope?.rawValue ?? row.activity ?? row.rules.map(\.rawValue).joined(separator: ", ")
      table.append(
        Cell(Subject.release(package: row.package, version: row.version).text), Cell(row.kind.rawValue),
        Cell(row.statusInWords(given: release, lost: lost, at: now)), Cell(what), Cell(row.environment),
        try name(row.by ?? row.requestedBy), time(row.until), Cell(row.moment.position.value), whole: row.bytes)
    }
    return table
  }

  func escalations() throws -> Rows {
    var table = Rows(
      "release", "escalation", "severity", "topic", "to", "due", "state", whenEmpty: "nothing was escalated")
    try each(Escalations.self) { row, _ in
      let isOverdue = row.resolved == nil && row.due.map { $0 <= now } ?? false
      table.append(
        Cell(Subject.release(package: row.package, version: row.version).text), Cell(row.escalation),
        Cell(row.severity.rawValue), Cell(row.topic), try name(row.to), time(row.due),
        Cell(row.decision.map { "resolved: \($0)" } ?? (isOverdue ? "OVERDUE" : "open")), whole: row.bytes)
    }
    return table
  }

  /// Every duty, the done ones too; `relm obligations` has what is open, in the order in which it is due.
  func obligations() throws -> Rows {
    var table = Rows(
      "about", "kind", "id", "what", "owner", "due", "state", "policies", whenEmpty: "nothing was ever due")
    let stream = components.joined(separator: "/")
    let found = try ledger.obligations { row in
      components.isEmpty || row.subject == stream || row.subject.hasSuffix("/" + stream)
    }
    for row in found {
      table.append(
        Cell(try names.subject(row.subject)), Cell(row.kind.rawValue), Cell(row.id),
        Cell(try names.sentence(row.what)), Cell(try row.bearerInWords(names)), time(row.due),
        Cell(row.stateInWords(at: now)), Cell(row.policiesInWords), whole: row.bytes)
    }
    return table
  }

  func capabilities() throws -> Rows {
    var table = Rows(
      "capability", "kind", "title", "owner", "verdict", "valid until", "state",
      whenEmpty: "no capability is registered; see relm record --help capability.registered")
    try each(Capabilities.self) { row, _ in
      let state =
        row.withdrawn != nil ? "withdrawn" : row.isReliable(at: now) ? "in place" : "not to be relied on"
      table.append(
        Cell(row.capability), Cell(row.kind.rawValue), Cell(row.title), try name(row.owner),
        Cell(row.verdict?.rawValue), time(row.validUntil), Cell(state), whole: row.bytes)
    }
    return table
  }

  func procedures() throws -> Rows {
    var table = Rows(
      "procedure", "version", "title", "steps", "review by", "state",
      whenEmpty: "no procedure is published; see relm record --help procedure.published")
    try each(Procedures.self) { row, _ in
      let document = row.versions.last?.document
      let preauthorises = document?.preauthorises == true ? ", preauthorises" : ""
      table.append(
        Cell(row.procedure), Cell(document?.version), Cell(document?.title),
        Cell(UInt64(document?.steps.count ?? 0)), time(row.reviewBy),
        Cell(row.current == nil ? "retired" : "current" + preauthorises), whole: row.bytes)
    }
    return table
  }

  func policies() throws -> Rows {
    var table = Rows(
      "policy", "version", "context", "title", "in force since", "review by", "state",
      whenEmpty: "no policy is adopted; 'relm policy init' writes one to begin with")
    try each(Policies.self) { row, _ in
      let current = row.inForce(at: now)
      let shown = current ?? row.versions.last
      table.append(
        Cell(row.policy), Cell(shown?.version), Cell(shown?.document.context.rawValue),
        Cell(shown?.document.title),
        time(shown?.effective), time(row.reviewBy),
        Cell(current != nil ? "in force" : row.retired != nil ? "retired" : "not yet in force"),
        whole: row.bytes)
    }
    return table
  }

  func incidents() throws -> Rows {
    var table = Rows(
      "incident", "severity", "summary", "opened", "resolved", "caused by", whenEmpty: "no incident is recorded"
    )
    try each(Incidents.self) { row, _ in
      let causes = row.causes.map { $0.release + ($0.confidence == .suspected ? " (suspected)" : "") }
      table.append(
        Cell(row.incident), Cell(row.severity?.rawValue), Cell(row.summary), time(row.opened?.at),
        time(row.resolvedAt), Cell(causes.isEmpty ? "not attributed" : causes.joined(separator: ", ")),
        whole: row.bytes)
    }
    return table
  }

  func holds() throws -> Rows {
    var table = Rows("hold", "ground", "placed", "until", "state", whenEmpty: "there is no legal hold")
    try each(Holds.self) { row, _ in
      table.append(
        Cell(row.hold), Cell(row.ground), Cell(row.placed.at), time(row.until),
        Cell(row.released == nil ? "in force" : "released"), whole: row.bytes)
    }
    return table
  }

  func itself() throws -> Rows {
    var table = Rows("origin", "owner", "keys", "seals", "annulments", whenEmpty: "the ledger is empty")
    try each(LedgerItself.self) { row, _ in
      table.append(
        Cell(row.origin), try name(row.owner), Cell(UInt64(row.keys.count)), Cell(UInt64(row.seals)),
        Cell(UInt64(row.annulments)), whole: row.bytes)
    }
    return table
  }
}
