internal import Glibc
internal import RelmDomain
internal import RelmLog
internal import RelmViews
package import RelmProof
internal import RelmStorage
internal import RelmVault

extension Ledger {
  /// Reads everything again: records, tree, head, stream chains, ids, views, evidence and the vault.
  ///
  /// - Parameters:
  ///   - checkpoints: signed notes that were kept outside the ledger; a cut tail or a rewritten history is told by
  ///     them.
  ///   - keys: keys to check them with, besides the one that the first event names.
  ///   - progress: told how many records are done, of how many, in which pass.
  /// - Throws: only where reading itself fails; what is wrong with the ledger is in the result.
  package func verify(
    against checkpoints: [SignedNote] = [], keys: [VerifierKey] = [],
    progress: (_ pass: String, _ done: UInt64, _ of: UInt64) -> Void = { _, _, _ in }
  ) throws -> Verification {
    var result = Verification()
    // Before the head, which only grows: views never lead a log that is whole.
    let folded = try views.storedSize()
    let (head, count) = try log.headAndCount()
    if let folded, folded > head.size {
      result.report(
        "head",
        "the views have folded \(PlainWords.count(folded.value, "record")), and the log has \(head.size.value): it has lost its end"
      )
    }
    let witnesses = readCheckpoints(checkpoints, keys: keys, &result)
    try verifyRecords(head, count, witnesses, &result, progress)
    if StoreGuard.isSecondTry {
      result.viewProblems.append(
        .init(subject: "views", reason: "the stored rows did not read, and were built anew just now"))
    }
    if result.problems.isEmpty { try verifyViews(head, &result, progress) }
    try verifyEvidence(&result)
    try verifyVault(&result)
    return result
  }

  /// Every person's file, against the others and against the log.
  private func verifyVault(_ result: inout Verification) throws {
    result.isVaultMissing = vault.isAbsent
    // Who is who is the views' to say; where they are wrong, that is told and mended first.
    guard !vault.isAbsent, result.problems.isEmpty, result.viewProblems.isEmpty else { return }
    let findings = try withRows { rows, _ in
      var erased: Set<PersonID> = []
      var human: [PersonID: PersonID] = [:]
      try forEachRow(of: People.self, in: rows) { row in
        if row.erased != nil { erased.insert(row.person) }
        human[row.person] = row.human
        return true
      }
      return try vault.verify(erased: erased) { human[$0, default: $0] == human[$1, default: $1] }
    }
    for problem in findings.problems { result.report("vault", problem) }
    for stray in findings.strays { result.viewProblems.append(.init(subject: "vault", reason: stray)) }
    result.people = findings.people
    result.unerased = findings.unerased
  }

  /// The checkpoints whose signature holds, by size.
  private func readCheckpoints(
    _ notes: [SignedNote], keys: [VerifierKey], _ result: inout Verification
  ) -> [UInt64: [Digest]] {
    var roots: [UInt64: [Digest]] = [:]
    for note in notes {
      do {
        let trusted = keys.isEmpty ? try verifierKeys() : keys
        switch Checkpoint.open(note, with: trusted) {
        case .refused(let refusal):
          result.unusable.append(.init(subject: "checkpoint", reason: "it cannot be used: \(refusal)"))
        case .trusted(let checkpoint, _):
          guard checkpoint.origin == log.origin else {
            result.unusable.append(
              .init(
                subject: "checkpoint", reason: "it is of '\(checkpoint.origin)'; this ledger is '\(log.origin)'"
              ))
            continue
          }
          roots[checkpoint.size.value, default: []].append(checkpoint.root)
        }
      } catch {
        // What is broken of the keys' records, the records themselves will show.
        result.unusable.append(.init(subject: "checkpoint", reason: "it cannot be checked: \(error)"))
      }
    }
    return roots
  }

  /// Every record in its place, the clock never backwards, and the tree that they give.
  private func verifyRecords(
    _ head: LogHead, _ count: UInt64, _ witnesses: [UInt64: [Digest]], _ result: inout Verification,
    _ progress: (String, UInt64, UInt64) -> Void
  ) throws {
    let audit: Audit
    do {
      audit = try log.audit(upTo: head.size, rootsAt: Array(witnesses.keys)) { progress("records", $0, $1) }
    } catch let broken as BrokenHistory {
      return result.report("records", broken.description)
    } catch let error as LogError {
      return result.report("records", error.description)
    }
    result.size = audit.frontier.size
    result.root = audit.frontier.root
    compare(witnesses, with: audit, &result)
    if audit.frontier != head.frontier {
      result.report("tree", "the records give another tree than the one that was kept with them")
    }
    if audit.lastRecorded != head.lastRecorded {
      result.report("head", "it names another time than the last record's")
    }
    if count != head.size.value {
      result.report("head", "it counts \(PlainWords.count(head.size.value, "record")); the log holds \(count)")
    }
    if opening.origin != log.origin {
      result.report("head", "it names the origin '\(log.origin)'; the first event says '\(opening.origin)'")
    }
  }

  private func compare(_ witnesses: [UInt64: [Digest]], with audit: Audit, _ result: inout Verification) {
    for (size, roots) in witnesses.sorted(by: { $0.key < $1.key }) {
      guard let root = audit.roots[size] else {
        result.report(
          "checkpoint",
          "was signed over \(size) records; the log has \(audit.frontier.size.value): its tail has been cut off"
        )
        continue
      }
      for signed in roots {
        if signed == root {
          result.checkpointsHeld.append(TreeSize(size))
        } else {
          result.report(
            "checkpoint",
            "of size \(size): the first \(size) records give another root than was signed: history has been rewritten"
          )
        }
      }
    }
  }

  /// Every file under its digest, and the file of every document that was attached.
  private func verifyEvidence(_ result: inout Verification) throws {
    let evidence = EvidenceStore(directory: layout.evidence)
    let stored = try evidence.stored()
    for digest in stored {
      result.evidenceFiles += 1
      // One that cannot be read is the disk's trouble or its mode, and no word about what it holds.
      guard try evidence.digest(ofFileOf: digest) != digest else { continue }
      result.report("evidence", "the file \(evidence.path(of: digest)) is not what its digest says")
    }
    let present = Set(stored.map { "sha256:" + $0.hex })
    guard result.problems.isEmpty else { return }
    var filter = EventFilter()
    // Without an index where the views cannot be trusted.
    if result.viewProblems.isEmpty { filter.type = EventType.documentAttached.rawValue }
    var missing: Set<String> = []
    try forEachEvent(filter) { event in
      guard case .release(.documentAttached(let attached)) = event.event else { return true }
      let digest = attached.evidence.digest.text
      if !present.contains(digest) { missing.insert(digest) }
      return true
    }
    // What was disposed of is not missing: the log says that it went, and on what ground.
    var disposals = EventFilter()
    if result.viewProblems.isEmpty { disposals.type = EventType.evidenceDisposed.rawValue }
    try forEachEvent(disposals) { event in
      if case .ledger(.evidenceDisposed(let data)) = event.event { missing.remove(data.digest.text) }
      return true
    }
    result.evidenceMissing = missing.sorted()
  }
}

extension Envelope {
  /// - Throws: ``BrokenHistory`` where a stored record does not read.
  static func stored(_ bytes: [UInt8], at position: Position) throws -> Envelope {
    do {
      return try Envelope(bytes)
    } catch {
      throw BrokenHistory(at: position, "does not read: \(error.pointer): \(error.reason)")
    }
  }
}
