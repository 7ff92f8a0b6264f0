/// The digests of files that a record names as evidence: those of its fields that are called so, wherever they stand.
package enum EvidenceDigests {
  /// - Parameter node: a record, or a part of one.
  package static func all(in node: JSONNode) -> [String] {
    switch node.kind {
    case .object:
      node.members.flatMap { member in
        member.hasName("evidence") ? named(by: member.value) : all(in: member.value)
      }
    case .array: node.elements.flatMap { all(in: $0) }
    case .string, .number, .boolean, .null: []
    }
  }

  /// A digest by itself, an object that has one, or a list of them.
  private static func named(by node: JSONNode) -> [String] {
    switch node.kind {
    case .string: [node.string].compactMap { $0 }
    case .object: [node["digest"]?.string].compactMap { $0 }
    case .array: node.elements.flatMap { named(by: $0) }
    case .number, .boolean, .null: []
    }
  }
}
