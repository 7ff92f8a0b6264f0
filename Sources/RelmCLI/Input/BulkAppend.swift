internal import Glibc
internal import RelmDomain
internal import RelmLedger

/// Appends an input of many events: at once, in chunks, or the good ones only.
struct BulkAppend {
  private let appending: Appending
  private let input: any EventSource
  private let quiet: Bool
  private var receipts: ReceiptPrinter
  private let progress = Progress()

  init(_ appending: Appending, _ input: any EventSource, quiet: Bool, receipts: ReceiptPrinter) {
    self.appending = appending
    self.input = input
    self.quiet = quiet
    self.receipts = receipts
  }

  enum Way {
    /// One transaction, all or nothing.
    case atOnce
    /// Everything is read and checked first, then appended in chunks.
    case chunked
    /// The good events are appended, the others written to a file.
    case keepingGoing(rejects: String)
  }

  mutating func run(_ way: Way) throws {
    do {
      switch way {
      case .atOnce: try atOnce()
      case .chunked: try chunked()
      case .keepingGoing(let path): try keepGoing(rejects: path)
      }
    } catch {
      if receipts.landed + receipts.duplicates > 0 { try receipts.end() }
      throw error
    }
    try receipts.end()
  }

  private mutating func atOnce() throws {
    while true {
      var intake = appending.intake()
      var claims: [PreparedClaim] = []
      try forEachClaim(&intake) { claim in
        claims.append(claim)
        guard claims.count <= AppendRequest.maximumEvents else {
          throw CommandFailure(
            .badInput,
            "line \(claim.place.line ?? 0): more than \(AppendRequest.maximumEvents) events are too many for one "
              + "transaction; append them with --chunked. Nothing was appended")
        }
      }
      guard try appending.isDryRun || intake.commitPeople() else { continue }
      return try land(claims)
    }
  }

  private mutating func chunked() throws {
    var count: UInt64 = 0
    var checking = appending.intake()
    try forEachClaim(&checking) { _ in count += 1 }
    // The people of the whole input, so that no chunk waits for them.
    while try !checking.commitPeople() { try forEachClaim(&checking) { _ in } }

    var done: UInt64 = 0
    var chunk: [PreparedClaim] = []
    var intake = appending.intake()
    do {
      try forEachClaim(&intake) { claim in
        chunk.append(claim)
        guard chunk.count == AppendRequest.maximumEvents else { return }
        try land(chunk)
        done += UInt64(chunk.count)
        progress.show("appended", done, of: count)
        chunk.removeAll(keepingCapacity: true)
      }
      try land(chunk)
    } catch let failure as CommandFailure {
      progress.end()
      throw CommandFailure(
        failure.status,
        "\(failure.description)\nThe \(done) events before this chunk are recorded and nothing of it is. Correct the "
          + "input and append the whole of it again: what is recorded counts as duplicates")
    }
    progress.end()
    Terminal.remark("\(receipts.landed) recorded, \(receipts.duplicates) duplicates")
  }

  /// The good events are appended, the others written to a file as they came, each with a remark why.
  private mutating func keepGoing(rejects path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else {
      throw CommandFailure(.cannotCreate, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
    defer { close(file) }
    var refusedCount = 0
    func reject(_ text: [UInt8], _ reason: String) throws {
      refusedCount += 1
      Terminal.remark("relm: \(reason)")
      try Files.writeAll((text + [UInt8(ascii: "\n")])[...], to: file, path: path)
    }
    var chunk: [(text: EventText, claim: PreparedClaim)] = []
    func landGood() throws {
      let request = AppendRequest(claims: chunk.map(\.claim), isDryRun: appending.isDryRun, keepsGoing: true)
      guard case .landed(let outcomes, let remarks) = try appending.ledger.append(request) else {
        throw CommandFailure(.newerFormat, "a newer relm has written to this ledger; append with that version")
      }
      for remark in remarks { Terminal.remark("relm: \(remark)") }
      for (item, outcome) in zip(chunk, outcomes) {
        switch outcome {
        case .success(let receipt):
          if quiet { receipts.count([receipt]) } else { try receipts.print([receipt], [item.claim]) }
        case .failure(let refusal):
          try reject(item.text.bytes, "line \(item.text.line): \(try appending.told(refusal, of: item.claim))")
        }
      }
      chunk.removeAll(keepingCapacity: true)
    }
    var intake = appending.intake()
    try input.forEachEvent { text in
      switch text.content {
      case .failure(let error): try reject(text.bytes, "\(error)")
      case .success(let node):
        switch try intake.take(node) {
        case .failure(let refused): try reject(text.bytes, "\(refused)")
        case .success(let claim):
          // One by one, so that a conflict over a new person costs one event's work.
          var claim = claim
          while try !appending.isDryRun && !intake.commitPeople() { claim = try intake.take(node).get() }
          chunk.append((text, claim))
          if chunk.count == AppendRequest.maximumEvents { try landGood() }
        }
      }
      return true
    }
    try landGood()
    Terminal.remark("\(receipts.landed) recorded, \(receipts.duplicates) duplicates, \(refusedCount) rejected")
    guard refusedCount == 0 else { throw ExitStatusSignal(status: .badInput) }
  }

  private func forEachClaim(_ intake: inout Intake, _ body: (PreparedClaim) throws -> Void) throws {
    try input.forEachEvent { text in
      switch text.content {
      case .failure(let error): throw CommandFailure(.badInput, "\(error). Nothing was appended")
      case .success(let node):
        switch try intake.take(node) {
        case .failure(let refused): throw CommandFailure(refused)
        case .success(let claim): try body(claim)
        }
      }
      return true
    }
  }

  private mutating func land(_ claims: [PreparedClaim]) throws {
    let landed = try appending.land(claims)
    if quiet { receipts.count(landed) } else { try receipts.print(landed, claims) }
  }
}
