internal import ArgumentParser
internal import RelmDomain
internal import RelmFiles
internal import RelmLedger
internal import RelmProof
internal import RelmReports

struct SampleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sample", abstract: "Draw the auditor's sample of deployments, and walk through each.",
    discussion: """
      The population is that of 'relm report compliance' with the same options. Drawn are the deployments with the lowest \
      SHA-256 over the seed, a zero byte, the 32 bytes of the tree's root and the position as 8 bytes, the highest first, so \
      that anybody can draw them again from the population and the root; in Python: \
      sha256(seed.encode() + b"\\0" + b64decode(root) + position.to_bytes(8, "big")). Let the auditor choose the seed when \
      the root is fixed, and name the root's position with --at.
      Of each deployment everything is shown that is recorded of its release: request, assessment, risk, build, tests, \
      approvals, gate, deployment, verification, handover and review, every record with its proof.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var population: PopulationOptions
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var people: PeopleOptions

  @Option(help: "How many deployments to draw.")
  var size: Int

  @Option(help: "The auditor's own word, chosen when the root is fixed.")
  var seed: String

  @Option(help: "text, json or markdown; else json where RELM_FORMAT says so, else text.")
  var format: Format?

  @Option(
    name: .shortAndLong, help: "Write it to this file; else to standard output.", completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Write a proof (C2SP tlog-proof) of every record that is cited into this directory.",
      valueName: "directory"),
    completion: .directory)
  var proofs: String?

  @Option(
    help: "With --proofs: where the private key lies; else RELM_KEY, else where init put it.",
    completion: .file())
  var key: String?

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown

    /// The form where none is named.
    static func usual() throws -> Format {
      switch try PageFormat.usual() {
      case .json: .json
      case .text, .markdown, .html: .text
      }
    }
  }

  func validate() throws {
    guard size > 0 else { throw ValidationError("--size is how many to draw; at least 1") }
    guard !seed.isEmpty else { throw ValidationError("--seed is empty; take a word of the auditor's") }
    guard seed.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
      throw ValidationError("--seed has a control character or a line break; take a plain word")
    }
    guard proofs?.isEmpty != true else { throw ValidationError("--proofs is empty; name a directory") }
    guard key == nil || proofs != nil else { throw ValidationError("--key goes with --proofs") }
  }

  func run() throws {
    let opened = try ledger.open(asOf)
    let report = try opened.sample(population.question(of: opened), count: size, seed: seed)
    let reader = Reader(of: opened)
    let format = try format ?? Format.usual()
    let text: String =
      switch format {
      case .text:
        try Terminal.legible(
          SamplePage(report, for: reader, width: output == nil ? Terminal.columns ?? 100 : 100).text())
      case .json: try ShownPeople.told(report.bytes) + "\n"
      case .markdown: try SampleMarkdown(report, for: reader).text()
      }
    // Who is told what was drawn has the proofs too.
    if let proofs { try write(proofsOf: report, in: opened, to: proofs) }
    try PageOutput(path: output).write(text, holdsNames: ShownPeople.areToldNames(in: format == .json))
    if report.population.count < size {
      Terminal.remark(
        "the population has \(PlainWords.count(report.population.count, "deployment")), fewer than --size \(size)"
      )
    }
  }

  private func write(proofsOf report: SampleReport, in opened: Ledger, to folder: String) throws {
    let proofs = try opened.proofs(
      of: report.cited, in: TreeSize(UInt64(report.asOf.events)), keyPath: key ?? Environment.value("RELM_KEY"))
    do {
      try Files.makeOutputDirectory(folder)
      for proof in proofs {
        try Files.write(
          Array(proof.text.utf8), to: "\(folder)/\(proof.position.value).tlog-proof", .output)
      }
    } catch {
      throw CommandFailure(.cannotCreate, "cannot write the proofs to \(folder): \(error)")
    }
    Terminal.remark(
      "wrote \(PlainWords.count(proofs.count, "proof")) to \(folder); check one with "
        + "'relm prove --check \(folder)/POSITION.tlog-proof --key VERIFIERKEY'")
  }
}
