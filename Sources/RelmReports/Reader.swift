package import RelmDomain
package import RelmProof

/// Who a page is written for: what turns pseudonyms into names and opens sealed words. A report itself has neither.
package struct Reader {
  /// The name of a person, or the pseudonym of somebody who is not known.
  package let name: (PersonID) throws -> String
  /// The words that are sealed at a place of an event, by a pointer into its record; nil where they cannot be read any
  /// more.
  package let open: (_ position: Position, _ pointer: String) throws -> String?

  package init(
    name: @escaping (PersonID) throws -> String,
    open: @escaping (_ position: Position, _ pointer: String) throws -> String?
  ) {
    self.name = name
    self.open = open
  }

  /// Somebody who sees pseudonyms and no sealed words: an auditor with the report alone.
  package static var stranger: Reader { Reader(name: { $0.text }, open: { _, _ in nil }) }

  /// A sentence with names for the pseudonyms in it.
  package func sentence(_ text: String) throws -> String { try PersonID.naming(in: text, name) }
}
