/// The members of an object as they stand in canonical JSON (RFC 8785).
///
/// Whoever reads an event looks at all of it strictly, once, and makes nothing of it: a value is made when somebody asks
/// for the member. So an event that is folded costs what its fold wants to know.
package struct Fields: Sendable {
  private let bytes: [UInt8]
  private let range: Range<Int>
  private let structure: Structure
  /// Where each member's value begins and ends, in the order of the table; twice zero for one that is not there.
  private let places: [UInt32]

  /// Reads an object and keeps a copy of it, for what it is read from may be larger and gone soon.
  /// - Throws: `DecodingFailure` with the pointer and the reason, where something is not what the schema says.
  init(_ structure: Structure, from reader: inout CanonicalReader) throws(DecodingFailure) {
    let start = reader.index
    var places = [UInt32](repeating: 0, count: 2 * structure.members.count)
    try reader.read(structure) { member, place in
      places[2 * member] = UInt32(place.lowerBound - start)
      places[2 * member + 1] = UInt32(place.upperBound - start)
    }
    self.places = places
    self.structure = structure
    bytes = Array(reader.bytes[start..<reader.index])
    range = bytes.indices
  }

  /// An object within one that was read.
  private init(_ structure: Structure, within reader: inout CanonicalReader) throws(DecodingFailure) {
    let start = reader.index
    var places = [UInt32](repeating: 0, count: 2 * structure.members.count)
    try reader.object(structure.names) { (member, reader) throws(DecodingFailure) in
      let place = try reader.skip()
      places[2 * member] = UInt32(place.lowerBound)
      places[2 * member + 1] = UInt32(place.upperBound)
    }
    self.places = places
    self.structure = structure
    bytes = reader.bytes
    range = start..<reader.index
  }

  func write(to writer: inout CanonicalWriter) { writer.raw(bytes[range]) }
}

extension Fields: Equatable {
  package static func == (one: Fields, other: Fields) -> Bool {
    one.bytes[one.range] == other.bytes[other.range]
  }
}

// MARK: Values

extension Fields {
  /// The value of a member; nil where it is not there.
  @inline(__always)
  private func value<Value>(
    _ member: Int, _ make: (inout CanonicalReader) throws(DecodingFailure) -> Value
  ) -> Value? {
    let end = Int(places[2 * member + 1])
    guard end > 0 else { return nil }
    var reader = CanonicalReader(bytes, range: Int(places[2 * member])..<end)
    reader.isStored = true
    do throws(DecodingFailure) {
      return try make(&reader)
    } catch {
      preconditionFailure("\(structure.names[member]) was looked at when it was read: \(error)")
    }
  }

  @inline(__always)
  private func required<Value>(_ member: Int, _ value: Value?) -> Value {
    guard let value else { preconditionFailure("\(structure.names[member]) was there when it was read") }
    return value
  }

  subscript<Value: CanonicalValue>(member: Int) -> Value? {
    value(member) { (reader) throws(DecodingFailure) in try Value(from: &reader) }
  }
  subscript<Value: CanonicalValue>(member: Int) -> Value { required(member, self[member]) }
  subscript<Value: CanonicalValue>(member: Int) -> [Value] {
    value(member) { (reader) throws(DecodingFailure) in
      try reader.list { (reader) throws(DecodingFailure) in try Value(from: &reader) }
    } ?? []
  }

  subscript<Part: FieldsBacked>(member: Int) -> Part? {
    value(member) { (reader) throws(DecodingFailure) in Part(fields: try part(member, &reader)) }
  }
  subscript<Part: FieldsBacked>(member: Int) -> Part { required(member, self[member]) }
  subscript<Part: FieldsBacked>(member: Int) -> [Part] {
    value(member) { (reader) throws(DecodingFailure) in
      try reader.list { (reader) throws(DecodingFailure) in Part(fields: try part(member, &reader)) }
    } ?? []
  }

  private func part(_ member: Int, _ reader: inout CanonicalReader) throws(DecodingFailure) -> Fields {
    guard case .object(let structure) = structure.members[member].kind else {
      preconditionFailure("\(structure.names[member]) is no object")
    }
    return try Fields(structure, within: &reader)
  }
}
