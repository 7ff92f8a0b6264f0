extension JSONNode {
  /// The values that a pointer names in which `*` stands for every element of an array, each with its own pointer.
  ///
  /// - Parameter pattern: the pointer's tokens.
  package func places(at pattern: [Substring]) -> [(node: JSONNode, pointer: String)] {
    var found: [(node: JSONNode, pointer: String)] = [(self, "")]
    for token in pattern {
      found = found.flatMap { node, place -> [(node: JSONNode, pointer: String)] in
        if token == "*" { return node.elements.enumerated().map { ($1, "\(place)/\($0)") } }
        return node[String(token)].map { [($0, place + "/" + token)] } ?? []
      }
    }
    return found
  }
}
