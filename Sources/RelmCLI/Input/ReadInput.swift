internal import RelmDomain
internal import RelmLedger

/// What of an input was read: its claims, and what is wrong with the others, each by which of the input's events it is.
struct ReadInput {
  private(set) var claims: [(number: Int, claim: PreparedClaim)] = []
  private(set) var faults: [Fault] = []
  private var count = 0

  /// An event that was refused for its form.
  struct Fault {
    let number: Int
    let status: ExitStatus
    let problems: [Problem]
    let event: LeftOut
  }

  /// Whether there was any event.
  var isEmpty: Bool { count == 0 }

  /// Whether so much is wrong that nothing more is told.
  var isFull: Bool { faults.reduce(0) { $0 + $1.problems.count } >= Problem.most }

  mutating func add(_ claim: PreparedClaim) {
    // What goes beyond one transaction is decided in its own.
    if claims.count < AppendRequest.maximumEvents { claims.append((count, claim)) }
    count += 1
  }

  mutating func add(_ problems: [Problem], _ status: ExitStatus, _ node: JSONNode?) {
    faults.append(Fault(number: count, status: status, problems: problems, event: LeftOut(node)))
    count += 1
  }
}

/// An event that was left out, as far as it could be read.
struct LeftOut {
  private let type: String?
  private let subject: String?

  init(_ node: JSONNode?) {
    type = node?["type"]?.string
    subject = node?["subject"]?.string
  }

  init(_ claim: PreparedClaim) {
    type = claim.claim.envelope.type
    subject = claim.claim.envelope.subject
  }

  /// Whether what comes later may be refused only because this one is missing: that is no news, and may be wrong.
  func mayExplain(_ refusal: Refusal, of claim: PreparedClaim) -> Bool {
    switch refusal.code {
    case .contradiction: subject != nil && subject == claim.claim.envelope.subject
    case .notAuthorised: type.map { $0.hasPrefix("relm.authority.") || $0.hasPrefix("relm.person.") } ?? false
    case .badInput, .versionConflict, .duplicateIDOtherClaim, .newerFormat, .tooLarge: false
    }
  }
}
