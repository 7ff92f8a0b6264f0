internal import RelmProof

extension UUIDText {
  /// The namespace of names that are URLs (RFC 9562, section 6.6).
  package static let urlNamespace = UUIDText(high: 0x6ba7_b811_9dad_11d1, low: 0x80b4_00c0_4fd4_30c8)

  /// A UUID of version 5 (RFC 9562, section 5.5): the same namespace and name give the same one, everywhere.
  ///
  /// Python's `uuid.uuid5(namespace, name)` gives it too.
  package init(namespace: UUIDText, name: String) {
    var input: [UInt8] = []
    for word in [namespace.high, namespace.low] {
      for shift in stride(from: 56, through: 0, by: -8) {
        input.append(UInt8(truncatingIfNeeded: word >> UInt64(shift)))
      }
    }
    input.append(contentsOf: name.utf8)
    let hash = SHA1.hash(of: input)
    func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    self.init(high: word(hash[..<8]) & ~0xF000 | 0x5000, low: Self.variant(word(hash[8..<16])))
  }
}
