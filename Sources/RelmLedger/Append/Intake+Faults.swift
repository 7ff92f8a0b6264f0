package import RelmDomain

extension Intake {
  /// All that is wrong with an event, from what was found first: each thing is put right in a copy, to see what comes next.
  ///
  /// A type cannot be put right without a guess: of one that is none, what stands around the data is told.
  ///
  /// - Parameters:
  ///   - node: the event as it came.
  ///   - first: why it was refused.
  ///   - limit: how many are told.
  /// - Throws: `VaultError` where the vault does not serve.
  package func faults(
    of node: JSONNode, after first: IntakeRefusal, atMost limit: Int
  ) throws -> [IntakeRefusal] {
    // People whom a copy meets are nobody.
    var trial = self
    var mended = MendedEvent(node)
    var found = [first]
    var pointers: Set<String> = []
    while found.count < limit, let pointer = found.last?.refusal.pointer, pointers.insert(pointer).inserted,
      mended.mend(pointer)
    {
      let copy: JSONNode
      do { copy = try JSONDocument(mended.bytes).root } catch { return found }
      guard case .failure(let next) = try trial.take(copy) else { return found }
      found.append(IntakeRefusal(place(of: next.refusal.pointer ?? "", in: node), next.refusal))
    }
    // What came back is not wrong twice.
    if let last = found.last?.refusal.pointer, found.dropLast().contains(where: { $0.refusal.pointer == last })
    {
      found.removeLast()
    }
    return found
  }
}

/// An event in which one thing after another is put right: left away where it may be, and else replaced by an example.
private struct MendedEvent {
  private indirect enum Value {
    case object([(name: String, value: Value)])
    case array([Value])
    case scalar([UInt8])
  }

  private var event: Value
  private let fields: [FieldDescription]

  init(_ node: JSONNode) {
    event = Self.value(node)
    fields =
      node["type"]?.string.flatMap(EventType.named).map { EventCatalogue.description(of: $0).fields } ?? []
  }

  private static func value(_ node: JSONNode) -> Value {
    switch node.kind {
    case .object: .object(node.members.map { ($0.name, value($0.value)) })
    case .array: .array(node.elements.map { value($0) })
    case .string, .number, .boolean, .null: .scalar(node.document.canonicalBytes(of: node))
    }
  }

  var bytes: [UInt8] {
    var text: [UInt8] = []
    Self.write(event, &text)
    return text
  }

  private static func write(_ value: Value, _ text: inout [UInt8]) {
    switch value {
    case .scalar(let bytes): text += bytes
    case .array(let elements):
      text.append(UInt8(ascii: "["))
      for (place, element) in elements.enumerated() {
        if place > 0 { text.append(UInt8(ascii: ",")) }
        write(element, &text)
      }
      text.append(UInt8(ascii: "]"))
    case .object(let members):
      text.append(UInt8(ascii: "{"))
      for (place, member) in members.enumerated() {
        if place > 0 { text.append(UInt8(ascii: ",")) }
        var writer = CanonicalWriter()
        writer.string(member.name)
        text += writer.bytes + [UInt8(ascii: ":")]
        write(member.value, &text)
      }
      text.append(UInt8(ascii: "}"))
    }
  }

  /// Puts right what stands at a pointer, or is missing there.
  ///
  /// - Returns: false where nobody knows how.
  mutating func mend(_ pointer: String) -> Bool {
    guard let tokens = JSONPointer.tokens(of: pointer), let first = tokens.first else { return false }
    let example: [UInt8]? =
      switch first {
      case "specversion": Array(#""1.0""#.utf8)
      case "id", "source": Array(#""/mended""#.utf8)
      // Somebody else's type, of which no data is wrong.
      case "type": Array(#""invalid.mended""#.utf8)
      case "data": tokens.count == 1 ? Array("{}".utf8) : Self.example(at: tokens.dropFirst(), in: fields)
      default: nil
      }
    return Self.put(example, at: tokens[...], in: &event)
  }

  /// An example for the field at a path; nil where it may be left away, or is none that is known.
  private static func example(at path: ArraySlice<String>, in fields: [FieldDescription]) -> [UInt8]? {
    var fields = fields
    var field: FieldDescription?
    var isItem = false
    for token in path {
      if let list = field, list.isList, !isItem, Int(token) != nil {
        isItem = true
        continue
      }
      guard let next = fields.first(where: { $0.name == token }) else { return nil }
      (field, fields, isItem) = (next, next.fields, false)
    }
    guard let field, isItem || field.isRequired else { return nil }
    let one = example(of: field)
    return field.isList && !isItem && one.first != UInt8(ascii: "[")
      ? [UInt8(ascii: "[")] + one + [UInt8(ascii: "]")] : one
  }

  private static func example(of field: FieldDescription) -> [UInt8] {
    if let example = field.example { return Array(example.utf8) }
    guard field.shape == .object else { return Array(#""x""#.utf8) }
    let members = field.fields.filter(\.isRequired).map { inner in
      let one = example(of: inner)
      let value =
        inner.isList && one.first != UInt8(ascii: "[")
        ? "[\(String(decoding: one, as: UTF8.self))]" : String(decoding: one, as: UTF8.self)
      return "\"\(inner.name)\":\(value)"
    }
    return Array("{\(members.joined(separator: ","))}".utf8)
  }

  /// - Returns: whether anything is other than before.
  private static func put(
    _ example: [UInt8]?, at path: ArraySlice<String>, in value: inout Value
  ) -> Bool {
    guard let token = path.first else { return false }
    let rest = path.dropFirst()
    switch value {
    case .object(var members):
      let place = members.firstIndex { $0.name == token }
      if rest.isEmpty {
        guard place != nil || example != nil else { return false }
        if let place { members.remove(at: place) }
        if let example { members.append((token, .scalar(example))) }
      } else {
        guard let place, put(example, at: rest, in: &members[place].value) else { return false }
      }
      value = .object(members)
      return true
    case .array(var elements):
      guard let place = Int(token), elements.indices.contains(place) else { return false }
      if rest.isEmpty {
        guard let example else { return false }
        elements[place] = .scalar(example)
      } else {
        guard put(example, at: rest, in: &elements[place]) else { return false }
      }
      value = .array(elements)
      return true
    case .scalar: return false
    }
  }
}
