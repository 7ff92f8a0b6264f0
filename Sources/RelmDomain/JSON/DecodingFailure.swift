/// Why a value cannot be what it should be: the JSON pointer to the trouble, and the reason in words.
///
/// A decoder throws it with the pointer from its own value; every object and array around it puts its token in
/// front with ``within(_:)``, so that it ends up pointing from the root.
package struct DecodingFailure: Error, Equatable, Sendable {
  /// The JSON pointer (RFC 6901); empty for the value itself.
  package let pointer: String
  /// What is wrong, in words that end without a full stop.
  package let reason: String

  package init(pointer: String = "", reason: String) {
    self.pointer = pointer
    self.reason = reason
  }

  /// The same failure, seen from the object or array that has the value as this member or element.
  package func within(_ token: String) -> DecodingFailure {
    DecodingFailure(pointer: "/" + JSONPointer.escaped(token) + pointer, reason: reason)
  }
}

extension DecodingFailure: CustomStringConvertible {
  package var description: String { pointer.isEmpty ? reason : "\(pointer): \(reason)" }
}
