package import RelmDomain
internal import RelmProof

extension Views {
  /// The known name that a new one reads as, in Latin letters: of the same kind of thing; nil where there is none.
  ///
  /// - Parameter subject: what an event is about, or a part of what it says.
  package func twin(of subject: Subject) throws -> String? {
    func twin(_ name: String, _ isKnown: (String) throws -> Bool) throws -> String? {
      guard let latin = MixedAlphabets.readAsLatin(name), try !isKnown(name), try isKnown(latin) else {
        return nil
      }
      return latin
    }
    switch subject {
    case .release(let package, let version):
      if let known = try twin(package, { try knows(package: $0) }) { return known }
      return try twin(version) { try release(package, $0) != nil }
    case .environment(let name): return try twin(name) { try knows(environment: $0) }
    case .service(let name): return try twin(name) { try service($0) != nil }
    case .policy(let id): return try twin(id) { try policy($0) != nil }
    case .procedure(let id): return try twin(id) { try procedure($0) != nil }
    case .capability(let id): return try twin(id) { try capability($0) != nil }
    case .incident(let id): return try twin(id) { try incident($0) != nil }
    case .person, .ledger: return nil
    }
  }

  private func knows(package: String) throws -> Bool {
    try !history.firstEvents(ofReleasesOf: package, before: Position(.max), limit: 1).isEmpty
  }

  /// Whether an environment is registered, or something runs or ran there.
  private func knows(environment name: String) throws -> Bool {
    try environment(name) != nil || !folds.running.allRows(over: base, under: RowKey(name).prefix).isEmpty
  }
}
