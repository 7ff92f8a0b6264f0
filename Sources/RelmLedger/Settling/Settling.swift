internal import RelmDomain
internal import RelmFiles
internal import RelmLog
internal import RelmViews
internal import RelmProof
internal import RelmStorage
internal import RelmVault

/// Brings what lies beside the log to what the log says, whenever a ledger is opened: whoever acts records first and then
/// does it, so that who dies between leaves a record of what is still to be done.
///
/// Persons are erased from the vault, also where an old copy of it was put back; evidence is disposed of; half-attached
/// files go; a new key or name is taken or dropped. Of a ledger that is only read nothing is changed, and who is erased
/// is not shown.
struct Settling {
  let layout: LedgerLayout
  let log: EventLog
  let views: ViewStore
  let isReadOnly: Bool

  struct Outcome {
    var vault: Vault
    /// What was found undone, and done or not: for the person.
    var remarks: [String] = []
  }

  private var unsettled: Unsettled { Unsettled(log: log, views: views) }

  /// - Parameter vault: as it was opened.
  /// - Returns: the vault to go on with.
  func settle(_ vault: Vault) throws -> Outcome {
    var outcome = Outcome(vault: vault)
    let erasures = try unsettled.events(.subjectErased, behind: erased)
    guard !isReadOnly else {
      outcome.vault = vault.hiding(Set(erasures.compactMap(\.erasedPerson)))
      return outcome
    }
    try attempt("the vault is not sealed", &outcome) { outcome in
      guard try vault.sealAll() else { return }
      outcome.remarks.append(
        "the key of the vault's seals was gone, and its files are sealed anew as they are: look through 'relm person'"
      )
    }
    if !erasures.isEmpty {
      outcome.vault = vault.hiding(Set(erasures.compactMap(\.erasedPerson)))
      try attempt("an erasure is not finished", &outcome) { outcome in
        outcome.remarks += try erase(erasures, from: vault).map { "finished the erasure of \($0.text)" }
        outcome.vault = vault
      }
    }
    try attempt("a disposal is not finished", &outcome) { outcome in
      outcome.remarks += try dispose().map { "finished the disposal of sha256:\($0.hex)" }
    }
    try attempt("a half-attached file is still there", &outcome) { _ in
      guard Files.exists(layout.arriving) else { return }
      try ArrivingEvidence.settle(in: EvidenceStore(directory: layout.evidence), isNamed: { try isNamed($0) })
    }
    try attempt("an act is not finished", &outcome) { outcome in
      guard Files.exists(layout.pending) else { return }
      outcome.remarks += try settleActs(vault)
    }
    return outcome
  }

  /// Runs a step. What keeps it from being done now is told, and it is tried again at the next opening.
  private func attempt(
    _ failure: String, _ outcome: inout Outcome, _ body: (inout Outcome) throws -> Void
  ) throws {
    do {
      try body(&outcome)
    } catch let error as VaultError {
      outcome.remarks.append("\(failure), and will be tried again: \(error)")
    } catch let error as FileError {
      outcome.remarks.append("\(failure), and will be tried again: \(error)")
    } catch let error as LedgerError {
      outcome.remarks.append("\(failure), and will be tried again: \(error)")
    }
  }

  // MARK: Erasure and disposal

  private var erased: SettledMark {
    SettledMark(
      path: layout.vault + "/people/erased", workshop: (layout.pending, PendingAct.placePrefix))
  }
  private var disposed: SettledMark {
    SettledMark(
      path: layout.evidence + "/disposed", workshop: (layout.arriving, ArrivingEvidence.placePrefix))
  }

  /// Erases from the vault whom these records say is erased.
  ///
  /// - Returns: of whom something was still there.
  private func erase(_ events: [RecordedEvent], from vault: Vault) throws -> [PersonID] {
    var told: [PersonID] = []
    for event in events {
      guard let person = event.erasedPerson else { continue }
      try dropNames(of: person)
      do throws(VaultError) {
        let isThere = try vault.tells(of: person)
        try vault.erase(person)
        if isThere { told.append(person) }
      } catch .unknownPerson {
        continue  // A vault that never knew them.
      }
    }
    if let last = events.last { try erased.move(to: last) }
    return told
  }

  /// A name that somebody was about to be given goes with them.
  private func dropNames(of person: PersonID) throws {
    for (path, act) in try PendingAct.all(in: layout) {
      if case .name(_, person) = act.change { try Files.remove(path + "/act.json") }
    }
  }

  /// Erases from the vault whom the log says is erased.
  func finishErasures(in vault: Vault) throws {
    _ = try erase(try unsettled.events(.subjectErased, behind: erased), from: vault)
  }

  /// Disposes of what the log says is disposed of.
  ///
  /// - Returns: what was still there.
  @discardableResult
  func dispose() throws -> [Digest] {
    let events = try unsettled.events(.evidenceDisposed, behind: disposed)
    let store = EvidenceStore(directory: layout.evidence)
    var told: [Digest] = []
    for event in events {
      guard case .ledger(.evidenceDisposed(let data)) = event.event,
        let digest = Digest(hex: String(data.digest.text.dropFirst("sha256:".count)))
      else { continue }
      // What was attached again since, as something new, stays.
      guard Files.exists(store.path(of: digest)), try !isNamed(digest, from: event.position.next) else {
        continue
      }
      told.append(digest)
      try store.remove(digest)
    }
    if let last = events.last { try disposed.move(to: last) }
    return told
  }

  /// Whether a record from a position on names a digest. It walks the log, which only whoever died while attaching, or put
  /// back an older copy, makes necessary.
  private func isNamed(_ digest: Digest, from start: Position = .first) throws -> Bool {
    let wanted = Array(digest.hex.utf8)
    var isNamed = false
    try log.forEach(from: start, upTo: Position(log.head().size.value)) { _, bytes in
      isNamed = bytes.firstRange(of: wanted) != nil
      return !isNamed
    }
    return isNamed
  }

  // MARK: Acts

  /// Takes or drops what acts have left that were broken off.
  private func settleActs(_ vault: Vault) throws -> [String] {
    var remarks: [String] = []
    try BuildPlace.forEachAbandoned(in: layout.pending, named: PendingAct.placePrefix) { place in
      guard let act = try PendingAct.read(in: place) else { return }
      guard try isRecorded(act) else { return try act.drop(in: layout) }
      try act.take(in: layout, vault)
      switch act.change {
      case .key(_, let path): remarks.append("finished the change of the signing key in \(path)")
      case .name(_, let person): remarks.append("finished giving \(person.text) a name")
      }
    }
    return remarks
  }

  private func isRecorded(_ act: PendingAct) throws -> Bool {
    try views.withCurrentRows { rows, _ in
      let source = try rows.row(IndexTables.sources, IndexKey.name(act.source)).flatMap { RowBytes.uint32($0) }
      guard let source else { return false }
      return try rows.row(IndexTables.ids, IndexKey.id(act.id, source: source)) != nil
    }
  }
}

extension RecordedEvent {
  /// Whom the record says is erased.
  fileprivate var erasedPerson: PersonID? {
    guard case .ledger(.subjectErased(let data)) = event else { return nil }
    return data.person
  }
}
