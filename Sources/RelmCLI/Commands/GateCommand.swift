internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmProof
internal import RelmRules

struct GateCommand: PlainCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Judge whether a release may go to an environment, and record it.",
    discussion: """
      Exit status 0: open; 1: closed, with the reasons. Judged are the policies in force over everything recorded so \
      far; without a policy nothing goes to production. What can only be judged after a deployment does not close it. \
      An override that covers it opens it, says so, and is used up by the deployment that follows. An open gate stays so until \
      the first thing ends that this rests on: a window, a waiver, somebody's authority, or the time that the policies give it.
      Asking again is safe: with the same --id the decision that was recorded under it is the answer as long as a judgement \
      made now comes to the same, and without one the last decision, while nothing else was recorded since. Where it comes to \
      something else, that is recorded as another decision, and told with what has changed.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var origin: OriginOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var asOf: AsOfOptions

  @Argument(help: "The release, such as release/payments-api/2026.11.3.", completion: Completions.subjects)
  var release: String

  @Option(name: .customLong("to"), help: "The environment, such as production/eu.")
  var environment: String

  @Option(
    help: ArgumentHelp(
      "The deployment that is to come, where something names it already, such as a baseline.", valueName: "id"))
  var deployment: String?

  @Option(
    help:
      "The decision's id, so that a job that asks again after its answer was lost gets the same one, while it stands; else a new one."
  )
  var id: String?

  @Flag(name: .customLong("dry-run"), help: "Judge, and record nothing.")
  var dryRun = false

  @Flag(help: "Print what every rule came to, and the events that it rests on.")
  var explain = false

  init() {}

  init(_ words: inout PlainLine) {
    (ledger, origin) = (LedgerOptions(&words), OriginOptions(&words))
    (output, asOf) = (FormatOptions(&words), AsOfOptions(&words))
    environment = words.needed("--to")
    deployment = words.value("--deployment")
    id = words.value("--id")
    dryRun = words.flag("--dry-run")
    explain = words.flag("--explain")
    release = words.neededArgument()
  }

  func run() throws {
    guard dryRun || !asOf.isSet else {
      throw CommandFailure(
        .usage, "a gate is decided now; --at and --happened-by only ask how it would have been, with --dry-run")
    }
    // What cannot be told is not decided.
    _ = try output.chosen()
    let opened = try ledger.open(asOf)
    let (package, version) = try ReleaseArgument.named(release, in: opened)
    let name = NameArgument.environment(environment)
    let question = GateQuestion(
      package: package, version: version, environment: name, deployment: deployment)
    // A name that is not known opens nothing: it is mistyped, or the pipeline records elsewhere.
    guard try opened.knows(package, version) else {
      throw try ReleaseArgument.unknown(package, version, opened)
    }
    if !asOf.isSet, let refusal = try opened.objection(to: question) {
      throw CommandFailure(.badInput, "--to: \(refusal.reason). \(refusal.advice)")
    }
    try remarkIfUnknown(name, package, opened)
    guard !dryRun else {
      let verdict = try opened.judge(question).verdict
      return try answer(
        GateAnswer(question, verdict.decided, decision: nil, remedies: verdict.remedies), opened)
    }
    let source = try origin.chosenSource() ?? OriginOptions.commandLine
    for _ in 1...Self.mostAttempts {
      let asked = try id.map { try opened.lastAsked(under: $0, from: source) }
      let earlier = try asked.map { try decision($0.event, question) } ?? opened.lastDecision(question)
      let (verdict, size) = try opened.judge(question)
      var data = verdict.decided
      // Time alone opens and closes gates as well, and what was decided is the answer only where it still is.
      if let earlier, opened.stands(earlier, beside: data) {
        return try answer(
          GateAnswer(
            question, earlier.data, decision: earlier.position, wasKnown: true, remedies: verdict.remedies),
          opened)
      }
      var changes: [String] = []
      if id != nil, let earlier { (data, changes) = opened.renewed(data, after: earlier) }
      let event = OwnEvent(
        .gateDecided, subject: question.release, fields: [], origin, output, verb: "gate", id: asked?.nextID)
      let position: Position?
      do {
        position = try event.append(data.bytes, in: opened, at: size)
      } catch let failure as CommandFailure {
        // Something was recorded meanwhile: judged is what stands now, unless that was the decision that is asked for.
        let isDecided = try asked.map { try !opened.events(withID: $0.nextID, source: source).isEmpty } ?? false
        guard failure.status == .no || isDecided else { throw failure }
        continue
      }
      return try answer(
        GateAnswer(question, data, decision: position, changes: changes, remedies: verdict.remedies), opened)
    }
    throw CommandFailure(.busy, "others record all the time, and nothing was decided; ask again")
  }

  /// How often it is judged again where others record meanwhile.
  private static let mostAttempts = 20

  /// An environment that nothing is recorded about is judged as production; that may be a slip of the pen.
  private func remarkIfUnknown(_ environment: String, _ package: String, _ ledger: Ledger) throws {
    guard case .unknown(let nearest) = try ledger.standing(ofEnvironment: environment, for: package) else {
      return
    }
    let words =
      "nothing is recorded about the environment '\(environment)'; it is judged as production"
      + (nearest.map { ". Did you mean '\($0)'?" } ?? "")
    guard try !origin.isStrict() else { throw CommandFailure(.badInput, words) }
    Terminal.remark(Rows.printable(words))
  }

  /// The decision that was given before under the same id.
  private func decision(_ event: RecordedEvent?, _ question: GateQuestion) throws -> EarlierDecision? {
    guard let event else { return nil }
    guard let decision = EarlierDecision(event, question) else {
      throw CommandFailure(
        .badInput,
        "the id '\(event.record.envelope.id)' from \(event.record.envelope.source) is that of position "
          + "\(event.position.value), which is no decision about \(question.release) in \(question.environment); "
          + "give the job another --id")
    }
    return decision
  }

  private func answer(_ answer: GateAnswer, _ ledger: Ledger) throws {
    try GatePage(answer, ledger).write(output.chosen(), explain: explain)
    guard answer.data.outcome == .open else { throw ExitStatusSignal(status: .no) }
  }
}

/// What a gate said, and where that is recorded.
struct GateAnswer {
  let question: GateQuestion
  let data: GateDecided
  /// Where the decision stands; nil for a dry run.
  let decision: Position?
  /// Whether it was recorded before.
  let wasKnown: Bool
  /// What has changed since the decision that was given before under the same id.
  let changes: [String]
  /// What opens it where it is closed.
  let remedies: [Remedy]

  init(
    _ question: GateQuestion, _ data: GateDecided, decision: Position?, wasKnown: Bool = false,
    changes: [String] = [], remedies: [Remedy]
  ) {
    self.remedies = remedies
    self.changes = changes
    self.question = question
    self.data = data
    self.decision = decision
    self.wasKnown = wasKnown
  }
}
