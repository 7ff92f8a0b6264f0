internal import RelmDomain
internal import RelmYAML

/// A document that people write in a file, and that a schema describes.
protocol WrittenDocument {
  /// What the schema says about its fields.
  static var schema: [FieldDescription] { get }

  init(from reader: inout CanonicalReader) throws(DecodingFailure)
}

extension PolicyDocument: WrittenDocument {}
extension ControlFramework: WrittenDocument {}

/// Decodes a document again and again, each time with what was wrong put right, until all that is wrong has been told.
///
/// The decoder stops at the first thing that it cannot take, as it should where the ledger's own records are read; but
/// who writes a document wants to hear of all mistakes at once.
struct DocumentReading<Document: WrittenDocument> {
  private(set) var faults: [DocumentFault] = []
  let text: YAMLDocument
  private var root: YAMLNode

  init(_ text: YAMLDocument) {
    self.text = text
    root = text.root
  }

  /// - Throws: ``DocumentFaults`` where the bytes are no YAML.
  init(_ bytes: [UInt8]) throws(DocumentFaults) {
    do throws(YAMLError) {
      self.init(try YAMLDocument(bytes))
    } catch {
      throw DocumentFaults(faults: [DocumentFault(place: error.place, pointer: "", reason: error.reason)])
    }
  }

  /// Ends the reading.
  ///
  /// - Parameter problems: what the document, though decoded, cannot mean.
  /// - Throws: ``DocumentFaults``, all that is wrong in the order of the text, where anything is.
  func end(with problems: [DocumentProblem]) throws(DocumentFaults) {
    let all =
      faults
      + problems.map { problem in
        DocumentFault(
          place: text.place(of: problem.pointer, isName: problem.isAboutName), pointer: problem.pointer,
          reason: "\(problem.reason). \(problem.advice)")
      }
    guard !all.isEmpty else { return }
    throw DocumentFaults(
      faults: all.sorted { ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column) })
  }

  /// The document; with faults, one that was put right with the schema's examples, or nil where it could not be.
  mutating func document() -> Document? {
    while faults.count < DocumentFaults.limit {
      let json: [UInt8]
      do throws(YAMLError) {
        json = try root.json(Document.schema)
      } catch {
        faults.append(DocumentFault(place: error.place, pointer: "", reason: error.reason))
        return nil
      }
      do throws(DecodingFailure) {
        var reader = CanonicalReader(json)
        let document = try Document(from: &reader)
        try reader.finish()
        return document
      } catch {
        guard take(error) else { return nil }
      }
    }
    return nil
  }

  /// Tells a failure, and puts right what it is about: what is unknown goes, and the schema's example takes the place of
  /// what is wrong or missing.
  ///
  /// - Returns: whether it makes sense to go on.
  private mutating func take(_ failure: DecodingFailure) -> Bool {
    let tokens = JSONPointer.tokens(of: failure.pointer) ?? []
    let field = Self.field(tokens)
    let isUnknown = field == nil && !tokens.isEmpty
    faults.append(
      DocumentFault(
        place: text.place(of: failure.pointer, isName: isUnknown), pointer: failure.pointer,
        reason: failure.reason))
    guard let last = tokens.last else { return false }
    if isUnknown {
      return root.change(tokens.dropLast()) { $0.remove(last) }
    }
    guard let example = field?.example, let value = Self.node(example, elementOf: Int(last) != nil) else {
      return false
    }
    return root.change(tokens.dropLast()) { $0.set(last, value) }
  }

  /// The texts at a pattern of names, `*` for each element of a list, with the pointers' tokens.
  func scalars(at pattern: ArraySlice<String>) -> [(tokens: [String], text: String)] {
    Self.scalars(root, pattern, [])
  }

  private static func scalars(
    _ node: YAMLNode, _ pattern: ArraySlice<String>, _ tokens: [String]
  ) -> [(tokens: [String], text: String)] {
    guard let name = pattern.first else {
      guard case .scalar(let scalar) = node.value else { return [] }
      return [(tokens, scalar.text)]
    }
    let inner =
      name == "*"
      ? node.elements.enumerated().map { ("\($0.offset)", $0.element) }
      : node.members.filter { $0.name == name }.map { ($0.name, $0.value) }
    return inner.flatMap { scalars($0.1, pattern.dropFirst(), tokens + [$0.0]) }
  }

  /// The texts where the schema wants a moment, with the pointers' tokens.
  func moments() -> [(tokens: [String], moment: WrittenMoment)] {
    Self.patterns(ofMomentsIn: Document.schema).flatMap { pattern in
      scalars(at: pattern[...]).map { tokens, text in
        (tokens, WrittenMoment(field: pattern.last { $0 != "*" } ?? "", text: text))
      }
    }
  }

  private static func patterns(ofMomentsIn fields: [FieldDescription]) -> [[String]] {
    fields.flatMap { field -> [[String]] in
      let place = [field.name] + (field.isList ? ["*"] : [])
      return (field.isMoment ? [place] : []) + patterns(ofMomentsIn: field.fields).map { place + $0 }
    }
  }

  /// Takes moments as a record has them for those that somebody wrote.
  mutating func take(_ moments: [WrittenMoment: String]) {
    for (tokens, written) in self.moments() {
      guard let moment = moments[written], moment != written.text, let last = tokens.last,
        let value = Self.node("\"\(moment)\"", elementOf: false)
      else { continue }
      _ = root.change(tokens.dropLast()) { $0.set(last, value) }
    }
  }

  /// Takes the pseudonyms of people for their accounts. Who is not known is a fault, and is put right with somebody else.
  mutating func name(_ people: [String: PersonID], at pattern: [String]) {
    for (tokens, account) in scalars(at: pattern[...]) where PersonID(account) == nil {
      if people[account] == nil {
        let pointer = "/" + tokens.joined(separator: "/")
        faults.append(
          DocumentFault(
            place: text.place(of: pointer), pointer: pointer,
            reason: "nobody here has the account '\(account)'; 'relm person' lists who has been named"))
      }
      let person = people[account] ?? PersonID(UUIDText(high: 0, low: UInt64(faults.count)))
      guard let last = tokens.last, let value = Self.node("\"\(person.text)\"", elementOf: false) else {
        continue
      }
      _ = root.change(tokens.dropLast()) { $0.set(last, value) }
    }
  }

  /// What the schema says about the field that a pointer names; of an element, about its list.
  private static func field(_ tokens: [String]) -> FieldDescription? {
    var fields = Document.schema
    var found: FieldDescription?
    for token in tokens where Int(token) == nil {
      guard let next = fields.first(where: { $0.name == token }) else { return nil }
      found = next
      fields = next.fields
    }
    return found
  }

  private static func node(_ example: String, elementOf isElement: Bool) -> YAMLNode? {
    do throws(YAMLError) {
      let node = try YAMLDocument(Array(example.utf8)).root
      return isElement ? node.elements.first : node
    } catch {
      preconditionFailure("an example of the schema is no JSON: \(error)")
    }
  }
}

extension YAMLNode {
  /// Changes the value at a pointer's tokens.
  ///
  /// - Returns: whether there is one, and it could be changed.
  fileprivate mutating func change(_ tokens: ArraySlice<String>, _ body: (inout YAMLNode) -> Bool) -> Bool {
    guard let token = tokens.first else { return body(&self) }
    switch value {
    case .scalar: return false
    case .list(var elements):
      guard let index = Int(token), elements.indices.contains(index) else { return false }
      guard elements[index].change(tokens.dropFirst(), body) else { return false }
      value = .list(elements)
    case .object(var members):
      guard let index = members.firstIndex(where: { $0.name == token }) else { return false }
      guard members[index].value.change(tokens.dropFirst(), body) else { return false }
      value = .object(members)
    }
    return true
  }

  fileprivate mutating func remove(_ name: String) -> Bool {
    guard case .object(var members) = value, let index = members.firstIndex(where: { $0.name == name }) else {
      return false
    }
    members.remove(at: index)
    value = .object(members)
    return true
  }

  fileprivate mutating func set(_ token: String, _ new: YAMLNode) -> Bool {
    switch value {
    case .scalar: return false
    case .list(var elements):
      guard let index = Int(token), elements.indices.contains(index) else { return false }
      elements[index] = new
      value = .list(elements)
    case .object(var members):
      if let index = members.firstIndex(where: { $0.name == token }) {
        members[index].value = new
      } else {
        members.append(Member(name: token, place: place, value: new))
      }
      value = .object(members)
    }
    return true
  }
}
