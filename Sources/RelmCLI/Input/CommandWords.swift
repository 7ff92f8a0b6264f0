internal import ArgumentParser
internal import RelmDomain

/// The words of a command line before the parser reads them: what it would misread, or answer less well.
struct CommandWords {
  private let words: [String]

  init(_ words: [String]) {
    self.words = words
  }

  /// - Throws: a usage failure for an empty word, an unknown verb, or an option before the verb.
  func check() throws {
    try refuseEmptyWords()
    try checkVerbs()
  }

  /// The command that the first words name, and the words behind them; nil where they end above it.
  func verb() -> (any ParsableCommand.Type, [String])? {
    var command: any ParsableCommand.Type = RelmCommand.self
    for (place, word) in words.enumerated() {
      let verbs = command.configuration.subcommands
      guard !verbs.isEmpty else { return (command, Array(words[place...])) }
      guard let next = verbs.first(where: { $0.configuration.commandName == word }) else { return nil }
      command = next
    }
    return command.configuration.subcommands.isEmpty ? (command, []) : nil
  }

  /// An empty word is a script's mistake: a variable that was not set.
  private func refuseEmptyWords() throws {
    for (place, word) in words.enumerated() {
      if word == "--" { return }
      if word.hasPrefix("--"), word.last == "=" {
        throw CommandFailure(.usage, "\(word.dropLast()) has an empty value; give it one, or leave it out")
      }
      guard word.isEmpty else { continue }
      guard place > 0, words[place - 1].hasPrefix("-") else {
        throw CommandFailure(.usage, "argument \(place + 1) is empty; is a variable of the script not set?")
      }
      throw CommandFailure(.usage, "\(words[place - 1]) has an empty value; give it one, or leave it out")
    }
  }

  /// Follows the verbs down the tree of commands.
  private func checkVerbs() throws {
    var command: any ParsableCommand.Type = RelmCommand.self
    var path = "relm"
    for word in words {
      let verbs = command.configuration.subcommands
      guard !verbs.isEmpty else { return }
      guard !word.hasPrefix("-") else { return try checkOption(word, before: verbs, path) }
      guard let next = verbs.first(where: { $0.configuration.commandName == word }) else {
        throw Self.unknown(word, among: verbs, below: path)
      }
      command = next
      path += " " + word
    }
  }

  /// At the top only these options stand; all others belong to a verb and stand behind it.
  private func checkOption(_ word: String, before verbs: [any ParsableCommand.Type], _ path: String) throws {
    let ofTop = ["--help", "-h", "--version", "--generate-completion-script", "--experimental-dump-help"]
    guard path == "relm", !ofTop.contains(where: { word == $0 || word.hasPrefix($0 + "=") }) else { return }
    guard let verb = words.first(where: { word in verbs.contains { $0.configuration.commandName == word } })
    else {
      throw CommandFailure(.usage, "'\(word)' stands where a verb belongs; 'relm help' lists the verbs")
    }
    throw CommandFailure(
      .usage, "'\(word)' stands before the verb; options stand behind it: relm \(verb) \(word) …")
  }

  /// The failure for a verb that is none.
  static func unknown(_ word: String, among verbs: [any ParsableCommand.Type], below path: String)
    -> CommandFailure
  {
    let names = verbs.compactMap { $0.configuration.commandName }
    let hint =
      EditDistance.nearest(to: word, in: names, within: word.count < 5 ? 1 : 2).map { "did you mean '\($0)'?" }
      ?? "there are \(names.joined(separator: ", "))."
    let help = path == "relm" ? "'relm help' lists the verbs" : "See '\(path) --help'"
    return CommandFailure(.usage, "'\(word)' is no verb of \(path); \(hint) \(help)")
  }
}
