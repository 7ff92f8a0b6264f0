internal import RelmDomain

/// A `relm record` command made from a type's example: as a person would type it, and working as printed.
struct ExampleCommand {
  enum Extent {
    /// What is required, and one line of words.
    case short
    /// Everything that can be said, but what only history can fill in.
    case full
  }

  private let description: EventDescription

  init(_ description: EventDescription) {
    self.description = description
  }

  /// Whether the full command says more than the short one.
  var hasMore: Bool { words(.full).count > words(.short).count }

  /// The command in lines that a shell takes as one.
  func lines(_ extent: Extent, _ layout: TextLayout) -> [String] {
    var lines: [String] = []
    var line = "  relm record"
    for word in words(extent) {
      if line.count + word.count + 3 > layout.width {
        lines.append(line + " \\")
        line = "     "
      }
      line += " " + word
    }
    return lines + [line]
  }

  private func words(_ extent: Extent) -> [String] {
    let subject =
      switch description.stream {
      case .release: "release/payments-api/2026.11.3"
      case .ledger: "ledger"
      }
    var words = [
      EventNames.short(description.type.rawValue), "--subject \(subject)",
      "--actor \(description.actOf == nil ? Self.accounts[0].account : Self.accounts[1].account)",
    ]
    let example: JSONDocument
    do {
      example = try JSONDocument(Array(description.example.utf8))
    } catch {
      preconditionFailure("an example of the catalogue is JSON: \(error)")
    }
    let required = description.fields.filter(\.isRequired)
    let optional = description.fields.filter { !$0.isRequired && extent == .full }
    for field in required + optional {
      guard let value = example.root[field.name] else { continue }
      words += self.words(for: field, value, name: field.name)
    }
    return words
  }

  private func words(for field: FieldDescription, _ value: JSONNode, name: String) -> [String] {
    switch field.shape {
    case .personalText: return [name + "=" + Self.quoted("Agreed with the night shift")]
    // A file that nobody has attached is no example.
    case .object where field.name == "evidence" && !field.isRequired: return []
    case .object where field.isList:
      return [name + ":=" + Self.quoted(String(decoding: json(value), as: UTF8.self))]
    case .object:
      return field.fields.flatMap { part in
        value[part.name].map { words(for: part, $0, name: name + "." + part.name) } ?? []
      }
    case .string where field.isList:
      return value.elements.map { name + "=" + Self.quoted(Self.account($0.string ?? "")) }
    case .string: return [name + "=" + Self.quoted(Self.account(value.string ?? ""))]
    case .integer:
      // A position of the log is nobody's example, and what counts is an object's part.
      guard field.isRequired || name.contains(".") else { return [] }
      return value.integer.map { ["\(name)=\($0)"] } ?? []
    case .boolean: return value.bool == true || field.isRequired ? ["\(name)=\(value.bool ?? false)"] : []
    }
  }

  /// Canonical JSON with accounts for pseudonyms, without evidence that nobody has attached.
  private func json(_ value: JSONNode) -> [UInt8] {
    var writer = CanonicalWriter()
    write(value, &writer)
    return writer.bytes
  }

  private func write(_ value: JSONNode, _ writer: inout CanonicalWriter) {
    switch value.kind {
    case .string: writer.string(Self.account(value.string ?? ""))
    case .object:
      writer.beginObject()
      for member in value.members where member.name != "evidence" {
        writer.key(member.name)
        write(member.value, &writer)
      }
      writer.endObject()
    case .array:
      writer.beginArray()
      for element in value.elements { write(element, &writer) }
      writer.endArray()
    case .number, .boolean, .null: writer.raw(value.document.canonicalBytes(of: value))
    }
  }

  /// The people of the schemas' examples.
  private static let accounts: [(person: String, account: String)] = [
    ("person:0193594e-1b1c-7d2e-8f00-c0ffee123456", "ana@example.org"),
    ("person:0193594e-2f00-7a11-9b3c-5eed00112233", "bo@example.org"),
    ("person:0193594e-3c4d-7e5f-8a6b-0badcafe4455", "cyd@example.org"),
  ]

  private static func account(_ text: String) -> String {
    guard text.hasPrefix("person:") else { return text }
    return accounts.first { $0.person == text }?.account ?? "dee@example.org"
  }

  /// A word as a shell takes it.
  static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        true
      default: "=:/._-@+,%".utf8.contains(byte)
      }
    }
    guard !isPlain else { return word }
    return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }
}
