/// A block of ``SchemaText``, read. The generator wrote it and a test reads every one, so that none is refused here.
struct SchemaDocument {
  private let document: JSONDocument

  init(_ text: String) {
    do throws(JSONError) {
      document = try JSONDocument(Array(text.utf8))
    } catch {
      preconditionFailure("tools/generate wrote what is no JSON: \(error)")
    }
  }

  /// The block of a structure that several types share, or of a document.
  init(of name: String) {
    guard let text = SchemaText.structure(name) else { preconditionFailure("“\(name)” is no structure") }
    self.init(text)
  }

  var root: JSONNode { document.root }

  func canonical(_ node: JSONNode?) -> String {
    guard let node else { preconditionFailure("tools/generate left an example out") }
    return String(decoding: document.canonicalBytes(of: node), as: UTF8.self)
  }

  /// The fields that a list describes, in the schema's order.
  func fields(of list: JSONNode?) -> [FieldDescription] {
    list?.elements.map(field) ?? []
  }

  private func field(_ node: JSONNode) -> FieldDescription {
    let choices = node.texts("choices")
    let isList = node.says("isList")
    let value = value(of: node, choices)
    return FieldDescription(
      name: node.text("name"),
      shape: value.shape,
      isList: isList,
      isRequired: node.says("isRequired"),
      kind: isList ? "a list, each: \(value.kind)" : value.kind,
      meaning: node.text("meaning"),
      example: node["example"].map(canonical),
      choices: choices,
      fields: value.fields)
  }

  /// What the field's value is, or each value of its list.
  private func value(
    of node: JSONNode, _ choices: [String]
  ) -> (shape: FieldDescription.Shape, kind: String, fields: [FieldDescription]) {
    if !choices.isEmpty { return (.string, "one of " + choices.joined(separator: ", "), []) }
    if let kind = node["kind"]?.string {
      guard let scalar = ScalarKind(rawValue: kind) else { preconditionFailure("“\(kind)” is no scalar") }
      return (scalar.shape, scalar.words, [])
    }
    let fields = node["structure"]?.string.map(Self.fields(of:)) ?? fields(of: node["fields"])
    return (.object, "an object with " + fields.map(\.name).joined(separator: ", "), fields)
  }

  /// The fields of a structure that several types share, or of a document.
  static func fields(of name: String) -> [FieldDescription] {
    let document = SchemaDocument(of: name)
    return document.fields(of: document.root)
  }
}

extension JSONNode {
  func text(_ name: String) -> String {
    guard let text = self[name]?.string else { preconditionFailure("tools/generate left “\(name)” out") }
    return text
  }

  func integer(_ name: String) -> Int {
    guard let number = self[name]?.integer else { preconditionFailure("tools/generate left “\(name)” out") }
    return Int(number)
  }

  func says(_ name: String) -> Bool { self[name]?.bool ?? false }

  func texts(_ name: String) -> [String] { self[name]?.elements.compactMap(\.string) ?? [] }

  func nodes(_ name: String) -> [JSONNode] { self[name].map { Array($0.elements) } ?? [] }
}
