internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmProof

struct GateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Judge whether a release may go to an environment, and record it.",
    discussion: """
      Exit status 0: open; 1: closed, with the reasons. Judged are the policies in force over everything recorded so \
      far; without a policy nothing goes to production. What can only be judged after a deployment does not close it. \
      An override that covers it opens it, says so, and is used up by the deployment that follows.
      Asking again is safe: with the same --id the decision that was recorded under it is the answer, and without one the \
      last decision, while nothing else was recorded since and it would come out the same. A decision that has expired, is \
      about something that was changed since, or was followed by one that closed the gate is no answer any more.
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
    help:
      "The decision's id, so that a job that asks again after its answer was lost gets the same one; else a new one."
  )
  var id: String?

  @Flag(name: .customLong("dry-run"), help: "Judge, and record nothing.")
  var dryRun = false

  @Flag(help: "Print what every rule came to, and the events that it rests on.")
  var explain = false

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
    let question = GateQuestion(package: package, version: version, environment: name)
    // A name that is not known opens nothing: it is mistyped, or the pipeline records elsewhere.
    guard try opened.knows(package, version) else {
      throw try ReleaseArgument.unknown(package, version, opened)
    }
    try remarkIfUnknown(name, package, opened)
    guard !dryRun else {
      return try answer(GateAnswer(question, try opened.judge(question).data, decision: nil), opened)
    }
    let source = try origin.chosenSource() ?? OriginOptions.commandLine
    for _ in 1...Self.mostAttempts {
      if let id, let known = try recorded(under: id, from: source, question, in: opened) {
        return try answer(known, opened)
      }
      let (data, size) = try opened.judge(question)
      // Time alone opens and closes gates as well, so that the last decision is the answer only where it still is.
      if id == nil, let (last, position) = try opened.lastDecision(question), last.outcome == data.outcome {
        return try answer(GateAnswer(question, last, decision: position, wasKnown: true), opened)
      }
      let event = OwnEvent(
        .gateDecided, subject: question.release, fields: [], origin, output, verb: "gate", id: id)
      let position: Position?
      do {
        position = try event.append(data.bytes, in: opened, at: size)
      } catch let failure as CommandFailure {
        // Something was recorded meanwhile: judged is what stands now, unless that was the decision that is asked for.
        let isDecided = try id.map { try !opened.events(withID: $0, source: source).isEmpty } ?? false
        guard failure.status == .no || isDecided else { throw failure }
        continue
      }
      return try answer(GateAnswer(question, data, decision: position), opened)
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

  /// The answer that was given before under the same id.
  private func recorded(
    under id: String, from source: String, _ question: GateQuestion, in ledger: Ledger
  ) throws -> GateAnswer? {
    guard let event = try ledger.events(withID: id, source: source).first else { return nil }
    guard case .release(.gateDecided(let data)) = event.event,
      event.subject?.text == question.release, data.environment == question.environment
    else {
      throw CommandFailure(
        .badInput,
        "the id '\(id)' from \(source) is that of position \(event.position.value), which is no decision about "
          + "\(question.release) in \(question.environment); give the job another --id")
    }
    if let reason = try ledger.lapse(of: data, at: event.position, question) {
      throw CommandFailure(
        .no, "gate closed: the decision at position \(event.position.value) \(reason); ask under another --id")
    }
    if data.outcome == .closed, try ledger.size().lastPosition != event.position {
      Terminal.remark("this was decided before what was recorded since; ask under another --id to judge that")
    }
    return GateAnswer(question, data, decision: event.position, wasKnown: true)
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

  init(_ question: GateQuestion, _ data: GateDecided, decision: Position?, wasKnown: Bool = false) {
    self.question = question
    self.data = data
    self.decision = decision
    self.wasKnown = wasKnown
  }
}
