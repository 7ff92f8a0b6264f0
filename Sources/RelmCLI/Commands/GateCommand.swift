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
      far; without a policy nothing goes to production. A rule that this version does not judge keeps the gate closed and \
      is named. An override that covers it opens it, and is used by that.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var origin: OriginOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var asOf: AsOfOptions

  @Argument(help: "The release, such as release/payments-api/2026.11.3.", completion: Completions.subjects)
  var release: String

  @Option(name: .customLong("to"), help: "The environment, such as production/eu.")
  var environment: String

  @Flag(name: .customLong("dry-run"), help: "Judge, and record nothing.")
  var dryRun = false

  @Flag(help: "Print what every rule came to.")
  var explain = false

  func run() throws {
    guard dryRun || !asOf.isSet else {
      throw CommandFailure(
        .usage, "a gate is decided now; --at and --happened-by only ask how it would have been, with --dry-run")
    }
    let opened = try ledger.open(asOf)
    guard case .release(let package, let version)? = Subject.named(release) else {
      throw CommandFailure(.usage, "'\(release)' names no release; write release/PACKAGE/VERSION")
    }
    let name = environment.hasPrefix("environment/") ? String(environment.dropFirst(12)) : environment
    for attempt in 1... {
      let (data, size) = try opened.judge(package, version, in: name)
      do {
        return try answer(data, in: opened, at: size)
      } catch let failure as CommandFailure where failure.status == .no && attempt < 20 {
        // Something was recorded meanwhile: judged is what stands now.
        continue
      }
    }
  }

  private func answer(_ data: GateDecided, in ledger: Ledger, at size: TreeSize) throws {
    var writer = CanonicalWriter()
    data.write(to: &writer)
    if !dryRun {
      try OwnEvent(.gateDecided, subject: release, fields: [], origin, output, verb: "gate")
        .record(writer.bytes, in: ledger, at: size)
    } else if try output.chosen() != .table {
      try Terminal.print(String(decoding: writer.bytes, as: UTF8.self))
    }
    Terminal.remark("gate \(data.outcome.rawValue): \(data.reason)")
    if let override = data.override {
      Terminal.remark("OVERRIDDEN at position \(override.value): to be ratified and reviewed")
    }
    if explain {
      for finding in data.findings {
        Terminal.remark(
          "  \(finding.rule.rawValue) (\(finding.policy)): \(finding.outcome.rawValue), \(finding.reason)")
      }
    }
    guard data.outcome == .open else { throw ExitStatusSignal(status: .no) }
  }
}
