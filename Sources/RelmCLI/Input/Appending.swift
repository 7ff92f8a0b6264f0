internal import RelmDomain
internal import RelmLedger
internal import RelmProof
internal import RelmVault

/// Appends what one command has made, and tells where it landed.
struct Appending {
  let ledger: Ledger
  let actor: String?
  let source: String?
  let expected: ExpectedVersion?
  /// The size of the log on which it rests, if it rests on one.
  let expectedSize: TreeSize?
  /// The command, where it writes types that no other may.
  let verb: String?
  let isDryRun: Bool
  /// What of an event came from the command line.
  let options: TypedOptions
  /// Watches the names in what is appended; nil where they come from elsewhere and nobody has typed them.
  let names: NameWatch?
  /// Whether another program's record is taken in.
  let isImport: Bool

  init(
    _ ledger: Ledger, actor: String? = nil, source: String?, expected: ExpectedVersion? = nil,
    expectedSize: TreeSize? = nil, verb: String? = nil, isDryRun: Bool = false, isWholeEventTyped: Bool = false,
    names: NameWatch? = nil, isImport: Bool = false
  ) {
    self.isImport = isImport
    options = TypedOptions(isWholeEvent: isWholeEventTyped)
    self.expectedSize = expectedSize
    self.verb = verb
    self.ledger = ledger
    self.actor = actor
    self.source = source
    self.expected = expected
    self.isDryRun = isDryRun
    self.names = names
  }

  /// Whether the command has made the events itself: then there are no lines that a person could look up.
  private var isOwn: Bool { verb != nil }

  /// A fresh intake with this command's source and actor.
  func intake() -> Intake { ledger.intake(defaultSource: source, defaultActor: actor, verb: verb) }

  /// Appends events, all or none.
  ///
  /// - Throws: a failure with the status of the refusal, naming line, pointer and reason; nothing is then appended.
  func append(_ documents: [JSONNode]) throws -> Appended {
    while true {
      var intake = intake()
      var claims: [PreparedClaim] = []
      for node in documents {
        switch try intake.take(node) {
        case .success(let claim): claims.append(claim)
        case .failure(let refused):
          let isOne = documents.count == 1 || isOwn
          throw CommandFailure(
            ExitStatus(of: refused.refusal), try problems(refused, with: node, intake, isOne: isOne))
        }
      }
      if let appended = try land(claims, intake.newcomers) { return appended }
    }
  }

  /// Appends prepared claims, all or none.
  ///
  /// - Parameter newcomers: the people whom the intake of the claims has met for the first time.
  /// - Returns: nil where somebody else has made one of them meanwhile: the claims are then to be taken in again.
  func land(_ claims: [PreparedClaim], _ newcomers: Proposals) throws -> Appended? {
    let found = try names?.findings(in: claims, newcomers, ledger) ?? NameWatch.Findings()
    guard found.refusals.isEmpty else {
      throw try failure(refusals(of: claims, newcomers, besides: found.refusals), claims, newcomers)
    }
    let outcome = try ledger.append(
      AppendRequest(
        claims: claims, expected: expected, expectedSize: expectedSize, isDryRun: isDryRun, isImport: isImport,
        newcomers: newcomers))
    switch outcome {
    case .overtaken: return nil
    case .refused(let index, let refusal):
      let others = claims.count > 1 ? try refusals(of: claims, newcomers) : []
      let all = others.contains { $0.index == index } ? others : [(index, refusal)] + others
      throw try failure(all, claims, newcomers)
    case .landed(let outcomes, let remarks):
      for remark in remarks { Terminal.remark("relm: \(remark)") }
      return Appended(
        receipts: try told(try outcomes.map { try $0.get() }, newcomers), claims: claims,
        remarks: try told(found.remarks, newcomers))
    }
  }

  private func failure(
    _ refusals: [(index: Int, refusal: Refusal)], _ claims: [PreparedClaim], _ newcomers: Proposals
  ) throws -> CommandFailure {
    let problems = try refusals.prefix(Problem.most).map { index, refusal in
      let place = claims.count == 1 || isOwn ? claims[index].place.ofOne : claims[index].place
      return Problem(try told(refusal, newcomers), at: place, options)
    }
    return CommandFailure(refusals.first.map { ExitStatus(of: $0.refusal) } ?? .badInput, problems)
  }
}

/// What was appended, and where it landed.
struct Appended {
  let receipts: [Receipt]
  let claims: [PreparedClaim]
  /// What is to be said of each, by its place: of its names, and of what is wrong with it all the same.
  let remarks: [Int: [String]]

  init(receipts: [Receipt], claims: [PreparedClaim], remarks: [Int: [String]] = [:]) {
    self.receipts = receipts
    self.claims = claims
    var all = remarks
    for (place, receipt) in receipts.enumerated() where !receipt.remarks.isEmpty {
      all[place, default: []] += receipt.remarks
    }
    self.remarks = all
  }
}

extension Appending {
  /// All that is wrong in form with the one event of an input; none where nothing is.
  func problems(with node: JSONNode) throws -> [Problem] {
    var intake = intake()
    guard case .failure(let refused) = try intake.take(node) else { return [] }
    return try problems(refused, with: node, intake, isOne: true)
  }

  /// All that is wrong with an event that the intake refuses.
  func problems(
    _ refused: IntakeRefusal, with node: JSONNode, _ intake: Intake, element: Int? = nil, isOne: Bool = false
  ) throws -> [Problem] {
    try intake.faults(of: node, after: refused, atMost: Problem.most).map { fault in
      var place = isOne ? fault.place.ofOne : fault.place
      place.element = element
      return Problem(fault.refusal, at: place, options)
    }
  }

  /// What is refused of claims: each as it would be decided if those that are refused were left out. What may be refused only
  /// because another is left out is not told.
  ///
  /// - Parameters:
  ///   - named: what is refused for its names, by the claim.
  ///   - leftOut: what of the input is no claim, each before the claim of that index.
  private func refusals(
    of claims: [PreparedClaim], _ newcomers: Proposals, besides named: [Int: Refusal] = [:],
    leftOut: [(before: Int, event: LeftOut)] = []
  ) throws -> [(index: Int, refusal: Refusal)] {
    let told = named.sorted { $0.key < $1.key }.map { (index: $0.key, refusal: $0.value) }
    guard !claims.isEmpty else { return told }
    let outcome = try ledger.append(
      AppendRequest(claims: claims, isDryRun: true, keepsGoing: true, newcomers: newcomers))
    guard case .landed(let outcomes, _) = outcome else { return told }
    var missing: [LeftOut] = []
    var refusals: [(index: Int, refusal: Refusal)] = []
    for (index, outcome) in outcomes.enumerated() {
      missing += leftOut.filter { $0.before == index }.map(\.event)
      var refusal = named[index]
      if refusal == nil, case .failure(let decided) = outcome { refusal = decided }
      guard let refusal else { continue }
      let isNews = !missing.contains { $0.mayExplain(refusal, of: claims[index]) }
      if isNews { refusals.append((index, refusal)) }
      missing.append(LeftOut(claims[index]))
    }
    return refusals
  }

  /// All that is wrong with an input of which something is wrong in form: that, and what would be refused of the rest.
  func failure(of read: ReadInput, _ newcomers: Proposals) throws -> CommandFailure {
    let claims = read.claims.map(\.claim)
    let leftOut = read.faults.map { fault in
      (before: read.claims.firstIndex { fault.number < $0.number } ?? claims.count, event: fault.event)
    }
    // What is only unknown may be what one of the others would have made known.
    let named = try names?.findings(in: claims, newcomers, ledger).certain ?? [:]
    let refused = try refusals(of: claims, newcomers, besides: named, leftOut: leftOut).map { index, refusal in
      ReadInput.Fault(
        number: read.claims[index].number, status: ExitStatus(of: refusal),
        problems: [Problem(try told(refusal, newcomers), at: claims[index].place, options)],
        event: LeftOut(claims[index]))
    }
    let faults = (read.faults + refused).sorted { $0.number < $1.number }
    var problems = faults.flatMap(\.problems)
    if read.isFull || problems.count > Problem.most {
      problems = problems.prefix(Problem.most) + [Problem("and perhaps more; correct these first")]
    }
    return CommandFailure(faults[0].status, problems)
  }

  /// Remarks with names for pseudonyms.
  func told(_ remarks: [Int: [String]], _ newcomers: Proposals) throws -> [Int: [String]] {
    guard !remarks.isEmpty else { return remarks }
    let names = names(supposing: newcomers)
    return try remarks.mapValues { try $0.map { try names.sentence($0) } }
  }

  /// Receipts with names for the pseudonyms in their remarks.
  func told(_ receipts: [Receipt], _ newcomers: Proposals) throws -> [Receipt] {
    guard receipts.contains(where: { !$0.remarks.isEmpty }) else { return receipts }
    let names = names(supposing: newcomers)
    return try receipts.map { receipt in
      var receipt = receipt
      receipt.remarks = try receipt.remarks.map { try names.sentence($0) }
      return receipt
    }
  }

  private func names(supposing newcomers: Proposals, ofErrors: Bool = false) -> Names {
    let names = Names(ledger.vault, ofErrors: ofErrors)
    for (account, person) in newcomers.newPeople { names.suppose(person.text, is: account) }
    return names
  }

  /// A refusal with names for pseudonyms.
  ///
  /// - Parameter newcomers: people whom nothing makes known, but who have just been named.
  /// - Throws: `VaultError` where the vault does not serve.
  func told(_ refusal: Refusal, _ newcomers: Proposals) throws -> Refusal {
    let names = names(supposing: newcomers, ofErrors: true)
    return Refusal(
      refusal.code, at: refusal.pointer, try names.sentence(refusal.reason),
      advice: try names.sentence(refusal.advice))
  }
}

extension InputPlace {
  /// The place in an input of one event, whose line nobody needs to be told.
  var ofOne: InputPlace {
    var place = self
    place.line = nil
    return place
  }
}
