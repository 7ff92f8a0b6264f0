internal import ArgumentParser
internal import RelmLedger
internal import RelmProof

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Read everything again and check it.",
    discussion: """
      Exit status 0: all is as it must be. 2: integrity is broken: records, their tree, evidence or vault are not what was \
      written. 1: only what is derived is wrong, which 'relm views rebuild' mends; or an erasure is not finished, which the \
      next command that writes does; or a file that was attached is not here, unless --evidence optional says that it \
      need not be. 65: a checkpoint cannot be used: it is another ledger's, or nobody has signed it whom this ledger knows. \
      A ledger without its vault is verified but for that. Against \
      a checkpoint that was kept elsewhere, a tail that was cut off and a history \
      that was rewritten are found too.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var output: FormatOptions

  @Option(help: "A checkpoint that was kept outside the ledger; repeat it for several.", completion: .file())
  var against: [String] = []

  @Option(
    help: "A verifier key to trust for the checkpoints instead of the ledger's own; repeat it for several.")
  var key: [String] = []

  /// Whether evidence has to be here.
  enum EvidenceAsked: String, ExpressibleByArgument, CaseIterable {
    case required, optional
  }

  @Option(
    help: "required: what was attached has to be here; optional: what is here of it is read again.")
  var evidence = EvidenceAsked.required

  func run() throws {
    let opened = try ledger.open()
    let notes = try against.map { path in
      do {
        return try SignedNote(bytes: InputFile.bytes(path, atMost: InputFile.noteLimitBytes))
      } catch let error as NoteError {
        throw CommandFailure(.badInput, "\(path) is no signed checkpoint: \(error)")
      }
    }
    let keys = try key.map { text in
      try VerifierKeys.key(text)
    }
    let progress = Progress()
    var result = try opened.verify(against: notes, keys: keys) { pass, done, total in
      progress.show("checked \(pass)", done, of: total)
    }
    progress.end()
    result.isEvidenceOptional = evidence == .optional
    try VerificationPage(result).print(try output.chosen())
    if !result.problems.isEmpty { throw ExitStatusSignal(status: .integrityBroken) }
    if !result.unusable.isEmpty { throw ExitStatusSignal(status: .badInput) }
    if !result.isClean { throw ExitStatusSignal(status: .no) }
  }
}
