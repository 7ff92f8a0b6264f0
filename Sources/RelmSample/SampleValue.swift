internal import RelmDomain

/// JSON as a story writes it: with places in the log by the name of the step that stands there, since where that is shows
/// only when the whole year is told.
package indirect enum SampleValue: Sendable {
  case text(String)
  case number(Int64)
  case flag(Bool)
  case list([SampleValue])
  case object([String: SampleValue])
  /// The position at which the step of this name stands.
  case position(of: String)
  /// Nothing: the member is left out.
  case absent

  /// A member of an object; nil where it has none of that name, and for everything else.
  package subscript(_ name: String) -> SampleValue? {
    guard case .object(let members) = self else { return nil }
    return members[name]
  }

  /// The text, where it is one.
  package var string: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  /// The same object with other members in place of those of the same names.
  func with(_ changes: [String: SampleValue]) -> SampleValue {
    guard case .object(let members) = self else { preconditionFailure("only an object has members") }
    return .object(members.merging(changes) { $1 })
  }
}

extension SampleValue {
  /// The same with another text wherever one stands.
  func saying(_ text: String, insteadOf other: String) -> SampleValue {
    switch self {
    case .text(other): .text(text)
    case .list(let elements): .list(elements.map { $0.saying(text, insteadOf: other) })
    case .object(let members): .object(members.mapValues { $0.saying(text, insteadOf: other) })
    case .text, .number, .flag, .position, .absent: self
    }
  }

  /// Writes it as canonical JSON.
  ///
  /// - Parameter place: where the step of a name stands.
  func write(to writer: inout CanonicalWriter, _ place: (String) -> Int64) {
    switch self {
    case .text(let text): writer.string(text)
    case .number(let number): writer.integer(number)
    case .flag(let flag): writer.bool(flag)
    case .position(let name): writer.integer(place(name))
    case .absent: preconditionFailure("what is absent is not written")
    case .list(let elements):
      writer.beginArray()
      for element in elements { element.write(to: &writer, place) }
      writer.endArray()
    case .object(let members):
      writer.beginObject()
      // Names are ASCII, so that their order is the canonical one.
      for (name, value) in members.sorted(by: { $0.key < $1.key }) {
        if case .absent = value { continue }
        writer.key(name)
        value.write(to: &writer, place)
      }
      writer.endObject()
    }
  }
}

extension SampleValue: ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(stringLiteral text: String) { self = .text(text) }
  package init(integerLiteral number: Int64) { self = .number(number) }
  package init(booleanLiteral flag: Bool) { self = .flag(flag) }
  package init(arrayLiteral elements: SampleValue...) { self = .list(elements) }
  package init(dictionaryLiteral members: (String, SampleValue)...) {
    self = .object(Dictionary(members) { $1 })
  }
}
