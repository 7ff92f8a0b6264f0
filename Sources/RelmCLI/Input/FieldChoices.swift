internal import ArgumentParser
internal import RelmDomain

/// The words of a field's closed list, as its schema has them: for help, completion and misspelt words.
struct FieldChoices {
  let words: [String]

  init(_ type: EventType, _ field: String) {
    words = EventCatalogue.description(of: type).fields.first { $0.name == field }?.choices ?? []
  }

  /// - Parameter begin: what the option is for, as a sentence without its stop.
  func help(_ begin: String) -> ArgumentHelp { "\(begin): \(words.joined(separator: ", "))." }

  var completion: CompletionKind { .list(words) }

  /// - Throws: a usage failure that names the nearest word.
  func checked(_ word: String, option: String) throws -> String {
    if words.contains(word) { return word }
    let hint = EditDistance.nearest(to: word, in: words).map { "did you mean '\($0)'?" }
    throw CommandFailure(
      .usage, "\(option) is '\(word)'; \(hint ?? "it must be one of \(words.joined(separator: ", "))")")
  }
}
