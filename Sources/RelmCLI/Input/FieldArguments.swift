internal import RelmDomain

/// Turns `key=value`, `key:=JSON` and `key=@FILE` into an event's data, as the type's schema says what each key holds.
///
/// Objects of a list are put together by number (`commits.0.id=…`), or one after the other (`commits.id=…`): a member that the
/// last one has already begins the next.
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
    /// Objects of a list, put together member by member; nil where one with a greater number was named first.
    case objects([[String: Tree]?])
  }

  /// The data as canonical JSON.
  ///
  /// - Throws: a usage failure that names every argument that is wrong; strict checks are the decoder's.
  func object(_ arguments: [String]) throws -> [UInt8] {
    let read = try read(arguments)
    if let failure = read.failure { throw failure }
    return read.data
  }

  /// What arguments come to: the data of those that are right, and what is wrong with the others.
  struct Read {
    /// Canonical JSON.
    let data: [UInt8]
    /// The fields whose arguments are wrong, as they were typed.
    let wrong: Set<String>
    /// Nil where none is.
    let failure: CommandFailure?
  }

  /// Reads arguments, each for itself, so that what is wrong is told of all of them at once.
  func read(_ arguments: [String]) throws -> Read {
    var root: [String: Tree] = [:]
    var (wrong, failures) = (Set<String>(), [CommandFailure]())
    for argument in arguments {
      do {
        try add(argument, to: &root)
      } catch let failure as CommandFailure {
        failures.append(failure)
        wrong.insert(String(argument.prefix { $0 != "=" && $0 != ":" }))
      }
    }
    let problems = failures.flatMap(\.problems).prefix(Problem.most)
    return Read(
      data: Self.bytes(.object(root)), wrong: wrong,
      failure: failures.first.map { CommandFailure($0.status, Array(problems)) })
  }

  private func add(_ argument: String, to root: inout [String: Tree]) throws {
    let (key, value, isJSON) = try split(argument)
    let path = key.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    let field = try field(at: path, argument)
    let content = try isJSON ? .whole(json(value, field, argument)) : given(value, field, argument)
    try set(content, at: path[...], among: description.fields, in: &root, argument)
  }

  /// What an argument gives a field.
  private enum Given {
    /// All of it.
    case whole([UInt8])
    /// One element of a list.
    case element([UInt8])
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
      // The number of an element: commits.0.id.
      if let found, found.isList, found.shape == .object, Int(name) != nil, depth < path.count - 1 { continue }
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

  private func json(_ value: String, _ field: FieldDescription, _ argument: String) throws -> [UInt8] {
    let document: JSONDocument
    do {
      document = try JSONDocument(Array(value.utf8))
    } catch {
      throw CommandFailure(.usage, "'\(argument)': after := JSON belongs: \(error.reason)")
    }
    var edits = JSONEdits()
    try Self.complete(document.root, as: field, &edits)
    return document.canonicalBytes(of: document.root, edits: edits)
  }

  /// Has the times in JSON say what times in a field of their own do: a day is one, too.
  private static func complete(
    _ node: JSONNode, as field: FieldDescription, _ edits: inout JSONEdits
  ) throws {
    switch node.kind {
    case .array: for element in node.elements { try complete(element, as: field, &edits) }
    case .object:
      for member in node.members {
        guard let inner = field.fields.first(where: { $0.name == member.name }) else { continue }
        try complete(member.value, as: inner, &edits)
      }
    case .string:
      guard field.isMoment, let text = node.string else { return }
      let claimed = try Moments.claimed(text, in: field.name)
      if claimed != text { edits.replace(node, with: string(claimed)) }
    case .number, .boolean, .null: return
    }
  }

  /// A word of the command line, or a file, as the field's kind asks.
  private func given(_ value: String, _ field: FieldDescription, _ argument: String) throws -> Given {
    let text = try words.text(value, argument)
    guard words.isFile(value) else {
      let bytes = try bytes(text, field, argument)
      return field.isList ? .element(bytes) : .whole(bytes)
    }
    // Where the field wants an object or a list, a file that has one.
    let first = text.utf8.first { !EventInput.isSpace($0) }
    let isList = first == UInt8(ascii: "[")
    if field.shape == .object || field.isList && isList {
      let bytes = try json(text, field, argument)
      return field.isList && !isList ? .element(bytes) : .whole(bytes)
    }
    let isWord = [.integer, .number, .boolean].contains(field.shape) || field.isMoment
    let word = isWord ? Self.trimmed(text) : text
    let bytes = try bytes(word, field, argument)
    return field.isList ? .element(bytes) : .whole(bytes)
  }

  private static func trimmed(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private func bytes(_ text: String, _ field: FieldDescription, _ argument: String) throws -> [UInt8] {
    switch field.shape {
    case .string where field.isMoment: return Self.string(try Moments.claimed(text, in: field.name))
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
        "'\(argument)': \(field.name) is an object with \(names); write \(field.name):=JSON, \(field.name)=@FILE with JSON "
          + "in it, or one of them as \(field.name).\(field.fields.first?.name ?? "field")=…")
    }
  }

  private func set(
    _ given: Given, at path: ArraySlice<String>, among fields: [FieldDescription],
    in object: inout [String: Tree], _ argument: String
  ) throws {
    guard let name = path.first, let field = fields.first(where: { $0.name == name }) else { return }
    guard path.count == 1 else {
      if field.isList { return try setInList(given, at: path.dropFirst(), of: field, in: &object, argument) }
      var inner: [String: Tree] = [:]
      if case .object(let there)? = object[name] { inner = there }
      try set(given, at: path.dropFirst(), among: field.fields, in: &inner, argument)
      object[name] = .object(inner)
      return
    }
    switch (object[name], given) {
    case (nil, .whole(let bytes)): object[name] = .value(bytes)
    case (nil, .element(let bytes)): object[name] = .list([bytes])
    case (.list(let elements), .element(let bytes)): object[name] = .list(elements + [bytes])
    case (.some, _): throw CommandFailure(.usage, "'\(argument)': \(name) is given twice")
    }
  }

  /// Sets a member of an object in a list: of the one whose number is named, else of the last, until that has the member; then
  /// it begins the next.
  private func setInList(
    _ given: Given, at path: ArraySlice<String>, of field: FieldDescription, in object: inout [String: Tree],
    _ argument: String
  ) throws {
    var objects: [[String: Tree]?]
    switch object[field.name] {
    case nil: objects = []
    case .objects(let there): objects = there
    case .some: throw CommandFailure(.usage, "'\(argument)': \(field.name) is given twice")
    }
    guard let number = path.first.flatMap({ Int($0) }) else {
      let last = max(objects.count - 1, 0)
      var inner = objects.last.flatMap { $0 } ?? [:]
      let isNext = path.first.flatMap { inner[$0] }.map { Self.isComplete($0, given) } ?? false
      if isNext { inner = [:] }
      try set(given, at: path, among: field.fields, in: &inner, argument)
      if objects.isEmpty || isNext { objects.append(inner) } else { objects[last] = inner }
      object[field.name] = .objects(objects)
      return
    }
    guard (0..<Self.mostElements).contains(number) else {
      throw CommandFailure(.usage, "'\(argument)': elements are numbered from 0 to \(Self.mostElements - 1)")
    }
    while objects.count <= number { objects.append(nil) }
    var inner = objects[number] ?? [:]
    try set(given, at: path.dropFirst(), among: field.fields, in: &inner, argument)
    objects[number] = inner
    object[field.name] = .objects(objects)
  }

  /// More do not fit into a record.
  private static let mostElements = 10_000

  /// Whether a member that is there takes no more.
  private static func isComplete(_ there: Tree, _ given: Given) -> Bool {
    switch (there, given) {
    case (.list, .element), (.object, _), (.objects, _): false
    case (.value, _), (.list, .whole): true
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
    case .objects(let objects):
      writer.beginArray()
      for object in objects { write(.object(object ?? [:]), &writer) }
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
