internal import ArgumentParser
internal import RelmDomain

/// Which clauses of standards and laws a ledger is evidence for.
struct ControlsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "controls",
    abstract: "What standards and laws ask, and what in the ledger is evidence for it.",
    discussion: """
      The catalogue names and describes clauses in our own short words; the text that counts is the framework's. Coverage \
      says how much of a clause a ledger can show of changes that are made by releases: evidenced, all of it; partly; \
      outside, nothing. Where it is not all, it says what has to be shown elsewhere. No ledger is needed.

      A house adds a framework of its own, or clauses to one that there is, by a file: --controls FILE. What it looks like \
      is shown by 'relm controls show FRAMEWORK --format json', which may be edited and taken again; YAML does as well.
      """,
    subcommands: [ControlsList.self, ControlsShow.self])

  func run() throws {
    throw CommandFailure(.usage, "name what to do: list or show. See 'relm controls --help'")
  }
}
