internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmProof
internal import RelmViews

struct ObligationsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "obligations", abstract: "What is due, from whom, by when.",
    discussion: """
      Actions of reviews, conditions of handovers, answers to handovers, authorisations and escalations, overrides to \
      be ratified and reviewed, early life support to be closed, drift, and the reviews of policies, procedures, \
      capabilities, authority and holds. Also what the policies in force ask for after a deployment: to verify, observe and \
      review it, to hand it over, and to give early life support; that is what the compliance report calls pending or \
      overdue. What is due first comes first. A duty is done by an event, never here.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var asOf: AsOfOptions

  @Argument(
    help:
      "Only those of this stream, such as release/payments-api/2026.11.3, or a beginning of it, such as release/payments-api; of an account what falls to them, or is about them.",
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
    help: "Only what is due by this moment, or by the end of this day; with --overdue, that counts as overdue.")
  var dueBy: String?

  @Option(help: "Only what is due within this time from now, or is overdue: 7d, 12h, 2w, P7D.")
  var within: String?

  func run() throws {
    let opened = try ledger.open(asOf)
    let now = opened.surroundings.now()
    let limit = try limit(now)
    let time = overdue ? limit ?? now : now
    let chosen = try kind.map(Self.kind)
    let person = try owner.map { try opened.knownPerson($0) }
    let stream = try subject.map { try SubjectArgument.beginning($0, opened) }
    let names = Names(opened.vault)
    // Somebody's are those that fall to them, and those that are about them.
    let somebody = stream.flatMap(Subject.named).flatMap { subject in
      if case .person(let person) = subject { person } else { nil }
    }
    let found = try opened.obligations(under: somebody == nil ? stream : nil) { row in
      (somebody.map { row.owner == $0 || row.subject == stream } ?? true)
        && row.isWanted(of: person, chosen) && (all || row.done == nil) && (!overdue || row.isOverdue(at: time))
        && (limit.map { row.isDue(by: $0) } ?? true)
    }.sorted { ($0.due ?? .latest, $0.raised) < ($1.due ?? .latest, $1.raised) }
    var table = Rows(
      "due", "state", "owner", "what", "about", "kind", "position", "policies",
      whenEmpty: "nothing is due")
    for row in found {
      table.append(
        row.due.map { Cell($0) } ?? Cell(nil as String?), Cell(row.stateInWords(at: time)),
        Cell(try row.bearerInWords(names)), Cell(try names.sentence(row.what)),
        Cell(try names.subject(row.subject)), Cell(row.kind.rawValue), Cell(row.raised.position.value),
        Cell(row.policiesInWords), whole: row.bytes)
    }
    try table.write(try output.chosen())
    if overdue, !found.isEmpty { throw ExitStatusSignal(status: .no) }
  }

  /// Up to when it is told; the earlier one where both ends are given.
  private func limit(_ now: Instant) throws -> Instant? {
    let end = try dueBy.map { text in
      let moment = try Moments.instant(text, option: "--due-by")
      // What is due on a day is due by its end, as where a due day is given.
      return text.utf8.count == 10 ? moment.advanced(byMicroseconds: 86_400_000_000 - 1) : moment
    }
    let span = try within.map { try Moments.span($0, option: "--within") }
    return [end, span.map { now.advanced(byMicroseconds: $0.microseconds) }].compactMap { $0 }.min()
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
  fileprivate func isWanted(of person: PersonID?, _ kind: Kind?) -> Bool {
    if let person, owner != person { return false }
    return kind.map { $0 == self.kind } ?? true
  }

  /// Whether it is due by a moment; what has no date is due by none.
  fileprivate func isDue(by limit: Instant) -> Bool { due.map { $0 <= limit } ?? false }

  func stateInWords(at time: Instant) -> String {
    done != nil ? "done" : isOverdue(at: time) ? "OVERDUE" : "open"
  }

  /// The policies that make it due; nil where events did.
  var policiesInWords: String? { policies.isEmpty ? nil : policies.map(\.policy).joined(separator: ", ") }

  /// Whom it falls to: somebody, or those of a level.
  func bearerInWords(_ names: Names) throws -> String? {
    try owner.map { try names.text($0.text) } ?? level.map { "level \($0)" }
  }
}
