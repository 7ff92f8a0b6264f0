extension RecordedEvent {
  /// What happened, in words, with pseudonyms for persons; for an event that is not ours its type.
  package var inWords: String { event.inWords ?? record.envelope.type }
}

extension Event {
  /// What happened, in words, with pseudonyms for persons; nil for an event that is not ours.
  ///
  /// Sealed words are no part of it.
  package var inWords: String? {
    switch self {
    case .release(let event): event.inWords
    case .environment(let event): event.inWords
    case .incident(let event): event.inWords
    case .service(let event): event.inWords
    case .ledger(let event): event.inWords
    case .person(let event): event.inWords
    case .policy(let event): event.inWords
    case .procedure(let event): event.inWords
    case .capability(let event): event.inWords
    case .foreign, .newer: nil
    }
  }
}

/// How sentences about events are put together.
enum Wording {
  /// The words that are there, with a word before each: " to production/eu".
  static func with(_ before: String, _ text: String?) -> String { text.map { " \(before) \($0)" } ?? "" }

  /// ": reason".
  static func because(_ reason: String?) -> String { reason.map { ": \($0)" } ?? "" }

  static func ended(_ outcome: Outcome) -> String {
    switch outcome {
    case .succeeded: "succeeded"
    case .failed: "FAILED"
    case .errored: "could not be carried out"
    case .cancelled: "was stopped"
    }
  }

  static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
