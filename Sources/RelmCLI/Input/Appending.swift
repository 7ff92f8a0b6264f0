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

  init(
    _ ledger: Ledger, actor: String? = nil, source: String?, expected: ExpectedVersion? = nil,
    expectedSize: TreeSize? = nil, verb: String? = nil, isDryRun: Bool = false, isWholeEventTyped: Bool = false
  ) {
    options = TypedOptions(isWholeEvent: isWholeEventTyped)
    self.expectedSize = expectedSize
    self.verb = verb
    self.ledger = ledger
    self.actor = actor
    self.source = source
    self.expected = expected
    self.isDryRun = isDryRun
  }

  /// A fresh intake with this command's source and actor.
  func intake() -> Intake { ledger.intake(defaultSource: source, defaultActor: actor, verb: verb) }

  /// Appends events, all or none.
  ///
  /// - Throws: a failure with the status of the refusal, naming line, pointer and reason; nothing is then appended.
  func append(_ documents: [JSONNode]) throws -> (receipts: [Receipt], claims: [PreparedClaim]) {
    while true {
      var intake = intake()
      var claims: [PreparedClaim] = []
      for node in documents {
        switch try intake.take(node) {
        case .success(let claim): claims.append(claim)
        case .failure(let refused):
          let isOne = documents.count == 1
          throw CommandFailure(
            ExitStatus(of: refused.refusal), try problems(refused, with: node, intake, isOne: isOne))
        }
      }
      if let receipts = try land(claims, intake.newcomers) { return (receipts, claims) }
    }
  }

  /// Appends prepared claims, all or none.
  ///
  /// - Parameter newcomers: the people whom the intake of the claims has met for the first time.
  /// - Returns: nil where somebody else has made one of them meanwhile: the claims are then to be taken in again.
  func land(_ claims: [PreparedClaim], _ newcomers: Proposals) throws -> [Receipt]? {
    let outcome = try ledger.append(
      AppendRequest(
        claims: claims, expected: expected, expectedSize: expectedSize, isDryRun: isDryRun, newcomers: newcomers
      ))
    switch outcome {
    case .overtaken: return nil
    case .refused(let index, let refusal):
      let others = try refusals(of: claims, newcomers)
      let all = others.contains { $0.index == index } ? others : [(index, refusal)] + others
      let problems = try all.prefix(Problem.most).map { index, refusal in
        let place = claims.count == 1 ? claims[index].place.ofOne : claims[index].place
        return Problem(try told(refusal, newcomers), at: place, options)
      }
      throw CommandFailure(ExitStatus(of: refusal), problems)
    case .landed(let outcomes, let remarks):
      for remark in remarks { Terminal.remark("relm: \(remark)") }
      let receipts = try outcomes.map { try $0.get() }
      tell(receipts)
      return receipts
    }
  }
}

extension Appending {
  /// How many of the remarks on what was recorded are told of one transaction.
  private static let told = 20

  /// Tells what is wrong with what was recorded all the same.
  func tell(_ receipts: [Receipt]) {
    let remarks = receipts.flatMap { receipt in
      receipt.remarks.map { receipts.count == 1 ? $0 : "position \(receipt.position.value): \($0)" }
    }
    for remark in remarks.prefix(Self.told) { Terminal.remark(Rows.printable("relm: \(remark)")) }
    if remarks.count > Self.told {
      Terminal.remark("relm: and \(remarks.count - Self.told) more remarks of that kind")
    }
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

  /// What else is refused of claims of which one is: each as it would be decided if those that are refused were left out.
  private func refusals(
    of claims: [PreparedClaim], _ newcomers: Proposals
  ) throws -> [(index: Int, refusal: Refusal)] {
    guard claims.count > 1 else { return [] }
    let outcome = try ledger.append(
      AppendRequest(claims: claims, isDryRun: true, keepsGoing: true, newcomers: newcomers))
    guard case .landed(let outcomes, _) = outcome else { return [] }
    return outcomes.enumerated().compactMap { index, outcome in
      guard case .failure(let refusal) = outcome else { return nil }
      return (index, refusal)
    }
  }

  /// A refusal with names for pseudonyms.
  ///
  /// - Parameter newcomers: people whom nothing makes known, but who have just been named.
  /// - Throws: `VaultError` where the vault does not serve.
  func told(_ refusal: Refusal, _ newcomers: Proposals) throws -> Refusal {
    let names = Names(ledger.vault)
    for (account, person) in newcomers.newPeople { names.suppose(person.text, is: account) }
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
