package import RelmDomain
package import RelmYAML

/// A value of a YAML document, with where it stands.
package struct YAMLNode: Sendable, Equatable {
  package enum Value: Sendable, Equatable {
    case scalar(YAMLScalar)
    case list([YAMLNode])
    case object([Member])
  }

  package struct Member: Sendable, Equatable {
    package let name: String
    /// Where the name stands.
    package let place: YAMLPlace
    package var value: YAMLNode
  }

  package var value: Value
  /// Where the value begins.
  package let place: YAMLPlace

  package init(_ value: Value, at place: YAMLPlace) {
    self.value = value
    self.place = place
  }

  /// The members of an object in the order in which they stand; none of anything else.
  package var members: [Member] {
    guard case .object(let members) = value else { return [] }
    return members
  }

  /// The elements of a list; none of anything else.
  package var elements: [YAMLNode] {
    guard case .list(let elements) = value else { return [] }
    return elements
  }

  /// Canonical JSON (RFC 8785).
  ///
  /// - Parameter fields: what a schema says about the members, where this is an object that has a schema. What is a
  ///   string there is taken as it is written: `version: 1.10` is `"1.10"`, and `id: no` is `"no"`.
  /// - Throws: ``YAMLError`` for a number that JSON does not hold.
  package func json(_ fields: [FieldDescription]) throws(YAMLError) -> [UInt8] {
    var writer = CanonicalWriter()
    try write(to: &writer, fields, isText: false)
    return writer.bytes
  }

  private func write(
    to writer: inout CanonicalWriter, _ fields: [FieldDescription], isText: Bool
  ) throws(YAMLError) {
    switch value {
    case .scalar(let scalar): try scalar.write(to: &writer, isText: isText, at: place)
    case .list(let elements):
      writer.beginArray()
      for element in elements { try element.write(to: &writer, fields, isText: isText) }
      writer.endArray()
    case .object(let members):
      writer.beginObject()
      for member in members.sorted(by: { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }) {
        let field = fields.first { $0.name == member.name }
        writer.key(member.name)
        try member.value.write(
          to: &writer, field?.fields ?? [], isText: field?.shape == .string || field?.shape == .personalText)
      }
      writer.endObject()
    }
  }
}
