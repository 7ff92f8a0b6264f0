internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmProof

struct DisposeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dispose", abstract: "Delete an attachment whose keeping time is over, and record that.",
    discussion: """
      What the attachment was stays in the log: its digest, size and type. A legal hold prevents it. Needs authority at \
      level 6.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var origin: OriginOptions
  @OptionGroup var output: FormatOptions

  @Argument(help: "Its digest, such as sha256:9f86….")
  var digest: String

  @Option(help: "On what ground.")
  var ground: String

  @Option(help: "The reference of who asked for it.")
  var request: String?

  func run() throws {
    let opened = try ledger.open()
    let prefix = "sha256:"
    guard digest.hasPrefix(prefix), let named = Digest(hex: String(digest.dropFirst(prefix.count))) else {
      throw CommandFailure(.usage, "'\(digest)' is no digest of an attachment; it is written sha256:HEX")
    }
    // An id made from the digest: broken off between the record and the deletion, the same command goes on.
    try OwnEvent(
      .evidenceDisposed, subject: "ledger",
      fields: ["digest=\(digest)", "ground=\(ground)"] + (request.map { ["request=\($0)"] } ?? []), origin,
      output,
      verb: "dispose", id: "dispose:\(named.hex)"
    ).record(in: opened)
    try opened.finishDisposals()
  }
}
