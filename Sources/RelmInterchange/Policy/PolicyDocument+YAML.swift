package import RelmDomain

extension PolicyDocument {
  /// The policy as YAML that ``PolicyText`` reads again as the same: always the same for the same policy, its fields in
  /// the order of the schema.
  package var yaml: String {
    do throws(JSONError) {
      var text = ""
      Self.append(try JSONDocument(bytes).root, Self.schema, indent: 0, to: &text)
      return text
    } catch {
      preconditionFailure("the writer wrote no JSON: \(error)")
    }
  }

  private static func append(
    _ object: JSONNode, _ fields: [FieldDescription], indent: Int, to text: inout String
  ) {
    let margin = String(repeating: " ", count: indent)
    for (place, field) in fields.filter({ object[$0.name] != nil }).enumerated() {
      guard let value = object[field.name] else { continue }
      // The first field of a list's element stands behind its dash.
      text += (place == 0 && text.hasSuffix("- ") ? "" : margin) + field.name + ":"
      switch value.kind {
      case .object:
        // An object without members: what it says is nothing, and so is left to be read.
        text += value.count == 0 ? " {}\n" : "\n"
        append(value, field.fields, indent: indent + 2, to: &text)
      case .array where field.shape == .object:
        text += "\n"
        for element in value.elements {
          text += margin + "  - "
          append(element, field.fields, indent: indent + 4, to: &text)
        }
      case .array:
        text += " [" + value.elements.map(scalar).joined(separator: ", ") + "]\n"
      case .string, .number, .boolean, .null:
        text += " " + scalar(value) + "\n"
      }
    }
  }

  /// A scalar on one line: plain where it can only be read as itself, else in double quotes, as JSON writes it.
  private static func scalar(_ node: JSONNode) -> String {
    guard let text = node.string else {
      return String(decoding: node.document.bytes[node.range], as: UTF8.self)
    }
    if isPlain(text) { return text }
    var writer = CanonicalWriter()
    writer.string(text)
    // JSON leaves these as they are; YAML takes them for a line's end, or for no character at all.
    return String(decoding: writer.bytes, as: UTF8.self).unicodeScalars.map { scalar in
      isPrintable(scalar) ? String(scalar) : escaped(scalar)
    }.joined()
  }

  private static func isPlain(_ text: String) -> Bool {
    guard YAMLScalar(text, isPlain: true).meaning == .text, let first = text.unicodeScalars.first else {
      return false
    }
    return isLetter(first) && text.last != " "
      && text.unicodeScalars.allSatisfy {
        isLetter($0) || ("0"..."9").contains($0) || " -_./@+()'".unicodeScalars.contains($0)
      }
      // What older readers take for true and false is quoted, though it is not read so here.
      && !["y", "n", "yes", "no", "on", "off"].contains(text.lowercased())
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
  }

  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    let hex = String(scalar.value, radix: 16, uppercase: true)
    return "\\u" + String(repeating: "0", count: 4 - min(4, hex.count)) + hex
  }
}
