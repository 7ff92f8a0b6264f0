internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmProof

struct ProveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove", abstract: "Prove that an event is in the log, or check a proof.",
    discussion: """
      Prints a C2SP tlog-proof with the record in it: one file that proves itself. --check FILE checks one without the \
      ledger, given the key: 'relm prove --check FILE --key VERIFIERKEY'; beside the ledger its own key is taken.
      """)

  @OptionGroup var ledger: LedgerOptions

  @Argument(help: "A position, or an event's id.")
  var event: String?

  @Option(help: "Check the proof in this file.", completion: .file())
  var check: String?

  @Option(
    help:
      "With --check: the verifier key to trust, as 'relm init' printed it. Else: where the private key lies.")
  var key: String?

  @Option(help: "With --check: the record's bytes, where the proof does not carry them.", completion: .file())
  var record: String?

  func validate() throws {
    guard (event == nil) != (check == nil) else {
      throw ValidationError("name an event to prove, or a file to --check")
    }
    guard record == nil || check != nil else { throw ValidationError("--record goes with --check") }
  }

  func run() throws {
    if let check { try checkProof(check) } else if let event { try prove(event) }
  }

  private func prove(_ name: String) throws {
    let opened = try ledger.open()
    let found = try EventLookup.find(name, source: nil, in: opened)
    let proof = try opened.proof(of: found.position, keyPath: try key ?? Environment.value("RELM_KEY"))
    try Terminal.write(Array(proof.text.utf8))
  }

  private func checkProof(_ path: String) throws {
    let proof: TransparencyProof
    do {
      proof = try TransparencyProof(bytes: InputFile.bytes(path, atMost: InputFile.noteLimitBytes))
    } catch let error as NoteError {
      throw CommandFailure(.badInput, "\(path) is no proof: \(error)")
    }
    let trusted = try trustedKeys()
    guard
      var bytes = try record.map({ try InputFile.bytes($0, atMost: InputFile.noteLimitBytes) }) ?? proof.extra
    else {
      throw CommandFailure(
        .usage, "\(path) does not carry the record that it proves; name it with --record FILE")
    }
    var verdict = proof.verify(leaf: .leaf(bytes), keys: trusted)
    // The line end that 'relm show --raw' prints behind a record is not its own; but what is proved may end in one.
    if case .refused = verdict, record != nil, bytes.last == UInt8(ascii: "\n") {
      let line = Array(bytes.dropLast())
      if case .valid = proof.verify(leaf: .leaf(line), keys: trusted) { (bytes, verdict) = (line, .valid) }
    }
    switch verdict {
    case .valid:
      let checkpoint = proof.checkpoint
      try Terminal.print(
        "proved: this record stands at position \(proof.position.value) of the \(PlainWords.count(checkpoint.size.value, "record")) that "
          + "\(checkpoint.origin) has signed")
      try Terminal.write(bytes + [UInt8(ascii: "\n")])
    case .refused(let reason):
      throw CommandFailure(.no, "NOT proved: \(reason)")
    }
  }

  private func trustedKeys() throws -> [VerifierKey] {
    guard let key else { return try ledger.open(readOnly: true).verifierKeys() }
    return [try VerifierKeys.key(key)]
  }
}
