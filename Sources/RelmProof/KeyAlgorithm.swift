/// What a key signs, by the signature type byte of C2SP signed-note, "Signature types". Ed25519 (RFC 8032)
/// only.
package enum KeyAlgorithm: UInt8, Hashable, Sendable {
  /// The note's text, as a log signs its checkpoints.
  case ed25519 = 0x01
  /// The note's text and a time, as a witness signs what it has seen (C2SP tlog-cosignature).
  case cosignature = 0x04

  /// `SHA-256(key name || 0x0A || signature type || public key)[:4]`, big-endian.
  func keyID(name: String, publicKey: [UInt8]) -> UInt32 {
    let digest = Digest(of: Array(name.utf8) + [0x0a, rawValue] + publicKey)
    return digest.bytes.prefix(4).reduce(0) { id, byte in id << 8 | UInt32(byte) }
  }
}
