internal import Crypto

/// SHA-1 (FIPS 180-4, section 6.1), for UUIDs of version 5 alone.
///
/// Nothing may rest on it: two inputs with one hash have been made. What proves something is a ``Digest``.
package enum SHA1 {
  /// The 20 bytes of the hash.
  package static func hash(of bytes: [UInt8]) -> [UInt8] {
    Array(Insecure.SHA1.hash(data: bytes))
  }
}
