internal import RelmDomain
internal import RelmLedger
internal import RelmVault

/// JSON data for a person to read: one member a line, names for pseudonyms, sealed text opened.
struct DataPage {
  let ledger: Ledger
  let names: Names
  /// The event whose sealed texts the data holds; nil for data that is no event's.
  let event: RecordedEvent?

  init(_ ledger: Ledger, of event: RecordedEvent? = nil) {
    self.ledger = ledger
    names = Names(ledger.vault)
    self.event = event
  }

  /// The lines of an object.
  func lines(_ canonical: [UInt8]) throws -> [String] {
    var lines: [String] = []
    try add(try JSONDocument(canonical).root, pointer: "/data", label: nil, indent: 0, to: &lines)
    return lines
  }

  private func add(
    _ node: JSONNode, pointer: String, label: String?, indent: Int, to lines: inout [String]
  ) throws {
    let margin = String(repeating: "  ", count: indent)
    let begin = label.map { margin + $0 + " " } ?? margin
    if let text = try scalar(node, pointer) {
      lines.append(begin + text)
      return
    }
    if let label { lines.append(margin + label) }
    let inner = label == nil ? indent : indent + 1
    for member in node.members {
      try add(
        member.value, pointer: pointer + "/" + JSONPointer.escaped(member.name),
        label: Rows.printable(member.name) + ":", indent: inner, to: &lines)
    }
    for (place, element) in node.elements.enumerated() {
      try add(element, pointer: "\(pointer)/\(place)", label: "-", indent: inner, to: &lines)
    }
  }

  /// What fits on the line of its name: a plain value, opened text, a moment, a list of words; nil for the rest.
  private func scalar(_ node: JSONNode, _ pointer: String) throws -> String? {
    switch node.kind {
    case .string: return Rows.printable(try names.text(node.string ?? ""))
    case .number, .boolean, .null: return String(decoding: node.document.bytes[node.range], as: UTF8.self)
    case .array:
      guard node.count > 0 else { return "none" }
      guard node.elements.allSatisfy({ $0.kind == .string }) else { return nil }
      return try node.elements.map { Rows.printable(try names.text($0.string ?? "")) }.joined(separator: ", ")
    case .object:
      if node.count == 2, let at = node["at"]?.string, let position = node["position"]?.integer {
        return "\(at) (position \(position))"
      }
      guard node["sealed"] != nil, let event else { return nil }
      let envelope = event.record.envelope
      let place = SealedPlace(source: envelope.source, id: envelope.id, pointer: pointer)
      switch try ledger.vault.open(node.document.canonicalBytes(of: node), at: place) {
      case .text(let text): return Rows.printable(text)
      case .erased: return "(erased)"
      case .unreadable(let reason): return "(sealed: \(reason))"
      }
    }
  }
}
