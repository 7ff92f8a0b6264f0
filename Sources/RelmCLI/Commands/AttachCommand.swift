internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmProof

struct AttachCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "attach", abstract: "Keep a file as evidence, and record that.",
    discussion: """
      The file is copied into the ledger's evidence under its SHA-256; the event document.attached carries digest, \
      size and media type.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var origin: OriginOptions
  @OptionGroup var output: FormatOptions

  @Argument(help: "The file.", completion: .file())
  var file: String

  @Option(
    name: .shortAndLong, help: "What it is about, such as release/payments-api/2026.11.3.",
    completion: Completions.subjects)
  var subject: String

  @Option(help: "What the document is, in a few words; else the file's name.")
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
    let bytes = try Files.read(file)
    let name = String(file[(file.lastIndex(of: "/").map { file.index(after: $0) } ?? file.startIndex)...])
    let digest = try EvidenceStore(directory: opened.layout.evidence).store(bytes)

    var writer = CanonicalWriter()
    writer.beginObject()
    writer.key("evidence")
    writer.beginObject()
    writer.key("digest")
    writer.string("sha256:" + digest.hex)
    writer.key("mediaType")
    writer.string(mediaType ?? MediaTypes.guess(name))
    writer.key("name")
    writer.string(name)
    writer.key("size")
    writer.integer(Int64(bytes.count))
    writer.endObject()
    writer.key("title")
    writer.string(title ?? name)
    writer.endObject()
    let draft = EventDraft(
      type: EventType.documentAttached.rawValue, subject: subject, id: id ?? "attach:\(subject):\(digest.hex)",
      time: time, data: writer.bytes)
    let appending = Appending(
      opened, actor: try origin.chosenActor(), source: try origin.chosenSource() ?? OriginOptions.commandLine)
    let (receipts, claims) = try appending.append([try JSONDocument(draft.bytes).root])
    var printer = ReceiptPrinter(try output.chosen(), isList: false)
    try printer.print(receipts, claims)
    Terminal.remark("kept as sha256:\(digest.hex)")
  }
}

/// Media types by file name, for the documents that accompany releases.
enum MediaTypes {
  private static let byEnding = [
    "pdf": "application/pdf", "json": "application/json", "xml": "application/xml", "txt": "text/plain",
    "log": "text/plain", "md": "text/markdown", "html": "text/html", "csv": "text/csv", "png": "image/png",
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "yaml": "application/yaml", "yml": "application/yaml",
    "zip": "application/zip", "gz": "application/gzip",
  ]

  static func guess(_ name: String) -> String {
    guard let dot = name.lastIndex(of: ".") else { return "application/octet-stream" }
    return byEnding[name[name.index(after: dot)...].lowercased()] ?? "application/octet-stream"
  }
}
