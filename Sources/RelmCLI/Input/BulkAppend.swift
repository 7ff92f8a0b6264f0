internal import Glibc
internal import RelmDomain
internal import RelmLedger
internal import RelmVault

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
    /// Everything is read and checked first, then appended in chunks; of a pipe, what is held of it.
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
      try saying("Nothing was appended") {
        try forEachClaim(&intake) { claim in
          claims.append(claim)
          guard claims.count <= AppendRequest.maximumEvents else {
            throw CommandFailure(
              .badInput,
              "line \(claim.place.line ?? 0): more than \(AppendRequest.maximumEvents) events are too many for one "
                + "transaction; append them with --chunked")
          }
        }
      }
      if try land(claims, intake.newcomers) { return }
    }
  }

  private mutating func chunked() throws {
    var done: UInt64 = 0
    repeat { try appendPart(&done) } while try input.next()
    progress.end()
    Terminal.remark("\(receipts.landed) recorded, \(receipts.duplicates) duplicates")
  }

  /// Checks all that is at hand and appends it in chunks.
  ///
  /// - Parameter done: how many events were appended before, and then with it.
  private mutating func appendPart(_ done: inout UInt64) throws {
    var count = done
    try saying(
      done == 0
        ? "Nothing was appended"
        : "The \(done) events before this part of the input are recorded, and nothing of it is"
    ) {
      var checking = appending.intake()
      try forEachClaim(&checking) { _ in count += 1 }
    }

    var chunk: [EventText] = []
    func landChunk() throws {
      // Whom somebody else has made meanwhile is known when the chunk is taken in again.
      while true {
        var intake = appending.intake()
        let claims = try chunk.map { try claim($0, &intake) }
        if try land(claims, intake.newcomers) { break }
      }
      done += UInt64(chunk.count)
      chunk.removeAll(keepingCapacity: true)
    }
    do {
      try input.forEachEvent { text in
        chunk.append(text)
        guard chunk.count == AppendRequest.maximumEvents else { return true }
        try landChunk()
        progress.show("appended", done, of: count)
        return true
      }
      try landChunk()
    } catch let failure as CommandFailure {
      progress.end()
      throw CommandFailure(
        failure.status,
        "\(failure.description)\nThe \(done) events before this chunk are recorded and nothing of it is. Correct the "
          + "input and append the whole of it again: what is recorded counts as duplicates")
    }
  }

  /// Runs the body; a failure says in the end what it means for the input.
  private func saying(_ outcome: String, _ body: () throws -> Void) throws {
    do { try body() } catch let failure as CommandFailure {
      let words = failure.description
      throw CommandFailure(failure.status, words + (words.hasSuffix(".") ? " " : ". ") + outcome)
    }
  }

  /// The good events are appended, the others written to a file as they came, each with a remark why.
  private mutating func keepGoing(rejects path: String) throws {
    // A FIFO that nobody reads is told, and not waited for.
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NONBLOCK, 0o666)
    guard file >= 0 else {
      throw CommandFailure(.cannotCreate, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
    defer { close(file) }
    _ = fcntl(file, F_SETFL, fcntl(file, F_GETFL) & ~O_NONBLOCK)
    var refusedCount = 0
    func reject(_ text: [UInt8], _ reason: String) throws {
      refusedCount += 1
      Terminal.remark("relm: \(reason)")
      try Files.writeAll((text + [UInt8(ascii: "\n")])[...], to: file, path: path)
    }
    var chunk: [EventText] = []
    func landGood() throws {
      while true {
        var intake = appending.intake()
        var good: [(text: EventText, claim: PreparedClaim)] = []
        var bad: [(text: EventText, reason: String)] = []
        for text in chunk {
          switch text.content {
          case .failure(let error): bad.append((text, "\(error)"))
          case .success(let node):
            switch try intake.take(node) {
            case .failure(let refused): bad.append((text, "\(refused)"))
            case .success(let claim): good.append((text, claim))
            }
          }
        }
        let newcomers = intake.newcomers
        let request = AppendRequest(
          claims: good.map(\.claim), isDryRun: appending.isDryRun, keepsGoing: true, newcomers: newcomers)
        let outcome = try appending.ledger.append(request)
        if case .overtaken = outcome { continue }
        guard case .landed(let outcomes, let remarks) = outcome else {
          throw CommandFailure(
            .newerFormat, "a newer relm has written to this ledger; append with that version")
        }
        for remark in remarks { Terminal.remark("relm: \(remark)") }
        appending.tell(
          outcomes.compactMap { outcome in if case .success(let receipt) = outcome { receipt } else { nil } })
        for item in bad { try reject(item.text.bytes, item.reason) }
        for (item, outcome) in zip(good, outcomes) {
          switch outcome {
          case .success(let receipt):
            if quiet { receipts.count([receipt]) } else { try receipts.print([receipt], [item.claim]) }
          case .failure(let refusal):
            let told = try appending.told(refusal, newcomers)
            try reject(item.text.bytes, "line \(item.text.line): \(told)")
          }
        }
        return chunk.removeAll(keepingCapacity: true)
      }
    }
    repeat {
      try input.forEachEvent { text in
        chunk.append(text)
        if chunk.count == AppendRequest.maximumEvents { try landGood() }
        return true
      }
      try landGood()
    } while try input.next()
    Terminal.remark("\(receipts.landed) recorded, \(receipts.duplicates) duplicates, \(refusedCount) rejected")
    guard refusedCount == 0 else { throw ExitStatusSignal(status: .badInput) }
  }

  private func forEachClaim(_ intake: inout Intake, _ body: (PreparedClaim) throws -> Void) throws {
    try input.forEachEvent { text in
      try body(try claim(text, &intake))
      return true
    }
  }

  private func claim(_ text: EventText, _ intake: inout Intake) throws -> PreparedClaim {
    switch text.content {
    case .failure(let error): throw CommandFailure(.badInput, "\(error)")
    case .success(let node):
      switch try intake.take(node) {
      case .failure(let refused): throw CommandFailure(refused)
      case .success(let claim): return claim
      }
    }
  }

  /// - Returns: false where the claims are to be taken in again.
  private mutating func land(_ claims: [PreparedClaim], _ newcomers: Proposals) throws -> Bool {
    guard let landed = try appending.land(claims, newcomers) else { return false }
    if quiet { receipts.count(landed) } else { try receipts.print(landed, claims) }
    return true
  }
}
