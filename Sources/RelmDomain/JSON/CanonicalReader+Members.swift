/// Members one after another, as generated structures ask for them: by name, in canonical order.
///
/// An object is read with one comparison a member and without a table. What it says of an object that is otherwise is enough
/// for what the program wrote itself; what others wrote a ``Structure`` looks at first.
extension CanonicalReader {
  /// Steps into an object.
  mutating func enter() throws(DecodingFailure) {
    guard index < end, bytes[index] == UInt8(ascii: "{") else { throw expected(.object) }
    index += 1
    guard index < end, bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "}") else {
      throw damaged("a member's name is missing")
    }
  }

  /// Steps out of the object, of which everything has been asked for.
  /// - Throws: a failure that names what stands in it besides.
  mutating func leave() throws(DecodingFailure) {
    if let name = try nextName() {
      throw DecodingFailure(reason: "“\(name)” is not known here, or stands out of order or twice")
    }
    index += 1
  }

  /// A member that has to be there.
  mutating func required<Value: CanonicalValue>(_ name: StaticString) throws(DecodingFailure) -> Value {
    guard let value: Value = try optional(name) else { throw try missing(name) }
    return value
  }

  /// A member that may be left out.
  mutating func optional<Value: CanonicalValue>(_ name: StaticString) throws(DecodingFailure) -> Value? {
    guard steps(onto: name) else { return nil }
    do throws(DecodingFailure) {
      let value = try Value(from: &self)
      try passMember()
      return value
    } catch {
      throw error.within("\(name)")
    }
  }

  /// A list that is left out where it would be empty.
  mutating func list<Value: CanonicalValue>(_ name: StaticString) throws(DecodingFailure) -> [Value] {
    guard steps(onto: name) else { return [] }
    do throws(DecodingFailure) {
      let items = try list { (reader) throws(DecodingFailure) in try Value(from: &reader) }
      try passMember()
      return items
    } catch {
      throw error.within("\(name)")
    }
  }

  /// A list that has to be there.
  mutating func requiredList<Value: CanonicalValue>(_ name: StaticString) throws(DecodingFailure) -> [Value] {
    let items: [Value] = try list(name)
    guard !items.isEmpty else { throw try missing(name) }
    return items
  }

  /// Steps over a member's name and colon, where it is that of the next member.
  private mutating func steps(onto name: StaticString) -> Bool {
    let length = name.utf8CodeUnitCount
    let stop = index + 1 + length
    guard stop + 1 < end, bytes[index] == UInt8(ascii: "\""), bytes[stop] == UInt8(ascii: "\""),
      bytes[stop + 1] == UInt8(ascii: ":")
    else { return false }
    let isThat = bytes.withUnsafeBufferPointer { bytes in
      (0..<length).allSatisfy { bytes[index + 1 + $0] == name.utf8Start[$0] }
    }
    if isThat { index = stop + 2 }
    return isThat
  }

  /// Steps over the comma behind a member, onto the next one's name; or stays at the object's end.
  private mutating func passMember() throws(DecodingFailure) {
    guard index < end else { throw damaged("the end of an object is missing") }
    if bytes[index] == UInt8(ascii: "}") { return }
    guard bytes[index] == UInt8(ascii: ",") else { throw damaged("a comma or the end of an object is missing") }
    index += 1
    guard index < end, bytes[index] == UInt8(ascii: "\"") else { throw damaged("a member's name is missing") }
  }

  private func missing(_ name: StaticString) throws(DecodingFailure) -> DecodingFailure {
    guard let found = try nextName() else {
      return DecodingFailure(reason: "\(name) is missing").within("\(name)")
    }
    return DecodingFailure(reason: "“\(found)” stands where \(name) should").within("\(name)")
  }

  /// The name of the next member; nil at the object's end.
  private func nextName() throws(DecodingFailure) -> String? {
    guard index < end else { throw damaged("the end of an object is missing") }
    if bytes[index] == UInt8(ascii: "}") { return nil }
    var reader = self
    return try reader.string()
  }
}
