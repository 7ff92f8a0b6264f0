internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger

extension PersonCommand {
  struct Name: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "name", abstract: "Say what a person is called; the name stays in the vault.",
      discussion: """
        That it was given is recorded, and not the name. People name themselves; else it needs authority at level 6 without \
        limit. A name that is another person's name or account already is refused.
        """)

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var origin: OriginOptions
    @OptionGroup var output: FormatOptions

    @Argument(help: "One of the person's accounts.")
    var account: String

    @Argument(help: "What the person is called.")
    var name: String

    @Option(help: "Why; without the name.")
    var reason: String?

    func run() throws {
      let opened = try ledger.open()
      let person = try opened.knownPerson(account)
      let source = try origin.chosenSource() ?? OriginOptions.commandLine
      let act = try opened.beginNaming(person, name, source: source)
      try OwnEvent.recording(act) { id in
        try OwnEvent(
          .personNamed, subject: Subject.person(person).text, fields: reason.map { ["reason=\($0)"] } ?? [],
          origin,
          output, verb: "person name", id: id
        ).record(in: opened)
      }
      Terminal.remark("\(account) is shown as \(Rows.printable(name))")
    }
  }
}
