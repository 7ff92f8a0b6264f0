internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmViews
internal import RelmVault

struct PersonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person", abstract: "List people and their authority, link accounts, give names, erase.",
    discussion: """
      The log knows people by pseudonyms. Authority is granted and revoked by events: see \
      'relm record --help authority.granted', with --subject person/ACCOUNT.
      """,
    subcommands: [List.self, Link.self, Confirm.self, Name.self, Erase.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List who has been named, and what authority they have now.")

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var output: FormatOptions
    @OptionGroup var asOf: AsOfOptions

    @Argument(help: "Only this account's person.")
    var account: String?

    func run() throws {
      let opened = try ledger.open(asOf)
      let wanted = try account.map { try opened.knownPerson($0) }
      let now = opened.surroundings.now()
      var table = Rows(
        "name", "accounts", "kind", "authority", "person", whenEmpty: "nobody has been named yet")
      let names = Names(opened.vault)
      let described = try opened.vault.list()
      try opened.withViews { rows, _ in
        let authority = try HeldAuthority(in: opened, rows, at: now)
        for about in described where wanted.map({ $0 == about.person }) ?? true {
          let row = try People.row(People.key(about.person), in: rows)
          let (name, accounts) = Self.shown(about)
          table.append(
            Cell(name), Cell(accounts), Cell(try Self.kind(row, names, in: rows)),
            Cell(try row.map(authority.words)), Cell(about.person.text))
        }
        // Whose file is missing from the vault has authority all the same, and is told as the log knows them.
        let known = Set(described.map(\.person))
        try opened.forEachRow(of: People.self, in: rows) { row in
          guard !known.contains(row.person), wanted.map({ $0 == row.person }) ?? true else { return true }
          table.append(
            Cell(row.erased == nil ? "(not in the vault)" : "(erased)"), Cell(""),
            Cell(try Self.kind(row, names, in: rows)), Cell(try authority.words(row)), Cell(row.person.text))
          return true
        }
      }
      try table.write(try output.chosen())
    }

    /// What they are called, and their accounts: names as well.
    private static func shown(_ about: PersonDescription) -> (name: String, accounts: String) {
      guard !ShownPeople.arePseudonyms else { return (about.person.text, "") }
      let name = about.erased ? "(erased)" : about.names.first ?? about.accounts.first ?? about.person.text
      return (name, about.accounts.joined(separator: ", "))
    }

    private static func kind(_ row: PersonRow?, _ names: Names, in rows: any RowReading) throws -> String {
      guard let row, row.isLinked else { return "" }
      if let human = row.human {
        let main = try People.row(People.key(human), in: rows)
        let isLent = main?.links.contains { $0.account == row.person && $0.lent != nil } ?? false
        return "account of \(try names.text(human.text))" + (isLent ? ", with that one's authority" : "")
      }
      guard row.kind == .service else { return "human" }
      return "service account" + (try row.owner.map { ", owner \(try names.text($0.text))" } ?? "")
    }
  }

  struct Link: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "link", abstract: "Say that accounts are one human, or that one is a service account.",
      usage: "relm person link HUMAN ACCOUNT…\n       relm person link --service ACCOUNT --owner HUMAN",
      discussion: """
        Nobody links an account of their own. Linked accounts are one human at once where duties are kept apart; the \
        authority of one is the other's only after 'relm person confirm'.
        """)

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var origin: OriginOptions
    @OptionGroup var output: FormatOptions

    @Argument(help: "The account that stands for the human, and the others.")
    var accounts: [String] = []

    @Option(help: "The service account.")
    var service: String?

    @Option(help: "Who answers for it.")
    var owner: String?

    func validate() throws {
      guard (service == nil) == (owner == nil), service == nil || accounts.isEmpty else {
        throw ValidationError("--service ACCOUNT and --owner HUMAN go together, without other accounts")
      }
      guard service != nil || !accounts.isEmpty else {
        throw ValidationError("name the account that stands for the human, and the others")
      }
    }

    func run() throws {
      let fields =
        service == nil
        ? ["kind=human"] + accounts.dropFirst().map { "accounts=\($0)" }
        : ["kind=service", "owner=\(owner ?? "")"]
      try OwnEvent(
        .personLinked, subject: "person/\(service ?? accounts[0])", fields: fields, origin, output, verb: nil
      ).record(in: try ledger.open())
    }
  }
}
