internal import ArgumentParser
internal import RelmDomain

/// A wish for help: `relm help VERB…`, `relm VERB… --help`, and of an event type `relm record --help TYPE`.
struct HelpRequest {
  private enum Page {
    case program
    case verb(any ParsableCommand.Type)
    case type(EventDescription)
  }

  private let page: Page

  /// - Returns: nil where the arguments ask for no help.
  /// - Throws: a usage failure for a verb or type that is not known.
  init?(_ arguments: [String]) throws {
    let isFlag = { (word: String) in word == "--help" || word == "-h" }
    var words = arguments
    if words.first == "help" {
      words.removeFirst()
    } else if !words.prefix(while: { $0 != "--" }).contains(where: isFlag) {
      return nil
    }
    words.removeAll(where: isFlag)

    var command: any ParsableCommand.Type = RelmCommand.self
    var path = "relm"
    while let word = words.first, !word.hasPrefix("-"), !command.configuration.subcommands.isEmpty {
      guard let next = command.configuration.subcommands.first(where: { $0.configuration.commandName == word })
      else {
        throw CommandWords.unknown(word, among: command.configuration.subcommands, below: path)
      }
      command = next
      path += " " + word
      words.removeFirst()
    }
    if command == RecordCommand.self, let type = try Self.type(words) {
      page = .type(EventCatalogue.description(of: type))
    } else {
      page = command == RelmCommand.self ? .program : .verb(command)
    }
  }

  /// The type that the words after `record` name; a first word that names none is misspelt.
  private static func type(_ words: [String]) throws -> EventType? {
    for word in words {
      if let type = EventType.named("relm." + word) ?? EventType.named(word) { return type }
    }
    guard let first = words.first, !first.hasPrefix("-") else { return nil }
    return try OwnTypes.named(first)
  }

  func print() throws {
    switch page {
    case .program: try printProgram()
    case .type(let description): try TypeHelp(description).print()
    case .verb(let command):
      try Terminal.print(RelmCommand.helpMessage(for: command, columns: Terminal.helpColumns))
      if command == RecordCommand.self { try printTypes() }
    }
  }

  private func printTypes() throws {
    try Terminal.print("TYPES:")
    let recorded = EventType.allCases.map(EventCatalogue.description).filter { $0.ownVerb == nil }
    for kind in StreamKind.allCases {
      try Terminal.print(Terminal.bold("about \(kind.inWords), \(kind.pattern)"))
      for description in recorded where description.stream == kind {
        let name = EventType.short(description.type.rawValue)
        let act =
          !description.isAct ? "" : description.actOf == nil ? "  (act, level \(description.level))" : "  (act)"
        try Terminal.print(
          "  \(name)" + String(repeating: " ", count: max(2, 26 - name.count)) + description.title + act)
      }
    }
    try Terminal.print("\n  'relm record --help TYPE' lists a type's fields and shows a command to copy.")
  }

  private func printProgram() throws {
    let configuration = RelmCommand.configuration
    var lines = TextLayout(width: Terminal.helpColumns).wrapped(configuration.abstract)
    lines += ["", "  relm VERB [OPTION …]"]
    for group in configuration.groupedSubcommands {
      lines += ["", Terminal.bold(group.name)]
      for command in group.subcommands {
        let name = command.configuration.commandName ?? ""
        lines.append(
          "  " + name + String(repeating: " ", count: max(1, 13 - name.count)) + command.configuration.abstract)
      }
    }
    lines += [
      "",
      "'relm help VERB' tells more of a verb, 'relm record --help TYPE' of an event.",
      "'relm --generate-completion-script bash' (or zsh, fish) prints what makes the",
      "shell complete verbs, types and fields; 'relm --version' tells the version.",
      "",
      "The ledger is --ledger DIR, else RELM_LEDGER, else the nearest .relm upwards.",
      "RELM_ACTOR, RELM_SOURCE, RELM_FORMAT and RELM_KEY stand for their options.",
      "",
      Terminal.bold("Exit status"),
      "   0  done, or yes            66  no such input",
      "   1  the answer is no        69  something needed cannot be reached",
      "   2  integrity is broken     73  cannot create",
      "  64  usage                   74  input or output failed; try again, same id",
      "  65  bad input, or it        75  busy; try again",
      "      contradicts the log     77  no authority      78  newer format",
    ]
    for line in lines { try Terminal.print(line) }
  }
}
