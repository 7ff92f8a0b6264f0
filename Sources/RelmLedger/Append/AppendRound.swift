internal import RelmDomain
internal import RelmLog
internal import RelmViews
internal import RelmProof
internal import RelmStorage
internal import RelmVault

/// One durable commit for all requests that wait together: the log's lock is taken once, each request is decided by
/// itself against the state that the ones before it left, and all that were accepted share the sync to disk.
///
/// Lock order: the log, then the views; who holds views never waits for the log.
struct AppendRound: Sendable {
  let log: EventLog
  let views: ViewStore
  let surroundings: Surroundings
  /// How long to wait for another process that holds the log.
  let patience: Duration

  func execute(_ requests: [AppendRequest]) -> [Result<AppendOutcome, any Error>] {
    do {
      return try run(requests)
    } catch {
      return requests.map { _ in .failure(error) }
    }
  }

  private func run(_ requests: [AppendRequest]) throws -> [Result<AppendOutcome, any Error>] {
    while true {
      try views.catchUp(within: patience)
      var append = try log.beginAppend(within: patience)
      let writer = try views.beginWrite(within: patience)
      let folded = try views.views(over: writer)
      guard try views.continues(folded.checkpoint, append.head) else {
        writer.abandon()
        try views.startOver(insteadOf: writer.environment, within: patience)
        continue
      }
      // Far behind: others have appended much since the catch-up. Let go of the lock rather than fold under it.
      guard append.head.size.value - folded.checkpoint.size.value <= ViewStore.eventsPerChunk else { continue }
      try views.fold(upTo: Position(append.head.size.value), into: folded)

      let sizeBefore = append.head.size
      var outcomes: [Result<AppendOutcome, any Error>] = []
      for request in requests {
        do {
          outcomes.append(.success(try take(request, into: &append, folded)))
        } catch let error as VaultError {
          // The vault's trouble with one request's people is no other request's.
          outcomes.append(.failure(error))
        }
      }
      guard append.head.size > sizeBefore else { return outcomes }
      // The rows are put before the log's commit, and made visible after it: views whose pages do not take them end
      // the process, and then nothing is recorded yet, so that the command can begin anew.
      let trouble = put(folded, into: writer)
      try append.commit()
      return remarking(outcomes, trouble ?? commitViews(writer))
    }
  }

  /// Puts the rows; what keeps them from being put keeps no event from being recorded.
  private func put(_ folded: Views, into writer: ViewWriter) -> [String]? {
    do {
      try folded.flush(into: writer)
      return nil
    } catch {
      return later(writer, error)
    }
  }

  /// After the log's commit the events are there, so trouble with the views is a remark: the next reader folds them.
  private func commitViews(_ writer: ViewWriter) -> [String] {
    do {
      try writer.commit()
      return []
    } catch {
      return later(writer, error)
    }
  }

  private func later(_ writer: ViewWriter, _ error: any Error) -> [String] {
    writer.abandon()
    return ["the events are recorded; the views could not be brought up to date and will be later: \(error)"]
  }

  private func remarking(
    _ outcomes: [Result<AppendOutcome, any Error>], _ remarks: [String]
  ) -> [Result<AppendOutcome, any Error>] {
    guard !remarks.isEmpty else { return outcomes }
    return outcomes.map { outcome in
      guard case .success(.landed(let receipts, let earlier)) = outcome else { return outcome }
      return .success(.landed(receipts, remarks: earlier + remarks))
    }
  }

  /// Decides one request whole, then appends all of it or nothing.
  private func take(
    _ request: AppendRequest, into append: inout LogAppend, _ folded: Views
  ) throws -> AppendOutcome {
    let decider = Decider(
      folded: folded, origin: log.origin, surroundings: surroundings, head: append.head, at: request.moment)
    folded.savepoint()
    switch try decider.decide(request, stored: { position in try append.bytes(at: position) }) {
    case .refused(let index, let refusal):
      folded.rollBack()
      return .refused(index: index, refusal)
    case .accepted(let receipts, let records):
      guard !request.isDryRun else {
        folded.rollBack()
        return .landed(receipts, remarks: [])
      }
      do throws(VaultError) {
        // People first: no event may name somebody whom the vault does not know.
        try make(request.newcomers, namedBy: request.keepsGoing ? records : nil)
      } catch {
        folded.rollBack()
        if case .conflict = error { return .overtaken }
        throw error
      }
      folded.keep()
      for record in records {
        try append.append(record.record.bytes, recorded: record.recorded, digest: record.digest)
      }
      return .landed(receipts, remarks: [])
    }
  }

  /// Makes those newcomers whom these records name.
  ///
  /// - Parameter records: nil where all claims were taken, and so whoever was met is named.
  private func make(_ newcomers: Proposals?, namedBy records: [RecordedEvent]?) throws(VaultError) {
    guard var newcomers else { return }
    guard let records else { return try newcomers.commit { _ in true } }
    var named: Set<PersonID> = []
    if !newcomers.isEmpty {
      for record in records {
        named.formUnion(record.event.persons)
        if let actor = record.record.envelope.authid.flatMap(PersonID.init) { named.insert(actor) }
        if case .person(let subject)? = record.subject { named.insert(subject) }
      }
    }
    try newcomers.commit(named.contains)
  }
}
