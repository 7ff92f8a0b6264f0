internal import ArgumentParser
internal import RelmLedger
internal import RelmProof

struct CheckpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint", abstract: "Print a signed checkpoint over all that is recorded.",
    discussion: """
      A C2SP signed note: origin, size and tree root. Keep it outside the ledger: 'relm verify --against FILE' then \
      tells whether the tail was cut off or the history rewritten since.
      """)

  @OptionGroup var ledger: LedgerOptions

  @Option(help: "Where the private key lies; else RELM_KEY, else where init put it.", completion: .file())
  var key: String?

  func run() throws {
    let opened = try ledger.open(readOnly: true)
    let note = try opened.checkpoint(keyPath: try key ?? Environment.value("RELM_KEY"))
    try Terminal.write(Array(note.description.utf8))
  }
}
