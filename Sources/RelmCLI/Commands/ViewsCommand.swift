internal import ArgumentParser
internal import RelmLedger
internal import RelmProjections
internal import RelmProof

struct ViewsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "views", abstract: "List the derived views, or fold them anew.",
    subcommands: [List.self, Rebuild.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the views and how many rows each has.")

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var output: FormatOptions

    func run() throws {
      let opened = try ledger.open()
      var table = Rows("view", "rows", "folded", whenEmpty: "no views")
      let (counts, size) = try opened.viewCounts()
      for (name, count) in counts { table.append(Cell(name), Cell(count), Cell(size.value)) }
      try table.write(try output.chosen())
      Terminal.remark("generation \(Views.fingerprint)")
    }
  }

  struct Rebuild: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rebuild", abstract: "Fold every view anew from the log.",
      discussion:
        "Beside the present views, which serve until the new ones are whole. Nothing but time is lost by it.")

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
      let opened = try ledger.open()
      let progress = Progress()
      try opened.rebuildViews { progress.show("folded", $0, of: $1) }
      progress.end()
      try Terminal.print("rebuilt the views from \(try opened.size().value) events")
    }
  }
}
