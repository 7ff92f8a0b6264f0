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
  /// Watches the names in what is appended; nil where they come from elsewhere and nobody has typed them.
  let names: NameWatch?

  init(
    _ ledger: Ledger, actor: String? = nil, source: String?, expected: ExpectedVersion? = nil,
    expectedSize: TreeSize? = nil, verb: String? = nil, isDryRun: Bool = false,
    names: NameWatch? = nil
  ) {
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
        case .failure(let refused): throw CommandFailure(refused, isOne: documents.count == 1 || isOwn)
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
    if let (index, refusal) = found.refusals.min(by: { $0.key < $1.key }) {
      throw try failure(refusal, claims, index, newcomers)
    }
    let outcome = try ledger.append(
      AppendRequest(
        claims: claims, expected: expected, expectedSize: expectedSize, isDryRun: isDryRun, newcomers: newcomers
      ))
    switch outcome {
    case .overtaken: return nil
    case .refused(let index, let refusal):
      throw try failure(refusal, claims, index, newcomers)
    case .landed(let outcomes, let remarks):
      for remark in remarks { Terminal.remark("relm: \(remark)") }
      return Appended(
        receipts: try outcomes.map { try $0.get() }, claims: claims, remarks: try told(found.remarks, newcomers)
      )
    }
  }

  private func failure(
    _ refusal: Refusal, _ claims: [PreparedClaim], _ index: Int, _ newcomers: Proposals
  ) throws -> CommandFailure {
    try CommandFailure(
      told(refusal, newcomers), line: claims.count == 1 || isOwn ? nil : claims[index].place.line)
  }
}

/// What was appended, and where it landed.
struct Appended {
  let receipts: [Receipt]
  let claims: [PreparedClaim]
  /// What is to be said of each, by its place.
  var remarks: [Int: [String]] = [:]
}

extension Appending {
  /// Remarks with names for pseudonyms.
  func told(_ remarks: [Int: [String]], _ newcomers: Proposals) throws -> [Int: [String]] {
    guard !remarks.isEmpty else { return remarks }
    let names = names(supposing: newcomers)
    return try remarks.mapValues { try $0.map { try names.sentence($0) } }
  }

  private func names(supposing newcomers: Proposals) -> Names {
    let names = Names(ledger.vault)
    for (account, person) in newcomers.newPeople { names.suppose(person.text, is: account) }
    return names
  }

  /// A refusal with names for pseudonyms.
  ///
  /// - Parameter newcomers: people whom nothing makes known, but who have just been named.
  /// - Throws: `VaultError` where the vault does not serve.
  func told(_ refusal: Refusal, _ newcomers: Proposals) throws -> Refusal {
    let names = names(supposing: newcomers)
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
