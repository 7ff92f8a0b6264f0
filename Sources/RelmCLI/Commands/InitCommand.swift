internal import ArgumentParser
internal import RelmDomain
internal import RelmFiles
internal import RelmLedger
internal import RelmProof
internal import RelmSample

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make a ledger, with its signing key and its owner.",
    discussion: """
      Without a directory it becomes ./.relm. The owner is the first person with authority, at level 6; for now the \
      only one. A signing key is made for checkpoints; it lies in the ledger's vault \
      with mode 0600, or where --key says: then keep it off this machine's backups of the ledger.

      With --sample it is a ledger to look at: a year of a made-up house that ends now, some ten thousand events, told as \
      they happened, with releases by the book and others. Its origin is \(House.origin), so that what it signs says for ever \
      that it is no real one. With --owner somebody has authority in it besides.
      """)

  @Argument(help: "The ledger's directory.", completion: .directory)
  var directory: String?

  @Option(help: "The name its checkpoints bear for ever: a schemaless URL such as example.org/releases.")
  var origin: String?

  @Option(help: "The account of the first level-6 person, such as ana@example.org.")
  var owner: String?

  @Flag(help: "Make a ledger to look at: a year of a made-up house.")
  var sample = false

  @Option(help: "How many whole weeks a sample has, from 1 to 52; a year without it.")
  var weeks: Int?

  @Option(help: "Where to put the private signing key instead of the vault.", completion: .file())
  var key: String?

  @Option(
    name: .customLong("shared-group"),
    help: ArgumentHelp(
      "Share the ledger with a group of this machine, the vault and its key too. Else it is yours alone.",
      valueName: "group"))
  var sharedGroup: String?

  func validate() throws {
    guard sample else {
      if origin == nil { throw ValidationError("Missing expected argument '--origin <origin>'") }
      if owner == nil { throw ValidationError("Missing expected argument '--owner <owner>'") }
      if weeks != nil { throw ValidationError("--weeks says how long a sample is; give --sample with it") }
      return
    }
    guard weeks.map((1...WorkCalendar.usualWeeks).contains) ?? true else {
      throw ValidationError("--weeks is a number from 1 to \(WorkCalendar.usualWeeks)")
    }
    guard origin == nil else {
      throw ValidationError(
        "a sample's origin is \(House.origin), so that nobody takes it for a real ledger: leave --origin out")
    }
  }

  func run() throws {
    let root = try directory ?? Environment.value("RELM_LEDGER") ?? ".relm"
    let keyPath = try (key ?? Environment.value("RELM_KEY")).map(Files.absolute)
    guard !sample else { return try makeSample(root, keyPath) }
    guard let origin, let owner else { preconditionFailure("both are there, or the command is refused") }
    let ledger = try Ledger.create(
      at: root,
      LedgerPlan(
        origin: origin, owner: owner, signingKeyPath: keyPath, source: OriginOptions.commandLine,
        sharedGroup: sharedGroup))
    try Terminal.print("made the ledger \(root) of \(origin), owned by \(owner)")
    try Terminal.print("its checkpoints are checked with this key; give it to your auditors:")
    try Terminal.print(ledger.verifierKey().description)
    Terminal.remark(
      "the private key lies in \(try ledger.signingKeyPath()); back it up, and apart from the log")
  }

  private func makeSample(_ root: String, _ keyPath: String?) throws {
    let (ledger, year) = try Ledger.createSample(
      at: root, owner: owner, signingKeyPath: keyPath, sharedGroup: sharedGroup,
      weeks: weeks ?? WorkCalendar.usualWeeks)
    let events = try ledger.size().value
    try Terminal.print(
      "made the sample \(root): \(weeks.map { $0 == 1 ? "a week" : "\($0) weeks" } ?? "a year") of a made-up house, in "
        + "\(events) events, of \(House.origin)")
    try Terminal.print("look at it:")
    let place = ShellWord.quoted(Files.absolute(root))
    try Terminal.print("  export RELM_LEDGER=\(place) RELM_ACTOR=\(ShellWord.quoted(owner ?? House.opener))")
    for command in year.commands { try Terminal.print("  \(command)") }
  }
}
