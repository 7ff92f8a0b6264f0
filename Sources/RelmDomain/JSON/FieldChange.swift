/// What became of one field between two states of a JSON object.
package struct FieldChange: Sendable, Equatable {
  /// Where it stands: names joined by dots, elements of lists by what tells them apart, as in
  /// `deployments.environments[production/eu].status`, and `services[]` for one of plain values.
  package let path: String
  /// The value as canonical JSON; nil where there was, or is, none.
  package let before: [UInt8]?
  package let after: [UInt8]?

  /// What differs between two objects, in the order of their fields.
  ///
  /// - Parameters:
  ///   - before: canonical JSON of an object; nil where there was none.
  ///   - after: likewise.
  /// - Throws: `JSONError` where one does not read.
  package static func between(_ before: [UInt8]?, _ after: [UInt8]?) throws(JSONError) -> [FieldChange] {
    var comparison = JSONComparison()
    let old = before == nil ? nil : try JSONDocument(before ?? []).root
    let new = after == nil ? nil : try JSONDocument(after ?? []).root
    comparison.compare(old, new, at: "")
    return comparison.changes
  }
}

/// Walks two JSON values side by side.
private struct JSONComparison {
  private(set) var changes: [FieldChange] = []

  mutating func compare(_ old: JSONNode?, _ new: JSONNode?, at path: String) {
    let (before, after) = (old.map(Self.bytes), new.map(Self.bytes))
    guard before != after else { return }
    if Self.isWhole(old), Self.isWhole(new) {
      changes.append(FieldChange(path: path, before: before, after: after))
    } else if old?.kind ?? .object == .object, new?.kind ?? .object == .object {
      compareMembers(old, new, at: path)
    } else if old?.kind ?? .array == .array, new?.kind ?? .array == .array {
      compareElements(old, new, at: path)
    } else {
      changes.append(FieldChange(path: path, before: before, after: after))
    }
  }

  private mutating func compareMembers(_ old: JSONNode?, _ new: JSONNode?, at path: String) {
    let names = Set((old?.members.map(\.name) ?? []) + (new?.members.map(\.name) ?? []))
    for name in names.sorted() { compare(old?[name], new?[name], at: path.isEmpty ? name : path + "." + name) }
  }

  /// Elements that are objects are matched by the member that tells them apart, others by what they are.
  private mutating func compareElements(_ old: JSONNode?, _ new: JSONNode?, at path: String) {
    let (before, after) = (Array(old?.elements.map { $0 } ?? []), Array(new?.elements.map { $0 } ?? []))
    let name = Self.identity(of: before, after, in: path)
    func identity(_ place: Int, _ node: JSONNode) -> String {
      if node.kind != .object { return Self.text(node) }
      return name.flatMap { node[$0] }.map(Self.text) ?? "\(place)"
    }
    let (known, told) = (before.enumerated().map(identity), after.enumerated().map(identity))
    // Of several that are called alike the first is meant.
    let places = Dictionary(zip(told, told.indices)) { first, _ in first }
    for (place, id) in known.enumerated() {
      compare(before[place], places[id].map { after[$0] }, at: Self.path(path, id, before[place]))
    }
    let old = Set(known)
    for (place, id) in told.enumerated() where !old.contains(id) {
      compare(nil, after[place], at: Self.path(path, id, after[place]))
    }
  }

  /// An element's path: a scalar is its own name, which need not be said twice.
  private static func path(_ list: String, _ id: String, _ element: JSONNode) -> String {
    element.kind == .object || element.kind == .array ? "\(list)[\(id)]" : list + "[]"
  }

  /// The first member that all objects have, with a value of its own each.
  private static func identity(of before: [JSONNode], _ after: [JSONNode], in path: String) -> String? {
    guard let first = (after + before).first, first.kind == .object else { return nil }
    // What the list is of tells its things apart best, as `environment` those of `environments`; and a name better than a
    // number, which may change.
    let list = path.split(separator: ".").last ?? ""
    let texts = first.members.filter { $0.value.kind == .string }.map(\.name)
    let numbers = first.members.filter { $0.value.kind == .number }.map(\.name)
    return (texts.filter { list.hasPrefix($0) } + texts + numbers).first { name in
      [before, after].allSatisfy { nodes in
        let values = nodes.compactMap { $0[name].map(bytes) }
        return values.count == nodes.count && Set(values).count == values.count
      }
    }
  }

  /// Whether a value is shown on one line: a scalar, a moment, or nothing.
  private static func isWhole(_ node: JSONNode?) -> Bool {
    guard let node else { return true }
    switch node.kind {
    case .array: return false
    case .object: return node["at"] != nil && node["position"] != nil && node.count <= 3
    case .string, .number, .boolean, .null: return true
    }
  }

  private static func bytes(_ node: JSONNode) -> [UInt8] { Array(node.document.bytes[node.range]) }

  private static func text(_ node: JSONNode) -> String {
    node.string ?? String(decoding: bytes(node), as: UTF8.self)
  }
}
