/// Appends canonical JSON (RFC 8785) to a buffer.
///
/// The caller writes the members of an object in canonical order, which a debug build asserts; commas are the
/// writer's.
package struct CanonicalWriter: Sendable {
  /// What has been written.
  package private(set) var bytes: [UInt8]
  private let start: Int
  #if DEBUG
  private var names: [String?] = []
  #endif

  /// - Parameter bytes: a buffer to append to; the writer's own text begins behind what is in it.
  package init(appendingTo bytes: [UInt8] = []) {
    self.bytes = bytes
    start = bytes.count
  }

  // A comma stands before everything but the first value, the first of a container, and a member's value.
  private mutating func separate() {
    guard bytes.count > start, let last = bytes.last else { return }
    if last == UInt8(ascii: "{") || last == UInt8(ascii: "[") || last == UInt8(ascii: ":") { return }
    bytes.append(UInt8(ascii: ","))
  }

  package mutating func beginObject() {
    separate()
    bytes.append(UInt8(ascii: "{"))
    #if DEBUG
    names.append(nil)
    #endif
  }

  /// Begins a member; its value is written next.
  package mutating func key(_ name: String) {
    note(name)
    separate()
    JSONText.appendQuoted(name.utf8, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
  }

  /// Begins a member whose name needs no escapes; its value is written next.
  mutating func plainKey(_ name: StaticString) {
    note("\(name)")
    separate()
    bytes.append(UInt8(ascii: "\""))
    bytes.append(contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
    bytes.append(UInt8(ascii: "\""))
    bytes.append(UInt8(ascii: ":"))
  }

  /// Asserts in a debug build that the names of an object ascend.
  private mutating func note(_ name: @autoclosure () -> String) {
    #if DEBUG
    let name = name()
    precondition(!names.isEmpty, "a member stands in an object")
    if let last = names[names.count - 1] {
      let ascends = JSONText.precedes(Array(last.utf8)[...], Array(name.utf8)[...])
      assert(ascends, "“\(name)” must not be written after “\(last)”")
    }
    names[names.count - 1] = name
    #endif
  }

  package mutating func endObject() {
    bytes.append(UInt8(ascii: "}"))
    #if DEBUG
    names.removeLast()
    #endif
  }

  package mutating func beginArray() {
    separate()
    bytes.append(UInt8(ascii: "["))
  }

  package mutating func endArray() { bytes.append(UInt8(ascii: "]")) }

  package mutating func string(_ value: String) {
    separate()
    JSONText.appendQuoted(value.utf8, to: &bytes)
  }

  /// - Parameter value: at most 2^53 - 1 in magnitude; what is larger is a string in JSON (RFC 7493, section 2.2).
  package mutating func integer(_ value: Int64) {
    precondition(value.magnitude <= UInt64(JSONNumber.largestSafeInteger), "a double does not hold \(value)")
    separate()
    JSONNumber.append(value, to: &bytes)
  }

  /// - Parameter value: finite.
  package mutating func number(_ value: Double) {
    separate()
    JSONNumber.append(value, to: &bytes)
  }

  package mutating func bool(_ value: Bool) {
    separate()
    bytes.append(contentsOf: value ? "true".utf8 : "false".utf8)
  }

  package mutating func null() {
    separate()
    bytes.append(contentsOf: "null".utf8)
  }

  /// - Parameter value: one value, canonical JSON already.
  package mutating func raw(_ value: some Collection<UInt8>) {
    precondition(!value.isEmpty, "no JSON value is empty")
    separate()
    bytes.append(contentsOf: value)
  }
}
