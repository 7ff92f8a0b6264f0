internal import ArgumentParser
internal import RelmDomain
internal import RelmProof
internal import RelmInterchange
internal import RelmLedger
internal import RelmJudging
internal import RelmReports
internal import RelmRules

struct ComplianceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compliance",
    abstract: "Every deployment in a period, and what each rule of the policies in force came to for it.",
    discussion: """
      First what holds and what does not, by rule and by release, since when, and what to do about it; then overrides, late \
      evidence, duties that one human had together, changes of rules and authority, who may act, what runs and is not recorded, \
      and what all of it shows of the clauses of frameworks; and in an annex the population, every deployment that was begun, \
      with what each rule came to. The root of the log that is named proves the count. Up to 20 deployments are told in full, \
      more of them briefly. The same position gives the same report: --at POSITION asks as of its recording.

      Told are deployments to production; --context development tells of the others, and --context all of both, each counted \
      apart. What is in no registered environment is production.

      csv has a row for each rule of each deployment and ndjson a line for each deployment; both are handed out one after \
      the other, however many there are. With every other form the evidence files that are cited and not here are named on \
      standard error.

      A deployment that is annulled stays in it, judged as it stood, and is an exception unless somebody with level 6 annulled it \
      who had no hand in it. One that claims to be older than the ledger and was recorded more than a day after its opening is \
      an exception until somebody with unlimited level 6 accepts the history of its source, with history.accepted.

      What was withdrawn, superseded, closed or refused, or went to a retired environment, is an exception in production also where \
      no policy asks about it, unless a waiver or an override of the rule releasable sets that aside.

      Exit status 0: of what was asked about, no rule is violated or overdue, no deployment to production was without a policy, \
      and there is no such exception; 1: one was.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var population: PopulationOptions
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var frameworks: FrameworkOptions

  @Option(help: "text, json, ndjson, csv, markdown, html or oscal; else what RELM_FORMAT says, else text.")
  var format: ReportFormat?

  @OptionGroup var cells: CellOptions
  @OptionGroup var people: PeopleOptions

  @Option(
    name: .shortAndLong, help: "Write it to this file; else to standard output.", completion: .file())
  var output: String?

  /// How many missing files are named.
  private static let named = 10

  func run() throws {
    let opened = try ledger.open(asOf)
    let question = try population.question(of: opened)
    let chosen = try frameworks.chosen()
    let format = try format ?? ReportFormat.usual()
    let reader = Reader(of: opened)
    let stream = try ComplianceStream(format, for: reader, to: output)
    let report = try opened.compliance(
      question, keepsPopulation: stream == nil, frameworks: frameworks.named,
      clauses: { ClauseCoverage.clauses(of: chosen, in: $0) }, each: { try stream?.write($0) })
    if let stream {
      try stream.finish()
    } else {
      try PageOutput(path: output).write(
        text(report, format, reader),
        holdsNames: ShownPeople.areToldNames(in: format == .json || format == .oscal))
      try tellMissingEvidence(of: report, in: opened)
    }
    if stream != nil, let left = report.totals.leftOut {
      let other: Context = question.context == .development ? .production : .development
      Terminal.remark(
        "\(ComplianceWords.count(left, "deployment")) to \(other.rawValue) \(left == 1 ? "is" : "are") not in it: --context "
          + other.rawValue)
    }
    let faulty = report.counted.filter { !$0.totals.areWithoutFault }
    guard !faulty.isEmpty else { return }
    for (context, totals) in faulty {
      let which = report.counted.count > 1 ? "to \(context.rawValue): " : ""
      Terminal.remark(which + Self.words(totals))
    }
    throw ExitStatusSignal(status: .no)
  }

  private static func words(_ totals: ComplianceReport.Totals) -> String {
    "\(ComplianceWords.count(totals.attempts, "deployment")): "
      + "\(ComplianceWords.count(totals.findings.violated, "rule")) violated, \(totals.findings.overdue) overdue; "
      + "\(ComplianceWords.count(totals.ungoverned, "deployment")) without a policy" + unjudged(totals)
  }

  /// What is wrong besides with what was done away with, or would not be judged.
  private static func unjudged(_ totals: ComplianceReport.Totals) -> String {
    var words = ""
    if totals.annulledByInsiders > 0 {
      words += "; \(totals.annulledByInsiders) annulled, and not by somebody with level 6 who had no hand in it"
    }
    if let over = totals.unreleasable {
      words +=
        "; \(over) to production that \(over == 1 ? "was" : "were") withdrawn, superseded, closed or refused, or went to what "
      words += "was retired, or went on after its end"
    }
    if let unaccepted = totals.unaccepted {
      words +=
        "; \(unaccepted) that claim to be older than the ledger, of sources that nobody has accepted"
    }
    if let brought = totals.beforePeriodLate {
      words += "; \(brought) that claim to have begun before the period, recorded in it an hour or more later"
    }
    return words
  }

  private func text(_ report: ComplianceReport, _ format: ReportFormat, _ reader: Reader) throws -> String {
    switch format {
    case .text, .ndjson, .csv:
      try Terminal.legible(
        CompliancePage(report, for: reader, width: output == nil ? Terminal.columns ?? 100 : 100).text())
    case .json: try ShownPeople.told(report.bytes) + "\n"
    case .markdown: try ComplianceMarkdown(report, for: reader).text()
    case .html: try ComplianceHTML(report, for: reader).text()
    case .oscal: try ShownPeople.told(OSCAL.assessmentResults(of: report)) + "\n"
    }
  }

  private func tellMissingEvidence(of report: ComplianceReport, in ledger: Ledger) throws {
    let missing = try ledger.missingEvidence(of: report)
    guard !missing.isEmpty else { return }
    Terminal.remark(
      missing.count == 1
        ? "1 cited evidence file is not beside this log; verdicts rest on its digest"
        : "\(missing.count) cited evidence files are not beside this log; verdicts rest on digests"
    )
    for (position, digest) in missing.prefix(Self.named) { Terminal.remark("  \(position.value) \(digest)") }
    if missing.count > Self.named { Terminal.remark("  and \(missing.count - Self.named) more") }
  }
}

/// For which frameworks a report says what it shows.
struct FrameworkOptions: ParsableArguments {
  @Option(
    name: .customLong("framework"),
    help: "Only clauses of this framework, such as soc-2; can be given several times, else all.",
    completion: Completions.frameworks)
  var named: [String] = []

  @OptionGroup var controls: ControlsOptions

  /// - Throws: a failure that names a framework that is not known, with the nearest.
  func chosen() throws -> [ControlFramework] {
    let catalogue = try controls.catalogue()
    return try named.isEmpty ? catalogue.frameworks : named.map { try catalogue.framework(named: $0) }
  }
}
