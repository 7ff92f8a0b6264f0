/// What to change while a document is written canonically: the ledger seals personal text and replaces accounts by
/// pseudonyms in that one pass, without a second tree.
package struct JSONEdits: Sendable {
  var replacements: [Int: [UInt8]] = [:]
  var additions: [(name: String, value: [UInt8])] = []
  var omissions: [String] = []

  package init() {}

  /// Writes this in place of a node and all in it.
  ///
  /// - Parameters:
  ///   - node: a value of the document that is written.
  ///   - value: canonical JSON.
  package mutating func replace(_ node: JSONNode, with value: [UInt8]) {
    replacements[node.index] = value
  }

  /// Gives the object that is written another member, or another value to a member that it has.
  ///
  /// - Parameters:
  ///   - name: the member's name.
  ///   - value: canonical JSON.
  package mutating func add(_ name: String, _ value: [UInt8]) {
    additions.removeAll { $0.name.utf8.elementsEqual(name.utf8) }
    additions.append((name, value))
  }

  /// Leaves a member of the object that is written away.
  package mutating func omit(_ name: String) { omissions.append(name) }

  /// Whether nothing is changed.
  package var isEmpty: Bool { replacements.isEmpty && additions.isEmpty && omissions.isEmpty }
}
