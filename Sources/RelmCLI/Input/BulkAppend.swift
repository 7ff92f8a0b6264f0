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
      if try land(claims, intake.newcomers) { return }
    }
  }

  private mutating func chunked() throws {
    var count: UInt64 = 0
    var checking = appending.intake()
    try forEachClaim(&checking) { _ in count += 1 }

    var done: UInt64 = 0
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
    progress.end()
    Terminal.remark("\(receipts.landed) recorded, \(receipts.duplicates) duplicates")
  }

  /// The good events are appended, the others written to a file as they came, each with a remark why.
  private mutating func keepGoing(rejects path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
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
        let found = try appending.names?.findings(in: good.map(\.claim), newcomers, appending.ledger)
        let remarks = try appending.told(found?.remarks ?? [:], newcomers)
        var kept: [(text: EventText, claim: PreparedClaim, remarks: [String])] = []
        for (place, item) in good.enumerated() {
          if let refusal = found?.refusals[place] {
            bad.append((item.text, "line \(item.text.line): \(try appending.told(refusal, newcomers))"))
          } else {
            kept.append((item.text, item.claim, remarks[place] ?? []))
          }
        }
        let request = AppendRequest(
          claims: kept.map(\.claim), isDryRun: appending.isDryRun, keepsGoing: true, newcomers: newcomers)
        let outcome = try appending.ledger.append(request)
        if case .overtaken = outcome { continue }
        guard case .landed(let outcomes, let remarks) = outcome else {
          throw CommandFailure(
            .newerFormat, "a newer relm has written to this ledger; append with that version")
        }
        for remark in remarks { Terminal.remark("relm: \(remark)") }
        for item in bad { try reject(item.text.bytes, item.reason) }
        for (item, outcome) in zip(kept, outcomes) {
          switch outcome {
          case .success(let receipt):
            let appended = Appended(receipts: [receipt], claims: [item.claim], remarks: [0: item.remarks])
            if quiet {
              receipts.count([receipt])
              ReceiptPrinter.remark(appended)
            } else {
              try receipts.print(appended)
            }
          case .failure(let refusal):
            let told = try appending.told(refusal, newcomers)
            try reject(item.text.bytes, "line \(item.text.line): \(told)")
          }
        }
        return chunk.removeAll(keepingCapacity: true)
      }
    }
    try input.forEachEvent { text in
      chunk.append(text)
      if chunk.count == AppendRequest.maximumEvents { try landGood() }
      return true
    }
    try landGood()
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
    case .failure(let error): throw CommandFailure(.badInput, "\(error). Nothing was appended")
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
    if quiet {
      receipts.count(landed.receipts)
      ReceiptPrinter.remark(landed)
    } else {
      try receipts.print(landed)
    }
    return true
  }
}
