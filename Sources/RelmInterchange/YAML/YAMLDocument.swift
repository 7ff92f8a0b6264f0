internal import RelmDomain
package import RelmYAML

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
    try text.refuseManyDirectives()
    root = try YAMLReading(text).root()
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

/// Holds the tree of a text to what is taken.
private struct YAMLReading {
  private let text: YAMLText

  init(_ text: YAMLText) { self.text = text }

  func root() throws(YAMLError) -> YAMLNode {
    var documents = try told { () throws(YAMLTrouble) in
      try YAMLStream(text.bytes, depthLimit: YAMLDocument.depthLimit)
    }
    guard let tree = try told({ () throws(YAMLTrouble) in try documents.next() }) else {
      throw YAMLError(at: .beginning, "there is nothing in it but space and comments")
    }
    let root = try node(tree)
    // What is wrong in the first document is told before what is wrong behind it.
    if let second = try told({ () throws(YAMLTrouble) in try documents.next() }) {
      throw YAMLError(at: second.place, "a second document begins before here; write one to a file")
    }
    return root
  }

  /// - Throws: ``YAMLError``, what the body throws in our words.
  private func told<R: ~Copyable>(_ body: () throws(YAMLTrouble) -> R) throws(YAMLError) -> R {
    do throws(YAMLTrouble) { return try body() } catch { throw text.words(of: error) }
  }

  private func node(_ tree: YAMLTree) throws(YAMLError) -> YAMLNode {
    try refuseAnchor(of: tree)
    switch tree.value {
    case .scalar(let text, let isPlain):
      try refuseTag(of: tree, but: isPlain ? [] : [Self.textTag])
      return YAMLNode(.scalar(YAMLScalar(text, isPlain: isPlain)), at: tree.place)
    case .sequence(let trees):
      try refuseTag(of: tree)
      var elements: [YAMLNode] = []
      for element in trees { elements.append(try node(element)) }
      return YAMLNode(.list(elements), at: tree.place)
    case .mapping(let pairs):
      try refuseTag(of: tree)
      var members: [YAMLNode.Member] = []
      for pair in pairs {
        let name = try name(pair.key)
        members.append(YAMLNode.Member(name: name, place: pair.key.place, value: try node(pair.value)))
      }
      return YAMLNode(.object(members), at: tree.place)
    case .alias:
      throw YAMLError(at: tree.place, "an alias stands here; write things out where they belong")
    }
  }

  /// The name that a key is.
  private func name(_ key: YAMLTree) throws(YAMLError) -> String {
    try refuseAnchor(of: key)
    guard case .scalar(let text, let isPlain) = key.value else {
      throw YAMLError(at: key.place, "a key is a text, not a list or an object")
    }
    try refuseTag(of: key, but: [Self.textTag, "!"])
    guard !(isPlain && text == "<<") else {
      throw YAMLError(at: key.place, "“<<” is a merge key; write things out where they belong")
    }
    guard YAMLScalar(text, isPlain: isPlain).meaning == .text else {
      throw YAMLError(
        at: key.place,
        text.isEmpty ? "a key is missing here" : "the key “\(text)” is no text; quote it if it is meant as one")
    }
    return text
  }

  private func refuseAnchor(of tree: YAMLTree) throws(YAMLError) {
    guard let anchor = tree.anchor else { return }
    throw YAMLError(at: tree.place, "“&\(anchor)” is an anchor; write things out where they belong")
  }

  private static let textTag = "tag:yaml.org,2002:str"

  /// - Parameter idle: the tags that change nothing, because what they stand at is a text without them too.
  private func refuseTag(of tree: YAMLTree, but idle: [String] = []) throws(YAMLError) {
    guard let tag = tree.tag, !tag.isEmpty, !idle.contains(tag) else { return }
    throw YAMLError(at: tree.place, "a tag, “\(tag)”, stands here; none is taken")
  }
}
