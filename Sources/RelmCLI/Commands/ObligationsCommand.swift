internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmProof
internal import RelmProjections

struct ObligationsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "obligations", abstract: "What is due, from whom, by when.",
    discussion: """
      Actions of reviews, conditions of handovers, answers to handovers, authorisations and escalations, overrides to \
      be ratified and reviewed, early life support to be closed, drift, and the reviews of policies, procedures, \
      capabilities, authority and holds. What is due first comes first. A duty is done by an event, never here.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var asOf: AsOfOptions

  @Argument(
    help:
      "Only those of this stream, such as release/payments-api/2026.11.3, or a beginning of it, such as release/payments-api.",
    completion: Completions.subjects)
  var subject: String?

  @Option(name: .customLong("of"), help: "Only what is due from this person: an account.")
  var owner: String?

  @Option(help: "Only this kind, such as reviewAction or overrideRatification.")
  var kind: String?

  @Flag(help: "Only what is overdue; the exit status is then 1 if there is any.")
  var overdue = false

  @Flag(help: "Also what is done.")
  var all = false

  @Option(
    name: .customLong("due-by"),
    help: "Overdue is what is due by this moment (RFC 3339); else by now, or by --at.")
  var dueBy: String?

  func run() throws {
    let opened = try ledger.open(asOf)
    let time = try dueBy.map { try Moments.instant($0, option: "--due-by") } ?? opened.surroundings.now()
    let chosen = try kind.map(Self.kind)
    let person = try owner.map { try opened.knownPerson($0) }
    let stream = try subject.map { try SubjectArgument.beginning($0, opened) }
    let names = Names(opened.vault)
    var found: [ObligationRow] = []
    try opened.forEachRow(of: Obligations.self) { row, _ in
      if row.isWanted(under: stream, of: person, chosen), all || row.done == nil,
        !overdue || row.isOverdue(at: time)
      {
        found.append(row)
      }
      return true
    }
    found.sort { ($0.due ?? .latest, $0.raised) < ($1.due ?? .latest, $1.raised) }
    var table = Rows("due", "state", "owner", "what", "about", "kind", "position", whenEmpty: "nothing is due")
    for row in found {
      let state = row.done != nil ? "done" : row.isOverdue(at: time) ? "OVERDUE" : "open"
      table.append(
        row.due.map { Cell($0) } ?? Cell(nil as String?), Cell(state),
        Cell(try row.owner.map { try names.text($0.text) }), Cell(row.what),
        Cell(try names.subject(row.subject)),
        Cell(row.kind.rawValue), Cell(row.raised.position.value), whole: row.bytes)
    }
    try table.write(try output.chosen())
    if overdue, !found.isEmpty { throw ExitStatusSignal(status: .no) }
  }

  private static func kind(_ word: String) throws -> ObligationRow.Kind {
    if let kind = ObligationRow.Kind(rawValue: word) { return kind }
    let known = ObligationRow.Kind.allCases.map(\.rawValue)
    let hint = EditDistance.nearest(to: word, in: known).map { "did you mean '\($0)'?" }
    throw CommandFailure(
      .usage, "'\(word)' is no kind of obligation; \(hint ?? "there are \(known.joined(separator: ", "))")")
  }
}

extension ObligationRow {
  fileprivate func isWanted(under subject: String?, of person: PersonID?, _ kind: Kind?) -> Bool {
    if let subject, self.subject != subject, !self.subject.hasPrefix(subject + "/") { return false }
    if let person, owner != person { return false }
    return kind.map { $0 == self.kind } ?? true
  }
}
