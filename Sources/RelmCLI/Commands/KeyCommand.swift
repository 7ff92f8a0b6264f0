internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmProof

struct KeyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "key", abstract: "List the keys of the ledger, or replace the one in use.",
    subcommands: [List.self, Rotate.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the verifier keys, the one in use last.")

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
      for key in try ledger.open().verifierKeys() { try Terminal.print(key.description) }
    }
  }

  struct Rotate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rotate", abstract: "Make a new signing key, and say so in the log.",
      discussion: """
        Checkpoints from here on are signed with the new key; give its public half to your auditors. Old checkpoints stay \
        good. The old private key is kept beside the new one, as signing.key.retired-…; destroy it when you like. Needs \
        authority at level 6.
        """)

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var origin: OriginOptions
    @OptionGroup var output: FormatOptions

    @Option(help: "Why.")
    var reason: String

    @Option(help: "Where the private key lies, if not where init put it.", completion: .file())
    var key: String?

    func run() throws {
      let opened = try ledger.open()
      let old = try opened.verifierKey()
      let source = try origin.chosenSource() ?? OriginOptions.commandLine
      let (new, act) = try opened.beginRotation(
        source: source, keyPath: key ?? Environment.value("RELM_KEY"))
      try OwnEvent.recording(act) { id in
        try OwnEvent(
          .ledgerKeyRotated, subject: "ledger",
          fields: ["use=checkpoint", "retired=\(old)", "verifier=\(new)", "reason=\(reason)"], origin, output,
          verb: "key rotate", id: id
        ).record(in: opened)
      }
      try Terminal.print(new.description)
    }
  }
}
