/// The interpreter of a ``Structure``.
extension CanonicalReader {
  /// Reads an object, and looks at everything in it as its table says.
  ///
  /// - Parameter note: is told where the value of each of its own members stands.
  /// - Throws: `DecodingFailure` with the pointer and the reason, where something is not what the schema says.
  mutating func read(
    _ structure: Structure, noting note: (_ member: Int, _ place: Range<Int>) -> Void = { _, _ in }
  ) throws(DecodingFailure) {
    var present: UInt64 = 0
    try object(structure.names) { (member, reader) throws(DecodingFailure) in
      let start = reader.index
      try reader.read(structure.members[member])
      present |= 1 << UInt64(member)
      note(member, start..<reader.index)
    }
    for member in structure.required where present & 1 << UInt64(member) == 0 {
      let name = structure.names[member]
      throw DecodingFailure(reason: "\(name) is missing").within(name)
    }
  }

  /// Looks at the next value as its table says, and stays before it: it can then be read as what was accepted once.
  mutating func look(at structure: Structure) throws(DecodingFailure) {
    let start = index
    try read(structure)
    index = start
    isStored = true
  }

  private mutating func read(_ member: Structure.Member) throws(DecodingFailure) {
    guard member.isList else { return try read(member.kind) }
    _ = try list { (reader) throws(DecodingFailure) in try reader.read(member.kind) }
  }

  private mutating func read(_ kind: Structure.Kind) throws(DecodingFailure) {
    switch kind {
    case .scalar(let scalar): try read(scalar)
    case .choice(let words): _ = try choice(of: words)
    case .object(let structure): try read(structure)
    }
  }

  /// Looks at a scalar. Of what was accepted once no text is made, and a name is taken as it stands.
  private mutating func read(_ scalar: ScalarKind) throws(DecodingFailure) {
    switch scalar {
    case .name where isStored, .entityName where isStored, .text: try passText()
    case .name: _ = try name()
    case .entityName: _ = try entityName()
    case .digest: _ = try contentDigest()
    case .person, .keyHolder: _ = try person()
    case .timestamp, .instant: _ = try instant()
    case .uriReference: _ = try uriReference()
    case .mediaType: _ = try mediaType()
    case .purl: _ = try packageURL()
    case .releaseSubject: _ = try releaseSubject()
    case .subject: _ = try subject()
    case .base64: _ = try base64()
    case .duration: _ = try timeSpan()
    case .count: _ = try count()
    case .position: _ = try position()
    case .level: _ = try number(in: 3...6)
    case .rating: _ = try number(in: 1...5)
    case .percentage: _ = try percentage()
    case .boolean: _ = try bool()
    case .personalText: preconditionFailure("what is sealed has a table of its own")
    }
  }

  /// Steps over a string that is not empty.
  private mutating func passText() throws(DecodingFailure) {
    let before = index
    let (content, isPlain) = try stringContent()
    guard content.isEmpty || !isPlain else { return }
    index = before
    _ = try nonEmptyString()
  }
}
