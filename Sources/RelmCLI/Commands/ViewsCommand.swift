internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmViews
internal import RelmProof

struct ViewsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "views", abstract: "List the derived views, or fold them anew.",
    subcommands: [List.self, Rebuild.self, Prune.self], defaultSubcommand: List.self)

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
      for generation in try opened.viewGenerations() {
        let whose = generation.isOwn ? "this program's" : "another version's; 'relm views prune' removes it"
        Terminal.remark(
          "generation \(generation.fingerprint), \(StatsCommand.size(generation.bytes)): \(whose)")
      }
    }
  }

  struct Prune: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "prune", abstract: "Remove the views of other versions of relm.",
      discussion: "Each version keeps its own beside the others'. One that is still used folds its views anew.")

    @OptionGroup var ledger: LedgerOptions

    func run() throws {
      let removed = try ledger.open().removeOtherViewGenerations()
      let bytes = removed.reduce(0) { $0 + $1.bytes }
      try Terminal.print(
        removed.isEmpty
          ? "there are no views of other versions"
          : "removed \(removed.map(\.fingerprint).joined(separator: ", ")): \(StatsCommand.size(bytes))")
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
      try Terminal.print("rebuilt the views from \(PlainWords.count(try opened.size().value, "event"))")
    }
  }
}
