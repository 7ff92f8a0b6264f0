internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmProof

struct AttachCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach", abstract: "Keep a file as evidence, and record that.",
    discussion: """
      The file is copied into the ledger's evidence under its SHA-256; the event document.attached carries digest, \
      size and media type, and the file's name sealed, as it may speak of people. A file may have 64 GiB; what comes \
      through a pipe, 1 GiB. Keys and the files of the vault are refused.

      What is attached to the same subject already, whoever did so and under whatever name, is not recorded twice: the \
      first position is printed. --again records it once more, such as under another title.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var origin: OriginOptions
  @OptionGroup var output: FormatOptions

  @Argument(help: "The file, or - for standard input.", completion: .file())
  var file: String

  @Option(
    name: .shortAndLong,
    help: "What it is about, such as release/payments-api/2026.11.3 or payments-api/2026.11.3.",
    completion: Completions.subjects)
  var subject: String

  @Option(help: "What the document is, in a few words that speak of nobody.")
  var title: String?

  @Option(
    name: .customLong("media-type"),
    help: "Its media type, such as application/pdf; else guessed from the name.")
  var mediaType: String?

  @Option(help: "When it was made: a day or a moment such as 2026-11-01T12:00Z.")
  var time: String?

  @Flag(
    help: "Record it again, such as under another title, though the same content is attached there already.")
  var again = false

  @Option(help: "The event's id, under which it is recorded whatever is attached already.")
  var id: String?

  func run() throws {
    let opened = try ledger.open()
    let subject = try NameResolver(opened).subject(subject, of: .documentAttached)
    let actor = try origin.chosenActor()
    let file = try EvidenceFile(file, mediaType: mediaType, by: actor, into: opened)
    let format = try output.chosen()
    try EvidenceFile.keeping([file]) {
      if let position = try there(file.digest, on: subject, in: opened) {
        return try tell(position, file.digest, in: opened, format)
      }
      let appending = Appending(
        opened, actor: actor, source: try origin.chosenSource() ?? OriginOptions.commandLine,
        isWholeEventTyped: true,
        names: try origin.names())
      do {
        let appended = try appending.append([try JSONDocument(draft(file, on: subject, opened).bytes).root])
        try checkDisposal(appended.receipts.first, file.digest, in: opened)
        var printer = ReceiptPrinter(format, isList: false)
        try printer.print(appended)
      } catch let refused as CommandFailure {
        // Somebody else has attached it meanwhile, in other words.
        guard let position = try there(file.digest, on: subject, in: opened) else { throw refused }
        try tell(position, file.digest, in: opened, format)
      }
    }
    Terminal.remark("kept as sha256:\(file.digest.hex)")
  }

  /// Where the content is attached already; nil where it is to be recorded all the same.
  private func there(_ digest: Digest, on subject: String, in ledger: Ledger) throws -> Position? {
    try again || id != nil ? nil : ledger.attachment(of: digest, to: subject)
  }

  private func tell(_ position: Position, _ digest: Digest, in ledger: Ledger, _ format: OutputFormat) throws {
    guard let event = try ledger.event(at: position) else {
      throw CommandFailure(.inputOutput, "position \(position.value) cannot be read")
    }
    let receipt = Receipt(
      position: position, status: .duplicate, streamVersion: event.record.envelope.streamVersion ?? 0)
    try checkDisposal(receipt, digest, in: ledger)
    var printer = ReceiptPrinter(format, isList: false)
    try printer.print(receipt, event.record.envelope)
    Terminal.remark(
      "there already, at position \(position.value); to record it again, under another title say, use --again")
  }

  /// It was attached, and then disposed of: that it is there again would be on no record.
  private func checkDisposal(_ receipt: Receipt?, _ digest: Digest, in ledger: Ledger) throws {
    guard receipt?.status == .duplicate, let position = try ledger.disposal(of: digest) else { return }
    throw CommandFailure(
      .badInput,
      "sha256:\(digest.hex) was disposed of, at position \(position.value); to attach it as something new, use --again"
    )
  }

  private func draft(_ file: EvidenceFile, on subject: String, _ ledger: Ledger) throws -> EventDraft {
    var writer = CanonicalWriter()
    writer.beginObject()
    writer.key("evidence")
    writer.raw(file.object)
    writer.key("title")
    writer.string(title ?? "Document")
    writer.endObject()
    let surroundings = ledger.surroundings
    // By its content, so that of two who attach it at once one is the duplicate.
    let usual = "attach:\(subject):\(file.digest.hex)"
    let unique = UUIDText(version7: surroundings.now(), random: surroundings.random()).text
    let isTaken = try again || !ledger.events(withID: usual, source: nil).isEmpty
    return EventDraft(
      type: EventType.documentAttached.rawValue, subject: subject, id: id ?? (isTaken ? unique : usual),
      time: try time.map(Moments.claimed), data: writer.bytes)
  }
}
