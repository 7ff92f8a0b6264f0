internal import RelmDomain
internal import RelmLog
internal import RelmViews
internal import RelmProof

/// Decides the claims of one request in order, each against the state that the ones before it leave.
struct Decider {
  enum Verdict {
    case accepted([Result<Receipt, Refusal>], [RecordedEvent])
    case refused(index: Int, Refusal)
  }

  let folded: Views
  /// The ledger's name, which is the source of what it says itself.
  let origin: String
  let surroundings: Surroundings
  /// What the machine's clock said when the request was begun.
  let now: Instant
  let head: LogHead
  private let spellings: EnvironmentSpellings

  /// - Parameter moment: when it is decided; nil for now.
  init(folded: Views, origin: String, surroundings: Surroundings, head: LogHead, at moment: Instant? = nil) {
    self.folded = folded
    self.origin = origin
    self.surroundings = surroundings
    now = moment ?? surroundings.now()
    self.head = head
    spellings = EnvironmentSpellings(folded)
  }

  /// How far the clock may stand before the last recorded time without a word about it.
  static let patience: Int64 = 60 * 1_000_000

  /// The `recordedtime` of this request's records: the clock's, in milliseconds, never before the last record's.
  private var recorded: Instant {
    max(now.inMilliseconds, head.lastRecorded ?? .earliest)
  }

  /// - Parameter stored: the bytes of a record that the log holds already.
  func decide(_ request: AppendRequest, stored: (Position) throws -> [UInt8]?) throws -> Verdict {
    if let newer = folded.checkpoint.firstNewer {
      return .refused(
        index: 0,
        Refusal(
          .newerFormat,
          "position \(newer.value) holds an event that a newer relm wrote and this one does not know",
          advice: "Append with that version"))
    }
    if let refusal = try refusal(of: request.expectedSize, request.claims) {
      return .refused(index: 0, refusal)
    }
    var receipts: [Result<Receipt, Refusal>] = []
    var records: [RecordedEvent] = []
    if try isClockSuspect(),
      try request.claims.contains(where: { try knownPosition(of: $0.claim.envelope) == nil })
    {
      records.append(try recordSuspicion())
    }
    let own = records.count
    for (index, prepared) in request.claims.enumerated() {
      let expected = records.count == own ? request.expected : nil
      switch try decide(prepared, expected, &records, stored, isImport: request.isImport) {
      case .success(let receipt): receipts.append(.success(receipt))
      case .failure(let refusal):
        guard request.keepsGoing else { return .refused(index: index, refusal) }
        receipts.append(.failure(refusal))
      }
    }
    return .accepted(receipts, records)
  }

  private func decide(
    _ prepared: PreparedClaim, _ expected: ExpectedVersion?, _ records: inout [RecordedEvent],
    _ stored: (Position) throws -> [UInt8]?, isImport: Bool
  ) throws -> Result<Receipt, Refusal> {
    let envelope = prepared.claim.envelope
    if let known = try knownPosition(of: envelope) {
      let bytes = try earlierBytes(at: known, records, stored)
      guard try Record.claimBytes(of: bytes) == prepared.claim.bytes else {
        return .failure(try TakenID(at: known, bytes, for: prepared.claim).refusal())
      }
      let version = try Envelope.stored(bytes, at: known).streamVersion ?? 0
      return .success(Receipt(position: known, status: .duplicate, streamVersion: version))
    }
    let head = try StreamHead.read(IndexKey.name(envelope.stream), folded.indexes)
    if let refusal = try refusal(of: prepared, expected: expected, head) { return .failure(refusal) }
    if let refusal = try LookAlikes(folded: folded).refusal(of: prepared) { return .failure(refusal) }
    if let refusal = try spellings.refusal(of: prepared, isNew: head == nil) { return .failure(refusal) }
    let made = Record.make(
      prepared.claim, recordedTime: recorded, streamVersion: head?.count ?? 0, streamPrevious: head?.digest)
    let bytes: [UInt8]
    switch made {
    case .success(let made): bytes = made
    case .failure(let tooLarge):
      return .failure(
        Refusal(
          .tooLarge, "the record would have \(tooLarge.bytes) bytes, and \(Record.maximumBytes) is the most",
          advice: "Attach what is large as evidence with 'relm attach', and name its digest"))
    }
    let position = Position(folded.checkpoint.size.value)
    let record = RecordedEvent(
      position: position, record: try Record(bytes), digest: .leaf(bytes), event: prepared.event)
    let remarks =
      try StepRemarks(views: folded, isImport: isImport).about(
        record.event, record.subject, happened: record.happened, recorded: record.recorded)
      + AfterRemarks(views: folded).about(record.event, record.subject)
      + ScopeRemarks(views: folded).about(record.event, record.subject) + LookAlikes.remarks(on: envelope)
    try folded.fold(record, isNew: true)
    spellings.learn(record)
    records.append(record)
    return .success(
      Receipt(
        position: position, status: .recorded, streamVersion: head?.count ?? 0,
        remarks: try remarks + ApprovalRemarks(views: folded).about(record)))
  }

  /// Whether the clock stands so far before the last recorded time that it has to be said, and is not said yet.
  private func isClockSuspect() throws -> Bool {
    guard let last = head.lastRecorded, now.inMilliseconds.advanced(byMicroseconds: Self.patience) < last else {
      return false
    }
    return try folded.ledger()?.heldTime != last
  }

  /// Records that the time of recording is held back until the clock has caught up.
  private func recordSuspicion() throws -> RecordedEvent {
    let suspect = LedgerClockSuspect(
      clock: Timestamp(now),
      held: Timestamp(recorded))
    let event = Event.ledger(.ledgerClockSuspect(suspect))
    let claim = try OwnClaim(
      event: event, id: UUIDText(version7: now, random: surroundings.random()), source: origin, actor: nil
    ).claim()
    let head = try StreamHead.read(IndexKey.name(claim.envelope.stream), folded.indexes)
    let bytes = try Record.make(
      claim, recordedTime: recorded, streamVersion: head?.count ?? 0, streamPrevious: head?.digest
    ).get()
    let record = RecordedEvent(
      position: Position(folded.checkpoint.size.value), record: try Record(bytes), digest: .leaf(bytes),
      event: event)
    try folded.fold(record, isNew: true)
    return record
  }

  /// Where claims rest on a log of another size than this one's, and are not there already.
  private func refusal(of expected: TreeSize?, _ claims: [PreparedClaim]) throws -> Refusal? {
    guard let expected, folded.checkpoint.size != expected else { return nil }
    if try claims.allSatisfy({ try knownPosition(of: $0.claim.envelope) != nil }) { return nil }
    return Refusal(
      .versionConflict,
      "it rests on a log of \(PlainWords.count(expected.value, "event")), and there are \(folded.checkpoint.size.value) now",
      advice: "Look again, and decide again")
  }

  private func knownPosition(of envelope: Envelope) throws -> Position? {
    let sourceKey = IndexKey.name(envelope.source)
    guard let source = try folded.indexes.row(IndexTables.sources, sourceKey).flatMap({ RowBytes.uint32($0) })
    else {
      return nil
    }
    let key = IndexKey.id(envelope.id, source: source)
    return try folded.indexes.row(IndexTables.ids, key).flatMap { RowBytes.place($0) }.map { Position($0) }
  }

  /// A record that this request repeats within itself is not in the log yet.
  private func earlierBytes(
    at position: Position, _ records: [RecordedEvent], _ stored: (Position) throws -> [UInt8]?
  ) throws -> [UInt8] {
    if let own = records.first(where: { $0.position == position }) { return own.record.bytes }
    guard let bytes = try stored(position) else {
      throw BrokenHistory(at: position, "is named by the indexes, and the log does not hold it")
    }
    return bytes
  }

  private func refusal(
    of prepared: PreparedClaim, expected: ExpectedVersion?, _ head: StreamHead?
  ) throws -> Refusal? {
    let envelope = prepared.claim.envelope
    if let expected, let refusal = refusal(of: envelope.stream, expected, head) { return refusal }
    if let time = envelope.time, time.instant > now.advanced(byMicroseconds: Claim.latitudeMicroseconds) {
      return Refusal(
        .badInput, at: "/time",
        "\(time.text) is more than five minutes ahead of the ledger's clock, \(now.rfc3339Milliseconds)",
        advice: "Correct the time, or the clock of the machine that is wrong")
    }
    return try Decision.decide(
      prepared.event, in: envelope, streamExists: head != nil, given: folded, at: recorded)
  }

  private func refusal(of stream: String, _ expected: ExpectedVersion, _ head: StreamHead?) -> Refusal? {
    let found = head.map { "its last version is \($0.count - 1)" } ?? "it does not exist"
    switch expected {
    case .none:
      guard head != nil else { return nil }
      return Refusal(
        .versionConflict, at: "/subject", "\(stream) must not exist yet, and \(found)",
        advice: "Look at what has been recorded meanwhile, and decide again")
    case .version(let version):
      guard head.map({ $0.count - 1 }) != version else { return nil }
      return Refusal(
        .versionConflict, at: "/subject", "\(stream) is expected at version \(version), and \(found)",
        advice: "Look at what has been recorded meanwhile, and decide again")
    }
  }
}
