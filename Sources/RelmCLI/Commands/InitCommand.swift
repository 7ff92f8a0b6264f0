internal import ArgumentParser
internal import RelmLedger
internal import RelmProof

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a ledger, with its signing key and its owner.",
    discussion: """
      Without a directory it becomes ./.relm. The owner is the first person with authority, at level 6; for now the \
      only one. A signing key is made for checkpoints; it lies in the ledger's vault \
      with mode 0600, or where --key says: then keep it off this machine's backups of the ledger.
      """)

  @Argument(help: "The ledger's directory.", completion: .directory)
  var directory: String?

  @Option(help: "The name its checkpoints bear for ever: a schemaless URL such as example.org/releases.")
  var origin: String

  @Option(help: "The account of the first level-6 person, such as ana@example.org.")
  var owner: String

  @Option(help: "Where to put the private signing key instead of the vault.", completion: .file())
  var key: String?

  @Option(
    name: .customLong("shared-group"),
    help: ArgumentHelp(
      "Share the ledger with a group of this machine, the vault and its key too. Else it is yours alone.",
      valueName: "group"))
  var sharedGroup: String?

  func run() throws {
    let root = try directory ?? Environment.value("RELM_LEDGER") ?? ".relm"
    let keyPath = try key ?? Environment.value("RELM_KEY")
    let ledger = try Ledger.create(
      at: root,
      LedgerPlan(
        origin: origin, owner: owner, signingKeyPath: keyPath.map(Files.absolute),
        source: OriginOptions.commandLine, sharedGroup: sharedGroup))
    try Terminal.print("made the ledger \(root) of \(origin), owned by \(owner)")
    try Terminal.print("its checkpoints are checked with this key; give it to your auditors:")
    try Terminal.print(ledger.verifierKey().description)
    Terminal.remark(
      "the private key lies in \(try ledger.signingKeyPath()); back it up, and apart from the log")
  }
}
