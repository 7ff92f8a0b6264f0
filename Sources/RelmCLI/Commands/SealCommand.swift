internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger

struct SealCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "seal", abstract: "Write the state of the whole log into the log itself.",
    discussion: """
      The root of the tree, and a root over the heads of all streams. Whoever holds a later checkpoint can prove from the \
      seal what every stream held at that time. Needs authority at level 6.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var origin: OriginOptions
  @OptionGroup var output: FormatOptions

  @Option(help: "On what occasion.")
  var reason: String?

  func run() throws {
    let opened = try ledger.open()
    // Others may append meanwhile; then the seal is made again, of what is there by then.
    for attempt in 1... {
      let (data, size) = try opened.seal(reason: reason)
      var writer = CanonicalWriter()
      data.write(to: &writer)
      do {
        return try OwnEvent(.ledgerSealed, subject: "ledger", fields: [], origin, output, verb: "seal")
          .record(writer.bytes, in: opened, at: size)
      } catch let failure as CommandFailure where failure.status == .no && attempt < 20 {
        continue
      }
    }
  }
}
