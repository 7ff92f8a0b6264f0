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
  /// Whether no event has come so far.
  private var isEmpty = true

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
    guard isEmpty else { return }
    let name = (input as? EventInput).map { ": \($0.file.name) holds no event" } ?? ": there is no event"
    Terminal.remark(Rows.printable("relm: nothing was there to append\(name)"))
  }

  private mutating func atOnce() throws {
    while true {
      var intake = appending.intake()
      var claims: [PreparedClaim] = []
      var hasAny = false
      try saying("Nothing was appended") {
        hasAny = try forEachClaim(&intake) { claim in
          claims.append(claim)
          guard claims.count <= AppendRequest.maximumEvents else {
            throw CommandFailure(
              .badInput,
              "line \(claim.place.line ?? 0): more than \(AppendRequest.maximumEvents) events are too many for one "
                + "transaction; append them with --chunked")
          }
        }
      }
      isEmpty = !hasAny
      if try land(claims, intake.newcomers) { return }
    }
  }

  private mutating func chunked() throws {
    var done: UInt64 = 0
    repeat { try appendPart(&done) } while try input.next()
    progress.end()
    Terminal.remark("\(receipts.landed) recorded, \(PlainWords.count(receipts.duplicates, "duplicate"))")
  }

  /// Checks all that is at hand and appends it in chunks.
  ///
  /// - Parameter done: how many events were appended before, and then with it.
  private mutating func appendPart(_ done: inout UInt64) throws {
    var count = done
    var hasAny = false
    try saying(
      done == 0
        ? "Nothing was appended"
        : "\(Self.before(done)) this part of the input \(done == 1 ? "is" : "are") recorded, and nothing of it is"
    ) {
      var checking = appending.intake()
      hasAny = try forEachClaim(&checking) { _ in count += 1 }
    }

    if hasAny { isEmpty = false }
    var chunk: [EventText] = []
    func landChunk() throws {
      // Whom somebody else has made meanwhile is known when the chunk is taken in again.
      while true {
        var intake = appending.intake()
        let claims = try chunk.map { text in
          switch try take(text, &intake) {
          case .claim(let claim): return claim
          case .refused(let status, let problems): throw CommandFailure(status, problems)
          }
        }
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
        failure.problems + [
          Problem(
            "\(Self.before(done)) this chunk \(done == 1 ? "is" : "are") recorded and nothing of it is. Correct the input and append the "
              + "whole of it again: what is recorded counts as duplicates")
        ])
    }
  }

  private static func before(_ done: UInt64) -> String { "The \(PlainWords.count(done, "event")) before" }

  /// Runs the body; a failure says in the end what it means for the input.
  private func saying(_ outcome: String, _ body: () throws -> Void) throws {
    do { try body() } catch let failure as CommandFailure {
      guard let last = failure.problems.last else { throw failure }
      throw CommandFailure(failure.status, failure.problems.dropLast() + [last.saying(outcome)])
    }
  }

  /// The good events are appended, the others written to a file as they came, each with a remark why.
  private mutating func keepGoing(rejects path: String) throws {
    let rejects = try Rejects(path, input: (input as? EventInput)?.file)
    var chunk: [EventText] = []
    repeat {
      try input.forEachEvent { text in
        isEmpty = false
        chunk.append(text)
        if chunk.count == AppendRequest.maximumEvents { try landGood(&chunk, rejects) }
        return true
      }
      try landGood(&chunk, rejects)
    } while try input.next()
    try rejects.end()
    let (landed, duplicates) = (receipts.landed, receipts.duplicates)
    Terminal.remark(
      "\(landed) \(appending.isDryRun ? "would be recorded" : "recorded"), \(PlainWords.count(duplicates, "duplicate")), "
        + "\(rejects.count) rejected")
    guard rejects.count == 0 else { throw ExitStatusSignal(status: .badInput) }
  }

  /// What an event came to: a claim, or what is wrong with it.
  private enum Taken {
    case claim(PreparedClaim)
    case refused(ExitStatus, [Problem])
  }

  /// Refuses what has names that nobody knows, where that is asked; what is to be said of the others, by their places.
  private func named(
    _ taken: [Taken], _ newcomers: Proposals
  ) throws -> (taken: [Taken], remarks: [Int: [String]]) {
    guard let watch = appending.names else { return (taken, [:]) }
    let places = taken.indices.filter { if case .claim = taken[$0] { true } else { false } }
    let claims = taken.compactMap { if case .claim(let claim) = $0 { claim } else { nil } }
    let found = try watch.findings(in: claims, newcomers, appending.ledger)
    var named = taken
    for (index, refusal) in found.refusals {
      let problem = Problem(
        try appending.told(refusal, newcomers), at: claims[index].place, appending.options)
      named[places[index]] = .refused(ExitStatus(of: refusal), [problem])
    }
    let remarks = try appending.told(found.remarks, newcomers)
    return (named, Dictionary(uniqueKeysWithValues: remarks.map { (places[$0.key], $0.value) }))
  }

  /// Appends what can be of a chunk, and rejects the rest, in the order of the input.
  private mutating func landGood(_ chunk: inout [EventText], _ rejects: Rejects) throws {
    defer { chunk.removeAll(keepingCapacity: true) }
    while true {
      var intake = appending.intake()
      let read = try chunk.map { try take($0, &intake) }
      let newcomers = intake.newcomers
      let (taken, names) = try named(read, newcomers)
      let claims = taken.compactMap { if case .claim(let claim) = $0 { claim } else { nil } }
      let outcome = try appending.ledger.append(
        AppendRequest(
          claims: claims, isDryRun: appending.isDryRun, keepsGoing: true, newcomers: newcomers))
      if case .overtaken = outcome { continue }
      guard case .landed(let outcomes, let remarks) = outcome else {
        throw CommandFailure(.newerFormat, "a newer relm has written to this ledger; append with that version")
      }
      for remark in remarks { Terminal.remark("relm: \(remark)") }
      var landed = outcomes.makeIterator()
      for (place, (text, taken)) in zip(chunk, taken).enumerated() {
        switch taken {
        case .refused(let status, let problems): try rejects.add(text, problems, status)
        case .claim(let claim):
          switch landed.next() {
          case .success(let receipt):
            let appended = Appended(
              receipts: try appending.told([receipt], newcomers), claims: [claim],
              remarks: [0: names[place] ?? []])
            if quiet { receipts.count(appended) } else { try receipts.print(appended) }
          case .failure(let refusal):
            let told = try appending.told(refusal, newcomers)
            try rejects.add(
              text, [Problem(told, at: claim.place, appending.options)], ExitStatus(of: refusal))
          case nil: preconditionFailure("every claim has an outcome")
          }
        }
      }
      return
    }
  }

  /// Takes all events in. What is wrong with any is told together, in the order of the input and up to so much: with what is
  /// wrong in form also what would be refused of the others.
  ///
  /// - Returns: whether there was any event.
  @discardableResult
  private func forEachClaim(
    _ intake: inout Intake, _ body: (PreparedClaim) throws -> Void
  ) throws -> Bool {
    var read = ReadInput()
    try input.forEachEvent { text in
      switch try take(text, &intake) {
      case .claim(let claim):
        if read.faults.isEmpty { try body(claim) }
        read.add(claim)
      case .refused(let status, let problems):
        read.add(problems, status, text.node)
      }
      return !read.isFull
    }
    guard !read.faults.isEmpty else { return !read.isEmpty }
    throw try appending.failure(of: read, intake.newcomers)
  }

  private func take(_ text: EventText, _ intake: inout Intake) throws -> Taken {
    switch text.content {
    case .failure(let error): return .refused(.badInput, [Problem(error)])
    case .success(let node):
      switch try intake.take(node) {
      case .success(var claim):
        claim.place.element = text.element
        return .claim(claim)
      case .failure(let refused):
        let problems = try appending.problems(refused, with: node, intake, element: text.element)
        return .refused(ExitStatus(of: refused.refusal), problems)
      }
    }
  }

  /// - Returns: false where the claims are to be taken in again.
  private mutating func land(_ claims: [PreparedClaim], _ newcomers: Proposals) throws -> Bool {
    guard let landed = try appending.land(claims, newcomers) else { return false }
    if quiet { receipts.count(landed) } else { try receipts.print(landed) }
    return true
  }
}
