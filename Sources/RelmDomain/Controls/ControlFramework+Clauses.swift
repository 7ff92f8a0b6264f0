extension ControlFramework {
  /// A clause by its id; capital and small letters are taken for each other where only one clause can be meant.
  ///
  /// - Throws: ``UnknownControl``, with the nearest id.
  package func clause(named name: String) throws(UnknownControl) -> Clause {
    guard let clause = UnknownControl.match(name, among: clauses, by: \.id) else {
      throw UnknownControl(name, kind: .clause(of: id), among: clauses.map(\.id))
    }
    return clause
  }

  /// How many of its clauses are covered so.
  package func count(of coverage: Coverage) -> Int {
    clauses.count { $0.coverage == coverage }
  }

  /// The framework with the clauses of another of the same id behind its own.
  package func adding(_ other: ControlFramework) -> ControlFramework {
    var whole = self
    whole.clauses += other.clauses
    return whole
  }
}

/// A framework, a clause, a rule or a piece of evidence of the catalogue that was named and is not there.
package struct UnknownControl: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was looked for.
  package enum Kind: Equatable, Sendable {
    case framework, rule, evidence
    case clause(of: String)
  }

  package let name: String
  package let kind: Kind
  /// The nearest that is there, where one is near.
  package let nearest: String?
  private let known: [String]

  package init(_ name: String, kind: Kind, among known: [String]) {
    self.name = name
    self.kind = kind
    self.known = known
    nearest = EditDistance.nearest(to: name, in: known)
  }

  package var description: String {
    let trouble =
      switch kind {
      case .framework: "there is no framework '\(name)'"
      case .clause(let framework): "\(framework) has no clause '\(name)'"
      case .rule: "there is no rule '\(name)'"
      case .evidence: "the ledger has no evidence named '\(name)'"
      }
    let hint = nearest.map { "did you mean '\($0)'?" } ?? "there are \(known.joined(separator: ", "))"
    return "\(trouble); \(hint)"
  }

  /// The one with a name: as it is written, else without regard to capital and small letters.
  package static func match<Item>(_ name: String, among items: [Item], by id: (Item) -> String) -> Item? {
    if let exact = items.first(where: { id($0) == name }) { return exact }
    let alike = items.filter { id($0).lowercased() == name.lowercased() }
    return alike.count == 1 ? alike.first : nil
  }
}
