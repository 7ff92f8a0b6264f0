internal import RelmDomain
internal import RelmFiles
internal import RelmProof
package import RelmSample

extension Ledger {
  /// Makes a ledger with a year of a made-up house in it, whole or not at all, as ``create(at:_:surroundings:)`` does.
  ///
  /// - Parameters:
  ///   - root: a directory that does not exist yet, or is empty.
  ///   - owner: the account of somebody who is to have authority there besides; nil for nobody.
  ///   - signingKeyPath: where the private key goes, if not into the vault.
  ///   - sharedGroup: the group that shares it; nil for its owner alone.
  ///   - weeks: how many whole weeks it has; few where a test needs few.
  ///   - surroundings: clock, chance and boot; the machine's own by default.
  /// - Returns: the ledger, and what was told.
  /// - Throws: as `create`; ``LedgerError`` with code `badInput` where something of the year is refused.
  package static func createSample(
    at root: String, owner: String? = nil, signingKeyPath: String? = nil, sharedGroup: String? = nil,
    weeks: Int = WorkCalendar.usualWeeks, surroundings: Surroundings = .system
  ) throws -> (ledger: Ledger, year: SampleYear) {
    let year = SampleYear(until: surroundings.now(), owner: owner, weeks: weeks)
    let plan = LedgerPlan(
      origin: House.origin, owner: House.opener, signingKeyPath: signingKeyPath, source: "/desk/\(House.name)",
      sharedGroup: sharedGroup)
    let clock = SetClock(at: year.opened)
    var then = surroundings
    then.now = { clock.now }
    try make(at: root, plan, then) { layout in
      try tell(year, to: open(at: layout.root, surroundings: then), clock)
    }
    return (try open(at: root, surroundings: surroundings), year)
  }

  private static func tell(_ year: SampleYear, to ledger: Ledger, _ clock: SetClock) throws {
    var telling = Telling(ledger, clock)
    for step in year.steps {
      if let evidence = step.evidence { try ledger.keep(evidence) }
      switch step.deed {
      case .record:
        guard let event = year.json(of: step) else { continue }
        try telling.record(event, step.name, at: step.recorded)
      case .erase(let account, _):
        guard let event = year.json(of: step) else { continue }
        try telling.erase(account, event, step.name, at: step.recorded)
      case .seal(let reason):
        try telling.seal(reason, by: step.by, from: step.source, step.name, at: step.recorded)
      case .askGate(let package, let version, let environment):
        let question = GateQuestion(package: package, version: version, environment: environment)
        try telling.askGate(question, by: step.by, from: step.source, step.name, at: step.recorded)
      }
    }
    try telling.commit()
  }

  /// Keeps a document that an event is about to name by its digest.
  private func keep(_ document: [UInt8]) throws {
    let path = EvidenceStore(directory: layout.evidence).path(of: Digest(of: document))
    try Files.makeDirectory(Files.directory(of: path))
    try Files.write(document, to: path)
  }
}
