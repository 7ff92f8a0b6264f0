internal import ArgumentParser

/// What is handed to people outside.
struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Reports for those who ask whether rules were followed.",
    subcommands: [ComplianceCommand.self])

  func run() throws {
    throw CommandFailure(.usage, "name the report: compliance. See 'relm report --help'")
  }
}
