extension JSONDocument {
  /// A value in canonical form (RFC 8785): names sorted by UTF-16 code units, numbers as ECMAScript writes them, no
  /// escape that is not needed, no white space.
  ///
  /// - Parameters:
  ///   - node: a value of this document; the root without it.
  ///   - edits: replaced values anywhere in it, and members added to it or left away from it.
  package func canonicalBytes(of node: JSONNode? = nil, edits: JSONEdits = JSONEdits()) -> [UInt8] {
    let node = node ?? root
    precondition(node.document === self, "the node is of another document")
    var output: [UInt8] = []
    output.reserveCapacity(node.range.count)
    if edits.additions.isEmpty && edits.omissions.isEmpty {
      append(node.index, edits.replacements, to: &output)
    } else {
      appendEdited(node.index, edits, to: &output)
    }
    return output
  }

  private func append(_ index: Int, _ replacements: [Int: [UInt8]], to output: inout [UInt8]) {
    if !replacements.isEmpty, let replacement = replacements[index] {
      return output.append(contentsOf: replacement)
    }
    let entry = tape[index]
    switch entry.kind {
    case .null, .boolean: JSONText.copy(bytes, entry.start..<entry.end, to: &output)
    case .string: appendString(entry, to: &output)
    case .number: appendNumber(entry, to: &output)
    case .array:
      output.append(UInt8(ascii: "["))
      var element = index + 1
      for place in 0..<entry.count {
        if place > 0 { output.append(UInt8(ascii: ",")) }
        append(element, replacements, to: &output)
        element = Int(tape[element].next)
      }
      output.append(UInt8(ascii: "]"))
    case .object:
      output.append(UInt8(ascii: "{"))
      if entry.mark {
        var name = index + 1
        for place in 0..<entry.count {
          appendMember(name, replacements, isFirst: place == 0, to: &output)
          name = Int(tape[name + 1].next)
        }
      } else {
        for (place, name) in sortedNames(of: index).enumerated() {
          appendMember(name, replacements, isFirst: place == 0, to: &output)
        }
      }
      output.append(UInt8(ascii: "}"))
    }
  }

  private func appendMember(
    _ name: Int, _ replacements: [Int: [UInt8]], isFirst: Bool, to output: inout [UInt8]
  ) {
    if !isFirst { output.append(UInt8(ascii: ",")) }
    appendString(tape[name], to: &output)
    output.append(UInt8(ascii: ":"))
    append(name + 1, replacements, to: &output)
  }

  private func appendString(_ entry: Entry, to output: inout [UInt8]) {
    guard entry.mark else { return JSONText.copy(bytes, entry.start..<entry.end, to: &output) }
    guard let unescaped = JSONText.unescaped(bytes, entry.content) else {
      preconditionFailure("the parser took a malformed escape")
    }
    JSONText.appendQuoted(unescaped, to: &output)
  }

  private func appendNumber(_ entry: Entry, to output: inout [UInt8]) {
    guard !entry.mark else { return JSONText.copy(bytes, entry.start..<entry.end, to: &output) }
    guard let value = Double(String(decoding: bytes[entry.start..<entry.end], as: UTF8.self)) else {
      preconditionFailure("the parser took a malformed number")
    }
    JSONNumber.append(value, to: &output)
  }

  private func sortedNames(of index: Int) -> [Int] {
    var names: [(prefix: UInt64, name: Int)] = []
    names.reserveCapacity(Int(tape[index].count))
    var name = index + 1
    for _ in 0..<tape[index].count {
      names.append((tape[name].mark ? .max : JSONText.prefix(of: bytes, tape[name].content), name))
      name = Int(tape[name + 1].next)
    }
    names.sort { left, right in
      // Beginnings in ASCII sort as numbers; for others the whole names are compared.
      if left.prefix != right.prefix, (left.prefix | right.prefix) & 0x8080_8080_8080_8080 == 0 {
        return left.prefix < right.prefix
      }
      return precedes(left.name, right.name)
    }
    return names.map(\.name)
  }

  private func precedes(_ left: Int, _ right: Int) -> Bool {
    if !tape[left].mark && !tape[right].mark {
      return JSONText.precedes(bytes, tape[left].content, tape[right].content)
    }
    return JSONNode(document: self, index: left).withContent { content in
      JSONNode(document: self, index: right).withContent { JSONText.precedes(content, $0) }
    }
  }

  /// The root object of an edit that adds or omits members.
  private func appendEdited(_ index: Int, _ edits: JSONEdits, to output: inout [UInt8]) {
    precondition(tape[index].kind == .object, "only an object has members to add or to omit")
    var members: [(name: [UInt8], value: [UInt8]?, node: Int)] = []
    for name in sortedNames(of: index) {
      let content = JSONNode(document: self, index: name).withContent { Array($0) }
      if edits.omissions.contains(where: { content.elementsEqual($0.utf8) }) { continue }
      if edits.additions.contains(where: { content.elementsEqual($0.name.utf8) }) { continue }
      members.append((content, nil, name + 1))
    }
    for addition in edits.additions { members.append((Array(addition.name.utf8), addition.value, 0)) }
    members.sort { JSONText.precedes($0.name[...], $1.name[...]) }
    output.append(UInt8(ascii: "{"))
    for (place, member) in members.enumerated() {
      if place > 0 { output.append(UInt8(ascii: ",")) }
      JSONText.appendQuoted(member.name, to: &output)
      output.append(UInt8(ascii: ":"))
      if let value = member.value {
        output.append(contentsOf: value)
      } else {
        append(member.node, edits.replacements, to: &output)
      }
    }
    output.append(UInt8(ascii: "}"))
  }
}
