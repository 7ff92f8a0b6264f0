internal import ArgumentParser
internal import Glibc

/// A command that can take its words without the parser.
///
/// Its `init(_:)` stands beside its declarations and takes the same options; those are what help, completion and errors are
/// made of.
protocol PlainCommand: ParsableCommand {
  init(_ words: inout PlainLine)
}

/// The verbs that are called all day, from a command line that is plain.
enum PlainCommands {
  /// Prints the version where nothing else is asked for, which needs neither a ledger nor what guards one.
  ///
  /// - Returns: whether that was asked for.
  static func tellVersion(_ arguments: [String]) throws -> Bool {
    guard arguments.count == 1, arguments[0] == "--version", Agreement.wanted != .whole else { return false }
    try Terminal.write(Array((RelmCommand.version + "\n").utf8))
    return true
  }

  /// Runs the command that the arguments name.
  ///
  /// - Returns: false where the arguments are the parser's to read, and nothing was run.
  static func run(_ arguments: [String]) throws -> Bool {
    guard let verb = arguments.first else { return false }
    var words = PlainLine(arguments.dropFirst())
    // By hand, so that no type of a command is made that is not run.
    switch verb {
    case "record":
      let command = RecordCommand(&words)
      guard words.areDone else { return false }
      Agreement.check(command, arguments)
      try command.run()
    case "gate":
      let command = GateCommand(&words)
      guard words.areDone else { return false }
      Agreement.check(command, arguments)
      try command.run()
    case "state":
      let command = StateCommand(&words)
      guard words.areDone else { return false }
      Agreement.check(command, arguments)
      try command.run()
    case "log":
      let command = LogCommand(&words)
      guard words.areDone else { return false }
      Agreement.check(command, arguments)
      try command.run()
    default: return false
    }
    return true
  }
}

/// Whether what was read past the parser of the whole program is what that would have read.
enum Agreement {
  /// What a test wants to read the arguments.
  enum Reader: String {
    case whole
    case plain
  }

  #if DEBUG
  static let wanted = getenv("RELM_PARSER").flatMap { Reader(rawValue: String(cString: $0)) }
  #else
  static let wanted: Reader? = nil
  #endif

  /// Ends a debug build where that parser understands the arguments otherwise, or refuses them.
  @inline(__always)
  static func check(_ command: @autoclosure () -> any ParsableCommand, _ arguments: [String]) {
    #if DEBUG
    var own = ""
    var parsed = ""
    dump(command(), to: &own)
    do {
      let other = try RelmCommand.parseAsRoot(arguments)
      dump(other, to: &parsed)
    } catch {
      parsed = RelmCommand.fullMessage(for: error)
    }
    precondition(own == parsed, "\(arguments) is read as\n\(own)\nand the parser reads\n\(parsed)")
    #endif
  }
}
