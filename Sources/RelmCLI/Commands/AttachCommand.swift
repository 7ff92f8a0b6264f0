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
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var origin: OriginOptions
  @OptionGroup var output: FormatOptions

  @Argument(help: "The file, or - for standard input.", completion: .file())
  var file: String

  @Option(
    name: .shortAndLong, help: "What it is about, such as release/payments-api/2026.11.3.",
    completion: Completions.subjects)
  var subject: String

  @Option(help: "What the document is, in a few words that speak of nobody.")
  var title: String?

  @Option(
    name: .customLong("media-type"),
    help: "Its media type, such as application/pdf; else guessed from the name.")
  var mediaType: String?

  @Option(help: "When it was made (RFC 3339).")
  var time: String?

  @Option(
    help: "The event's id; not given, one made from subject and digest, so that attaching twice adds nothing.")
  var id: String?

  func run() throws {
    let opened = try ledger.open()
    let actor = try origin.chosenActor()
    let file = try EvidenceFile(file, mediaType: mediaType, by: actor, into: opened)
    try EvidenceFile.keeping([file]) {
      var writer = CanonicalWriter()
      writer.beginObject()
      writer.key("evidence")
      writer.raw(file.object)
      writer.key("title")
      writer.string(title ?? "Document")
      writer.endObject()
      let draft = EventDraft(
        type: EventType.documentAttached.rawValue, subject: subject,
        id: id ?? "attach:\(subject):\(file.digest.hex)", time: time, data: writer.bytes)
      let appending = Appending(
        opened, actor: actor, source: try origin.chosenSource() ?? OriginOptions.commandLine,
        names: try origin.names())
      let appended = try appending.append([try JSONDocument(draft.bytes).root])
      // It was attached, and then disposed of: that it is there again would be on no record.
      if appended.receipts.first?.status == .duplicate, let position = try opened.disposal(of: file.digest) {
        throw CommandFailure(
          .badInput,
          "sha256:\(file.digest.hex) was disposed of, at position \(position.value); to attach it as something new, "
            + "give the event another --id")
      }
      var printer = ReceiptPrinter(try output.chosen(), isList: false)
      try printer.print(appended)
    }
    Terminal.remark("kept as sha256:\(file.digest.hex)")
  }
}
