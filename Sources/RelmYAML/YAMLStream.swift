/// The documents of a text, read one after the other from libyaml's events.
///
/// Read is YAML 1.1 as libyaml has it. An alias has to name something before it, and no two keys of a mapping have one
/// text; all else is for who reads the trees.
package struct YAMLStream: ~Copyable {
  private var parser: YAMLParser
  private let depthLimit: Int
  private var anchors: Set<String> = []
  private var isAtEnd = false

  /// - Parameters:
  ///   - bytes: the text, UTF-8.
  ///   - depthLimit: the deepest that a value may lie; the root lies 1 deep.
  package init(_ bytes: [UInt8], depthLimit: Int) throws(YAMLTrouble) {
    parser = try YAMLParser(bytes)
    self.depthLimit = depthLimit
  }

  /// The root of the next document; nil where there is no other.
  package mutating func next() throws(YAMLTrouble) -> YAMLTree? {
    while !isAtEnd {
      let event = try parser.next()
      switch event.kind {
      case .streamStart: continue
      case .streamEnd: isAtEnd = true
      case .documentStart:
        let root = try tree(try parser.next(), depth: 1)
        // Its end is read with it, so that what does not belong behind it is not taken for another document.
        _ = try parser.next()
        return root
      case .documentEnd, .sequenceStart, .sequenceEnd, .mappingStart, .mappingEnd, .scalar, .alias:
        preconditionFailure("libyaml has left out where a document begins")
      }
    }
    return nil
  }

  /// What begins with an event.
  private mutating func tree(_ event: YAMLEvent, depth: Int) throws(YAMLTrouble) -> YAMLTree {
    guard depth <= depthLimit else { throw .depth(at: event.place) }
    let value: YAMLTree.Value
    switch event.kind {
    case .scalar(let text, let isPlain): value = .scalar(text, isPlain: isPlain)
    case .sequenceStart: value = .sequence(try elements(depth: depth + 1))
    case .mappingStart: value = .mapping(try pairs(depth: depth + 1))
    case .alias(let name):
      guard anchors.contains(name) else {
        throw .malformed(problem: "found undefined alias", at: event.place, while: nil)
      }
      value = .alias(name)
    case .streamStart, .streamEnd, .documentStart, .documentEnd, .sequenceEnd, .mappingEnd:
      preconditionFailure("libyaml has left out a value")
    }
    // Only now: what bears it is no part of itself.
    if let anchor = event.anchor { anchors.insert(anchor) }
    return YAMLTree(value: value, place: event.place, anchor: event.anchor, tag: event.tag)
  }

  private mutating func elements(depth: Int) throws(YAMLTrouble) -> [YAMLTree] {
    var elements: [YAMLTree] = []
    while true {
      let event = try parser.next()
      if case .sequenceEnd = event.kind { return elements }
      elements.append(try tree(event, depth: depth))
    }
  }

  private mutating func pairs(depth: Int) throws(YAMLTrouble) -> [YAMLTree.Pair] {
    var pairs: [YAMLTree.Pair] = []
    while true {
      let event = try parser.next()
      if case .mappingEnd = event.kind { break }
      let key = try tree(event, depth: depth)
      pairs.append(YAMLTree.Pair(key: key, value: try tree(try parser.next(), depth: depth)))
    }
    try refuseRepeatedKeys(pairs)
    return pairs
  }

  private func refuseRepeatedKeys(_ pairs: [YAMLTree.Pair]) throws(YAMLTrouble) {
    var places: [String: YAMLPlace] = [:]
    for pair in pairs {
      guard case .scalar(let text, _) = pair.key.value else { continue }
      if let first = places.updateValue(pair.key.place, forKey: text) {
        throw .repeatedKey(text, at: pair.key.place, first: first)
      }
    }
  }
}
