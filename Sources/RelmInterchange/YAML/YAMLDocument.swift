internal import RelmDomain
internal import Yams

/// One YAML document (YAML 1.2.2), held to what can be read in one way: the part of YAML that JSON has, with comments.
///
/// Refused are a second document, anchors and aliases, merge keys, tags, two keys of one name, keys that are no texts,
/// nesting over 64 and texts over 1 MiB. A JSON text is such a document too.
package struct YAMLDocument: Sendable, Equatable {
  package static let depthLimit = 64
  package static let sizeLimitBytes = 1 << 20

  package let root: YAMLNode

  /// - Parameter bytes: the text, UTF-8.
  /// - Throws: ``YAMLError``, with the first trouble.
  package init(_ bytes: [UInt8]) throws(YAMLError) {
    guard bytes.count <= Self.sizeLimitBytes else {
      throw YAMLError(at: .beginning, "the text is larger than 1 MiB")
    }
    let text = try YAMLText(bytes)
    try text.refuseManyAliases()
    root = try YAMLTree(text).read()
  }

  /// The place of what a JSON pointer (RFC 6901) names, or of the nearest thing around it that is there.
  ///
  /// - Parameters:
  ///   - pointer: from the root.
  ///   - isName: whether the name of the member is meant, where it is one, and not its value.
  package func place(of pointer: String, isName: Bool = false) -> YAMLPlace {
    var node = root
    var place = root.place
    for token in JSONPointer.tokens(of: pointer) ?? [] {
      if let member = node.members.first(where: { $0.name == token }) {
        node = member.value
        place = isName ? member.place : node.place
      } else if let index = Int(token), node.elements.indices.contains(index) {
        node = node.elements[index]
        place = node.place
      } else {
        return node.place
      }
    }
    return place
  }
}

/// Reads the tree of a document.
private struct YAMLTree {
  private let text: YAMLText

  init(_ text: YAMLText) { self.text = text }

  func read() throws(YAMLError) -> YAMLNode {
    let result: Result<YAMLNode, YAMLError>
    do {
      let parser = try Parser(yaml: text.string, resolver: .basic, encoding: .utf8)
      // Anchors live as long as the parser does, and are asked for below.
      result = try withExtendedLifetime(parser) {
        guard let root = try parser.nextRoot() else {
          return .failure(YAMLError(at: .beginning, "there is nothing in it but space and comments"))
        }
        do throws(YAMLError) {
          let tree = try node(root, depth: 1)
          return .success(tree)
        } catch {
          return .failure(error)
        }
      }
      if case .success = result, let second = try parser.nextRoot() {
        throw YAMLError(
          at: second.mark.map(Self.place) ?? .beginning,
          "a second document begins before here; write one to a file")
      }
    } catch let error as YAMLError {
      throw error
    } catch {
      throw text.words(of: error)
    }
    return try result.get()
  }

  private static func place(_ mark: Mark) -> YAMLPlace { YAMLPlace(line: mark.line, column: mark.column) }

  private func node(_ node: Node, depth: Int) throws(YAMLError) -> YAMLNode {
    let place = node.mark.map(Self.place) ?? .beginning
    guard depth <= YAMLDocument.depthLimit else {
      throw YAMLError(at: place, "it is nested deeper than \(YAMLDocument.depthLimit)")
    }
    try refuse(anchor: node, at: place)
    switch node {
    case .scalar(let scalar):
      let isPlain = scalar.style == .plain
      try refuse(tag: scalar.tag.rawValue, unless: isPlain ? "" : Self.textTag, at: place)
      return YAMLNode(.scalar(YAMLScalar(scalar.string, isPlain: isPlain)), at: place)
    case .sequence(let sequence):
      try refuse(tag: sequence.tag.rawValue, unless: "", at: place)
      var elements: [YAMLNode] = []
      for element in sequence { elements.append(try self.node(element, depth: depth + 1)) }
      return YAMLNode(.list(elements), at: place)
    case .mapping(let mapping):
      try refuse(tag: mapping.tag.rawValue, unless: "", at: place)
      var members: [YAMLNode.Member] = []
      for (key, value) in mapping {
        let name = try self.name(key)
        members.append(
          YAMLNode.Member(name: name.text, place: name.place, value: try self.node(value, depth: depth + 1)))
      }
      return YAMLNode(.object(members), at: place)
    case .alias:
      throw YAMLError(at: place, "an alias stands here; write things out where they belong")
    }
  }

  /// The name that a key is.
  private func name(_ key: Node) throws(YAMLError) -> (text: String, place: YAMLPlace) {
    let place = key.mark.map(Self.place) ?? .beginning
    try refuse(anchor: key, at: place)
    guard case .scalar(let scalar) = key else {
      throw YAMLError(at: place, "a key is a text, not a list or an object")
    }
    // The parser has compared the keys, by which a plain one has got the tag of a text.
    try refuse(tag: scalar.tag.rawValue, unless: Self.textTag, at: place)
    let name = YAMLScalar(scalar.string, isPlain: scalar.style == .plain)
    guard !(name.isPlain && name.text == "<<") else {
      throw YAMLError(at: place, "“<<” is a merge key; write things out where they belong")
    }
    guard name.meaning == .text else {
      throw YAMLError(
        at: place,
        name.text.isEmpty
          ? "a key is missing here" : "the key “\(name.text)” is no text; quote it if it is meant as one")
    }
    return (name.text, place)
  }

  private func refuse(anchor node: Node, at place: YAMLPlace) throws(YAMLError) {
    guard let anchor = node.anchor else { return }
    throw YAMLError(at: place, "“&\(anchor.rawValue)” is an anchor; write things out where they belong")
  }

  private static let textTag = "tag:yaml.org,2002:str"

  private func refuse(tag: String, unless usual: String, at place: YAMLPlace) throws(YAMLError) {
    guard tag != usual, !tag.isEmpty else { return }
    throw YAMLError(at: place, "a tag, “\(tag)”, stands here; none is taken")
  }
}
