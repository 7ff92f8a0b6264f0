internal import RelmDomain

/// Decodes a document again and again, each time with what was wrong put right, until all that is wrong has been told.
///
/// The decoder stops at the first thing that it cannot take, as it should where the ledger's own records are read; but
/// who writes a policy wants to hear of all mistakes at once.
struct PolicyReading {
  private(set) var faults: [PolicyText.Fault] = []
  private let text: YAMLDocument
  private var root: YAMLNode

  init(_ text: YAMLDocument) {
    self.text = text
    root = text.root
  }

  /// The policy; with faults, one that was put right with the schema's examples, or nil where it could not be.
  mutating func document() -> PolicyDocument? {
    while faults.count < PolicyText.faultLimit {
      let json: [UInt8]
      do throws(YAMLError) {
        json = try root.json(PolicyDocument.schema)
      } catch {
        faults.append(PolicyText.Fault(place: error.place, pointer: "", reason: error.reason))
        return nil
      }
      do throws(DecodingFailure) {
        var reader = CanonicalReader(json)
        let document = try PolicyDocument(from: &reader)
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
      PolicyText.Fault(
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

  /// What the schema says about the field that a pointer names; of an element, about its list.
  private static func field(_ tokens: [String]) -> FieldDescription? {
    var fields = PolicyDocument.schema
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
