package import RelmDomain
internal import RelmFiles
package import RelmLog
internal import RelmHistory
internal import RelmProof
internal import RelmStorage
package import RelmVault
package import RelmViews

/// A release ledger: the log, what is derived from it, the people behind its pseudonyms, and its evidence.
///
/// This is the effect shell: it brings time, chance and files to the pure core, and holds no rule of its own.
package final class Ledger: Sendable {
  package let layout: LedgerLayout
  package let log: EventLog
  /// The name that its checkpoints bear.
  package var origin: String { log.origin }
  package let vault: Vault
  /// What the first event says: origin, owner, keys.
  package let opening: LedgerOpened
  package let surroundings: Surroundings
  let views: ViewStore
  /// Decides what waits together, and puts it on disk with one commit.
  let round: AppendRound
  let appends: GroupCommit<AppendRequest, AppendOutcome, any Error>
  package let isReadOnly: Bool
  /// What was found undone when it was opened, and done or not: for the person.
  package let remarks: [String]
  /// The part of the history from which questions are answered; nil for all of it, as it is at the time of asking.
  package let asOf: AsOf?

  /// How long an append waits for another process that holds the log.
  package static let patience = Duration.seconds(10)

  private init(
    layout: LedgerLayout, log: EventLog, vault: Vault, opening: LedgerOpened, surroundings: Surroundings,
    views: ViewStore, patience: Duration, isReadOnly: Bool, remarks: [String]
  ) {
    asOf = nil
    self.remarks = remarks
    self.layout = layout
    self.log = log
    self.vault = vault
    self.opening = opening
    self.surroundings = surroundings
    self.views = views
    self.isReadOnly = isReadOnly
    let round = AppendRound(
      log: log, views: views, surroundings: surroundings, patience: patience)
    self.round = round
    appends = GroupCommit { round.execute($0) }
  }

  /// Opens the ledger in a directory.
  ///
  /// Where the directory may not be written to, it is opened for reading, and views catch up in memory. So it is where the vault
  /// is not there, and everybody is their pseudonym then: whoever writes without it would make known people anew.
  ///
  /// - Parameters:
  ///   - root: the ledger's directory.
  ///   - surroundings: clock, chance and boot; the machine's own by default.
  ///   - patience: how long an append waits for another process.
  ///   - readOnly: open it for reading even where it may be written.
  ///   - allowsShared: open it even where others than its owner may write to it.
  ///   - watch: told while many events have to be folded before a question can be answered: when this version of the
  ///     program meets the ledger for the first time, or when it was away for long.
  /// - Throws: ``LedgerError`` where there is none; `StorageError`, `LogError`, `VaultError`.
  package static func open(
    at root: String, surroundings: Surroundings = .system, patience: Duration = patience,
    readOnly: Bool = false, allowsShared: Bool = false, watch: (@Sendable (ViewsProgress) -> Void)? = nil
  ) throws -> Ledger {
    let layout = LedgerLayout(root: root)
    guard Files.exists(layout.log) else {
      if Files.isDenied(layout.log) {
        throw LedgerError(
          .notPermitted,
          "this user may not enter \(root); ask its owner, or get into the group that it is shared with")
      }
      throw LedgerError(.noLedger, "there is no ledger at \(root); make one with: relm init \(root)")
    }
    if !allowsShared { try LedgerAccess.check(layout) }
    let isVaultMissing = !Files.exists(layout.vault)
    let isReadOnly = readOnly || isVaultMissing || !Files.isWritable(layout.log)
    let log = try EventLog.open(at: layout.log, mode: isReadOnly ? .readOnly : .readWrite)
    guard let first = try log.bytes(at: Position(0)) else {
      throw LedgerError(.damaged, "the ledger at \(root) has no first event; restore it from a backup")
    }
    guard case .ledger(.ledgerOpened(let opening)) = try RecordedEvent.stored(first, at: Position(0)).event
    else {
      throw LedgerError(.damaged, "the first event of the ledger at \(root) is not ledger.opened")
    }
    let views = try ViewStore(
      at: layout.views, log: log, surroundings: surroundings, patience: patience, isReadOnly: isReadOnly,
      watch: watch)
    let settled =
      isVaultMissing
      ? Settling.Outcome(
        vault: .absent(at: layout.vault),
        remarks: [
          "\(layout.vault) is not there: people are shown as pseudonyms, and nothing can be recorded until its backup is put back"
        ])
      : try Settling(layout: layout, log: log, views: views, isReadOnly: isReadOnly)
        .settle(Vault.open(at: layout.vault))
    return Ledger(
      layout: layout, log: log, vault: settled.vault, opening: opening, surroundings: surroundings,
      views: views,
      patience: patience, isReadOnly: isReadOnly, remarks: settled.remarks)
  }

  /// The same ledger, answering from a part of its history.
  private init(_ present: Ledger, asOf: AsOf, now: Instant) {
    layout = present.layout
    log = present.log
    vault = present.vault
    opening = present.opening
    var surroundings = present.surroundings
    surroundings.now = { now }
    self.surroundings = surroundings
    views = present.views
    round = present.round
    appends = present.appends
    isReadOnly = true
    remarks = []
    self.asOf = asOf
  }

  /// The same ledger, answering from a part of its history, with a clock that stands still.
  func past(_ asOf: AsOf, now: Instant) -> Ledger { Ledger(self, asOf: asOf, now: now) }

  /// Appends claims: all of the request or nothing. Requests that wait at the same time share one commit.
  ///
  /// - Returns: where each claim landed, or which was refused and why.
  /// - Throws: `StorageError` (code `busy` where another process holds the log too long); after a failed sync it is
  ///   unknown whether the events are there, and trying again with the same ids is safe.
  package func append(_ request: AppendRequest) throws -> AppendOutcome {
    precondition(asOf == nil && request.moment == nil, "nothing is appended to the past")
    guard !isReadOnly else {
      throw LedgerError(
        .readOnly,
        vault.isAbsent
          ? "nothing is recorded without \(layout.vault), which is not there: put its backup back first"
          : "the ledger at \(layout.root) may not be written to")
    }
    guard request.claims.count <= AppendRequest.maximumEvents else {
      throw LedgerError(
        .badInput,
        "\(request.claims.count) events are too many for one transaction (at most "
          + "\(AppendRequest.maximumEvents)); append them in chunks with --chunked")
    }
    guard !request.claims.isEmpty else { return .landed([], remarks: []) }
    return try appends.submit(request)
  }
}
