internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmViews
internal import RelmProof
internal import RelmVault

extension PersonCommand {
  struct Erase: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "erase",
      abstract: "Destroy what is known of a person: names, accounts and the key of their notes.",
      discussion: """
        All linked accounts of the human are erased together, and their authority ends before. It cannot be undone. The \
        log stays whole and every proof stays good; the pseudonyms say nothing any more. A legal hold on any of the accounts \
        prevents it, and nobody erases themselves. Backups of the vault are yours to deal with.
        """)

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var origin: OriginOptions
    @OptionGroup var output: FormatOptions

    @Argument(help: "One of the person's accounts, or the pseudonym.")
    var account: String

    @Option(help: "On what legal ground.")
    var ground: String

    @Option(help: "The request's reference.")
    var request: String?

    func run() throws {
      let opened = try ledger.open()
      let human = try Human(behind: opened.knownPerson(account), in: opened)
      try refuseOwnErasure(of: human, in: opened)
      let drafts = try drafts(for: human, in: opened)
      // Recorded and then broken off: what is left to do is the erasure itself.
      if !drafts.isEmpty {
        let appending = Appending(
          opened, actor: try origin.chosenActor(),
          source: try origin.chosenSource() ?? OriginOptions.commandLine, verb: "person erase")
        let appended = try appending.append(drafts.map { try JSONDocument($0.bytes).root })
        var printer = ReceiptPrinter(try output.chosen(), isList: true)
        try printer.print(appended)
        try printer.end()
      }
      try opened.finishErasure(of: human.accounts.map(\.person))
      for row in human.accounts { Terminal.remark("erased \(row.person.text)") }
      for person in human.serviceAccounts {
        Terminal.remark(
          "\(try Names(opened.vault, ofErrors: true).text(person.text)) is a service account of theirs; give it another owner: "
            + "relm person link --service ACCOUNT --owner HUMAN")
      }
      Terminal.remark("what is in backups of the vault is for you to erase")
    }

    /// Their authority ends in the same batch, so that they could not end their own existence in it.
    private func refuseOwnErasure(of human: Human, in ledger: Ledger) throws {
      guard let actor = try origin.chosenActor(), let person = try ledger.vault.person(of: actor),
        human.accounts.contains(where: { $0.person == person })
      else { return }
      throw CommandFailure(
        .noAuthority,
        "nobody erases themselves: it ends their authority first. Let somebody else at level 6 do it")
    }

    /// The events, in their order: every authority ends, and then everybody is erased.
    private func drafts(for human: Human, in ledger: Ledger) throws -> [EventDraft] {
      let erased = human.accounts.filter { $0.erased == nil }
      var drafts: [EventDraft] = []
      func add(_ type: EventType, _ subject: Subject, _ data: EventData) {
        let surroundings = ledger.surroundings
        drafts.append(
          EventDraft(
            type: type.rawValue, subject: subject.text,
            id: UUIDText(version7: surroundings.now(), random: surroundings.random()).text, data: data.bytes))
      }
      for row in erased {
        for grant in row.grants where grant.revoked == nil {
          var data = EventData()
          data.set("grant", position: grant.position)
          data.set("reason", "The person is erased: \(ground)")
          add(.authorityRevoked, .person(row.person), data)
        }
      }
      for row in erased {
        var data = EventData()
        data.set("person", row.person.text)
        data.set("ground", ground)
        data.set("request", request)
        add(.subjectErased, .ledger, data)
      }
      return drafts
    }
  }

  /// A human as the log knows them: every account, and what hangs on them.
  private struct Human {
    let accounts: [PersonRow]
    /// Service accounts that they answer for.
    let serviceAccounts: [PersonID]

    init(behind person: PersonID, in ledger: Ledger) throws {
      let all = try ledger.accounts(of: person)
      (accounts, serviceAccounts) = try ledger.withViews { rows, _ in
        var services: [PersonID] = []
        try ledger.forEachRow(of: People.self, in: rows) { row in
          if row.kind == .service, row.erased == nil, let owner = row.owner, all.contains(owner) {
            services.append(row.person)
          }
          return true
        }
        let accounts = try all.map { person in
          try People.row(People.key(person), in: rows)
            ?? PersonRow(person: person, kind: .human, isLinked: false)
        }
        return (accounts, services)
      }
    }
  }
}
