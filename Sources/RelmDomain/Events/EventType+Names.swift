extension EventType {
  /// The types by the length of their wire names.
  private static let byLength: [[(name: String, type: EventType)]] = {
    var types: [[(String, EventType)]] = []
    for type in allCases {
      let (name, length) = (type.rawValue, type.rawValue.utf8.count)
      while types.count <= length { types.append([]) }
      types[length].append((name, type))
    }
    return types
  }()

  /// The type of that wire name. Compares only names of the same length, for this stands on the way of every event that is
  /// read.
  package static func named(_ name: String) -> EventType? {
    let length = name.utf8.count
    guard length < byLength.count else { return nil }
    return byLength[length].first { $0.name == name }?.type
  }

  /// The schema of the current version, as the envelope's `dataschema` names it.
  package var schema: String { "urn:relm:event:\(rawValue.dropFirst(5)):\(traits.version)" }

  /// Whether an envelope's `dataschema` is that of the current version.
  func isDescribed(by dataschema: String) -> Bool {
    // Makes no text of its own, for this stands on the way of every event as well.
    let (head, tail) = ("urn:relm:event:", ":\(traits.version)")
    guard dataschema.hasPrefix(head), dataschema.hasSuffix(tail) else { return false }
    return dataschema.dropFirst(head.count).dropLast(tail.count) == rawValue.dropFirst(5)
  }
}
