internal import RelmDomain

/// Where keys and pseudonyms come from: the system, or a test's own bytes.
package struct Entropy: Sendable {
  private let source: @Sendable (_ count: Int) -> [UInt8]

  /// - Parameter source: makes `count` unpredictable bytes at every call.
  package init(_ source: @escaping @Sendable (_ count: Int) -> [UInt8]) {
    self.source = source
  }

  /// The system's generator (`getrandom`).
  package static let system = Entropy { count in
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
  }

  /// `count` bytes.
  func bytes(_ count: Int) -> [UInt8] {
    let bytes = source(count)
    precondition(bytes.count == count, "a source of entropy must make as many bytes as it is asked for")
    return bytes
  }

  /// A new pseudonym: a random UUID (RFC 9562 §5.4, version 4), which says nothing about whom it stands for.
  func person() -> PersonID {
    let bytes = bytes(16)
    func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    return PersonID(.version4(random: (word(bytes[..<8]), word(bytes[8...]))))
  }
}
