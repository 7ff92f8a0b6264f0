internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmViews
internal import RelmProof

extension PersonCommand {
  struct Confirm: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "confirm", abstract: "Let the authority of one linked account be the other's too.",
      discussion: """
        Said by one of the two (--actor), it lends that one's authority to the other. Said by a second person at level \
        6, who has not linked them, it lends both ways.
        """)

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var origin: OriginOptions
    @OptionGroup var output: FormatOptions

    @Argument(help: "One of the accounts.")
    var account: String

    @Argument(help: "The other.")
    var other: String

    @Option(help: "How it is known.")
    var reason: String?

    func run() throws {
      let opened = try ledger.open()
      let isLinkedTo = try opened.withViews { rows, _ in
        try People.row(People.key(opened.knownPerson(account)), in: rows)?.human
      }
      // The link stands with the account that stands for the human, whichever is named first.
      let isOther = try isLinkedTo == opened.knownPerson(other)
      let (human, linked) = isOther ? (other, account) : (account, other)
      try OwnEvent(
        .personLinkConfirmed, subject: "person/\(human)",
        fields: ["account=\(linked)"] + (reason.map { ["reason=\($0)"] } ?? []), origin, output, verb: nil
      ).record(in: opened)
    }
  }
}
