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

  init(
    _ ledger: Ledger, actor: String? = nil, source: String?, expected: ExpectedVersion? = nil,
    expectedSize: TreeSize? = nil, verb: String? = nil, isDryRun: Bool = false
  ) {
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
        case .failure(let refused): throw CommandFailure(refused, isOne: documents.count == 1)
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
      let claim = claims[index]
      throw try CommandFailure(
        told(refusal, newcomers), line: claims.count == 1 ? nil : claim.place.line)
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

extension CommandFailure {
  /// - Parameter isOne: whether the input is one event, whose line nobody needs to be told.
  init(_ refused: IntakeRefusal, isOne: Bool = false) {
    self.init(refused.refusal, line: isOne ? nil : refused.line)
  }

  init(_ refusal: Refusal, line: Int?) {
    let place = line.map { "line \($0): " } ?? ""
    self.init(ExitStatus(rawValue: refusal.code.exitStatus) ?? .badInput, "\(place)\(refusal)")
  }
}
