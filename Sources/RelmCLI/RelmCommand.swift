package import ArgumentParser
internal import Glibc
internal import RelmLedger

/// The program: `relm <verb>`.
package struct RelmCommand: ParsableCommand {
  static let version = "relm 0.1.0"

  package static let configuration = CommandConfiguration(
    commandName: "relm",
    abstract:
      "A release ledger: every release action is an event that is never changed, and all else is derived.",
    version: version,
    groupedSubcommands: [
      CommandGroup(name: "Start", subcommands: [InitCommand.self]),
      CommandGroup(
        name: "Record",
        subcommands: [
          RecordCommand.self, AppendCommand.self, AttachCommand.self, PolicyCommand.self, GateCommand.self,
          ReviewCommand.self, ImportCommand.self,
        ]),
      CommandGroup(
        name: "Look",
        subcommands: [
          StateCommand.self, TimelineCommand.self, ReplayCommand.self, DiffCommand.self,
          ObligationsCommand.self,
          CalendarCommand.self, MetricsCommand.self, ControlsCommand.self, LogCommand.self, WatchCommand.self,
          ShowCommand.self,
          StatsCommand.self,
        ]),
      CommandGroup(
        name: "Show",
        subcommands: [ReportCommand.self, WhatIfCommand.self, SampleCommand.self]),
      CommandGroup(
        name: "Prove",
        subcommands: [VerifyCommand.self, CheckpointCommand.self, ProveCommand.self, SealCommand.self]),
      CommandGroup(
        name: "Maintain",
        subcommands: [PersonCommand.self, KeyCommand.self, DisposeCommand.self, ViewsCommand.self]),
    ])

  package init() {}

  /// A call without a verb is a script's mistake more often than a question: it does not exit 0.
  package func run() throws {
    throw CommandFailure(.usage, "name a verb, such as 'relm state'; 'relm help' lists them")
  }

  /// Runs the command that the arguments name, and ends the process with its status.
  package static func run() -> Never {
    signal(SIGPIPE, SIG_IGN)
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      if try PlainCommands.tellVersion(arguments) { Glibc.exit(ExitStatus.done.rawValue) }
      ProcessGuard.arm(
        damaged: ExitStatus.integrityBroken.rawValue, inputOutput: ExitStatus.inputOutput.rawValue,
        tryAgain: ExitStatus.busy.rawValue)
      try ArgumentText.check()
      if Agreement.wanted != .whole, try PlainCommands.run(arguments) { Glibc.exit(ExitStatus.done.rawValue) }
      assert(Agreement.wanted != .plain, "\(arguments) is not plain")
      if let help = try HelpRequest(arguments) {
        try help.print()
        Glibc.exit(ExitStatus.done.rawValue)
      }
      if let script = CompletionScript.asked(arguments) {
        try Terminal.print(script)
        Glibc.exit(ExitStatus.done.rawValue)
      }
      if !isCompletion(arguments) { try CommandWords(arguments).check() }
      var command = try parsed(arguments)
      try command.run()
      Glibc.exit(ExitStatus.done.rawValue)
    } catch let status as ExitStatusSignal {
      Glibc.exit(status.status.rawValue)
    } catch  where exitCode(for: error) == .success {
      // The version, a script for a shell, what it completes: the parser prints it.
      exit(withError: error)
    } catch  where isOfParser(error) {
      ErrorOutput.tell(Problem(usage(of: error)), .usage)
      Glibc.exit(ExitStatus.usage.rawValue)
    } catch {
      // Begins anew with views built anew, unless that has been done.
      ProcessGuard.rebuildViews(after: error)
      ErrorOutput.tell(error, ExitStatus(error))
      Glibc.exit(ExitStatus(error).rawValue)
    }
  }

  /// The command that the arguments name. Its own parser is enough where they are as they should be; what that refuses the
  /// parser of the whole program judges, and words.
  private static func parsed(_ arguments: [String]) throws -> any ParsableCommand {
    guard Agreement.wanted != .whole, let (verb, words) = CommandWords(arguments).verb(),
      // What it makes of a wish for help is another command.
      let command = try? verb.parseAsRoot(words), type(of: command) == verb
    else {
      return try parseAsRoot(arguments)
    }
    Agreement.check(command, arguments)
    return command
  }

  /// Whether a shell asks what may stand next; its words may be empty.
  private static func isCompletion(_ arguments: [String]) -> Bool {
    arguments.first?.hasPrefix("---completion") == true
  }

  /// Whether the parser itself has thrown it: a usage error.
  private static func isOfParser(_ error: any Error) -> Bool {
    error is ValidationError || error is ExitCode || exitCode(for: error) == .validationFailure
  }

  /// What the parser says about a usage error, in the form of all our errors.
  private static func usage(of error: any Error) -> String {
    let text = fullMessage(for: error)
    let prefix = "Error: "
    return text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
  }
}

/// Ends the program with a status after everything has been said.
struct ExitStatusSignal: Error {
  let status: ExitStatus
}
