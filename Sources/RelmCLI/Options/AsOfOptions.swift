internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmViews
internal import RelmProof

/// As of when a question is answered.
struct AsOfOptions: ParsableArguments {
  @Option(
    name: .customLong("at"),
    help: ArgumentHelp(
      "As it was: after this position, or at this moment by the time of recording (1234, 2026-10-01T12:00Z, 2026-10-01).",
      valueName: "moment"))
  var at: String?

  @Option(
    name: .customLong("happened-by"),
    help: ArgumentHelp(
      "Only what had happened by this moment, whenever it was recorded.", valueName: "time"))
  var happenedBy: String?

  init() {}

  init(_ words: inout PlainLine) {
    at = words.value("--at")
    happenedBy = words.value("--happened-by")
  }

  /// Whether the question is about the past.
  var isSet: Bool { at != nil || happenedBy != nil }

  /// The ledger as of the moment that was named; as it is now where none was.
  func apply(to ledger: Ledger) throws -> Ledger {
    guard isSet else { return ledger }
    let moment = try at.map { try Moments.named($0, option: "--at") }
    let latest = try happenedBy.map { try Moments.instant($0, option: "--happened-by") }
    let past = try ledger.asOf(moment, happenedBy: latest)
    try Terminal.remark(Self.words(past))
    return past
  }

  private static func words(_ past: Ledger) throws -> String {
    guard let asOf = past.asOf, let last = asOf.size.lastPosition else { return "as of before the first event" }
    var words = "as of position \(last.value)"
    if let event = try past.recorded(last) { words += ", recorded \(Moments.text(event.recorded))" }
    if let latest = asOf.happenedBy { words += "; only what had happened by \(Moments.text(latest))" }
    return words
  }
}

extension LedgerOptions {
  /// Opens the ledger to answer a question, as of the moment that was named.
  func open(_ asOf: AsOfOptions) throws -> Ledger { try asOf.apply(to: open()) }
}
