internal import RelmDomain

/// Turns `key=value`, `key:=JSON` and `key=@FILE` into an event's data, as the type's schema says what each key holds.
struct FieldArguments {
  private let description: EventDescription
  private let words: FieldWords

  /// - Parameters:
  ///   - description: the type's.
  ///   - words: what `@` means; nothing where nobody has typed the fields as fields.
  init(_ description: EventDescription, _ words: FieldWords = .literal) {
    self.description = description
    self.words = words
  }

  /// A tree of fields while it is put together.
  private indirect enum Tree {
    case value([UInt8])
    case list([[UInt8]])
    case object([String: Tree])
  }

  /// The data as canonical JSON.
  ///
  /// - Throws: a usage failure that names the argument; strict checks are the decoder's.
  func object(_ arguments: [String]) throws -> [UInt8] {
    var root: [String: Tree] = [:]
    for argument in arguments {
      let (key, value, isJSON) = try split(argument)
      let path = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      let field = try field(at: path, argument)
      let bytes = isJSON ? try json(value, argument) : try text(value, field, argument)
      try set(bytes, at: path[...], in: &root, isElement: field.isList && !isJSON, argument)
    }
    return Self.bytes(.object(root))
  }

  private func split(_ argument: String) throws -> (key: String, value: String, isJSON: Bool) {
    guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
      throw CommandFailure(.usage, "'\(argument)' is no field; write key=value, key:=JSON or key=@FILE")
    }
    let value = String(argument[argument.index(after: equals)...])
    let before = argument.index(before: equals)
    if argument[before] == ":" { return (String(argument[..<before]), value, true) }
    return (String(argument[..<equals]), value, false)
  }

  private func field(at path: [String], _ argument: String) throws -> FieldDescription {
    var fields = description.fields
    var found: FieldDescription?
    for (depth, name) in path.enumerated() {
      guard let field = fields.first(where: { $0.name == name }) else {
        let names = fields.map(\.name)
        let type = EventType.short(description.type.rawValue)
        let known = names.isEmpty ? "it holds no fields" : "there are: \(names.joined(separator: ", "))"
        let hint = EditDistance.nearest(to: name, in: names).map { "did you mean '\($0)'?" } ?? known
        let place = depth == 0 ? type : path[..<depth].joined(separator: ".")
        throw CommandFailure(
          .usage, "'\(argument)': \(place) has no field '\(name)'; \(hint) See 'relm record --help \(type)'")
      }
      found = field
      fields = field.fields
    }
    guard let found else { throw CommandFailure(.usage, "'\(argument)' names no field") }
    return found
  }

  private func json(_ value: String, _ argument: String) throws -> [UInt8] {
    do {
      return try JSONDocument(Array(value.utf8)).canonicalBytes()
    } catch {
      throw CommandFailure(.usage, "'\(argument)': after := JSON belongs: \(error.reason)")
    }
  }

  /// A word of the command line as the field's kind asks.
  private func text(_ value: String, _ field: FieldDescription, _ argument: String) throws -> [UInt8] {
    let text = try words.text(value, argument)
    switch field.shape {
    case .string, .personalText: return Self.string(text)
    case .boolean:
      guard text == "true" || text == "false" else {
        throw CommandFailure(.usage, "'\(argument)': \(field.name) is true or false")
      }
      return Array(text.utf8)
    case .integer:
      guard let number = Int64(text) else {
        throw CommandFailure(.usage, "'\(argument)': \(field.name) is a whole number")
      }
      return Array(String(number).utf8)
    case .number:
      guard let number = Double(text), number.isFinite, !text.utf8.contains(UInt8(ascii: "x")) else {
        throw CommandFailure(.usage, "'\(argument)': \(field.name) is a number")
      }
      var writer = CanonicalWriter()
      writer.number(number)
      return writer.bytes
    case .object:
      let names = field.fields.map(\.name).joined(separator: ", ")
      throw CommandFailure(
        .usage,
        "'\(argument)': \(field.name) is an object with \(names); write \(field.name):=JSON, or one of them as "
          + "\(field.name).\(field.fields.first?.name ?? "field")=…")
    }
  }

  private func set(
    _ bytes: [UInt8], at path: ArraySlice<String>, in object: inout [String: Tree], isElement: Bool,
    _ argument: String
  ) throws {
    guard let name = path.first else { return }
    guard path.count == 1 else {
      var inner: [String: Tree] = [:]
      if case .object(let there)? = object[name] { inner = there }
      try set(bytes, at: path.dropFirst(), in: &inner, isElement: isElement, argument)
      object[name] = .object(inner)
      return
    }
    switch object[name] {
    case nil: object[name] = isElement ? .list([bytes]) : .value(bytes)
    case .list(let elements) where isElement: object[name] = .list(elements + [bytes])
    case .some: throw CommandFailure(.usage, "'\(argument)': \(name) is given twice")
    }
  }

  private static func bytes(_ tree: Tree) -> [UInt8] {
    var writer = CanonicalWriter()
    write(tree, &writer)
    return writer.bytes
  }

  private static func write(_ tree: Tree, _ writer: inout CanonicalWriter) {
    switch tree {
    case .value(let bytes): writer.raw(bytes)
    case .list(let elements):
      writer.beginArray()
      for element in elements { writer.raw(element) }
      writer.endArray()
    case .object(let members):
      writer.beginObject()
      // Field names are ASCII, so that their order is the canonical one.
      for (name, value) in members.sorted(by: { $0.key < $1.key }) {
        writer.key(name)
        write(value, &writer)
      }
      writer.endObject()
    }
  }

  private static func string(_ text: String) -> [UInt8] {
    var writer = CanonicalWriter()
    writer.string(text)
    return writer.bytes
  }
}
