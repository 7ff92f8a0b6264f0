internal import Crypto

/// A private key that signs notes: C2SP signed-note, "Ed25519 signatures" (RFC 8032, section 5.1.6).
///
/// Signing needs no randomness, and neither does this: the caller brings the 32 bytes of the seed. What is
/// printed of it is its public key.
package struct SignerKey: Sendable {
  package let verifier: VerifierKey
  private let seed: [UInt8]

  /// - Parameters:
  ///   - name: the key's name: a log's origin, or a witness's.
  ///   - seed: 32 random bytes, RFC 8032's private key.
  ///   - algorithm: what it signs: notes, or witnesses' cosignatures.
  /// - Throws: `keyName` or `keyLength`.
  package init(name: String, seed: [UInt8], algorithm: KeyAlgorithm = .ed25519) throws(NoteError) {
    let key: Curve25519.Signing.PrivateKey
    do { key = try Curve25519.Signing.PrivateKey(rawRepresentation: seed) } catch {
      throw NoteError(.keyLength)
    }
    verifier = try VerifierKey(
      name: name, publicKey: Array(key.publicKey.rawRepresentation), algorithm: algorithm)
    self.seed = seed
  }

  /// Reads what `privateText` writes.
  ///
  /// - Throws: `keyFormat`, `keyName`, `keyAlgorithm`, `keyLength`, or `keyIDMismatch` when the ID is not the
  ///   one that belongs to the name and the key.
  package init(privateText text: String) throws(NoteError) {
    guard text.utf8.starts(with: Self.prefix.utf8) else { throw NoteError(.keyFormat) }
    let parts = try KeyText(Substring(text.utf8.dropFirst(Self.prefix.utf8.count)))
    try self.init(name: parts.name, seed: parts.material, algorithm: parts.algorithm)
    guard verifier.keyID == parts.keyID else { throw NoteError(.keyIDMismatch) }
  }

  /// `PRIVATE+KEY+NAME+ID+BASE64`, the form in which Go's sumdb/note keeps a key in a file. A secret.
  package var privateText: String {
    let text = KeyText(name: name, keyID: keyID, algorithm: verifier.algorithm, material: seed)
    return Self.prefix + text.description
  }

  package var name: String { verifier.name }
  package var keyID: UInt32 { verifier.keyID }

  /// The signature of this text, for a key of kind `ed25519`.
  ///
  /// - Parameter text: a note's text, up to its final newline.
  package func sign(_ text: String) -> NoteSignature {
    precondition(verifier.algorithm == .ed25519, "a witness's key cosigns")
    return NoteSignature(name: name, keyID: keyID, bytes: signature(of: Array(text.utf8)))
  }

  /// The cosignature of this text, for a key of kind `cosignature`: the checkpoint was consistent with all that
  /// its owner saw up to that time (C2SP tlog-cosignature, "Ed25519 signed message").
  ///
  /// - Parameters:
  ///   - text: a checkpoint's text, up to its final newline.
  ///   - timestamp: seconds since 1970, below 2^63.
  package func cosign(_ text: String, at timestamp: UInt64) -> NoteSignature {
    precondition(verifier.algorithm == .cosignature, "a log's key signs")
    precondition(timestamp <= Int64.max, "a cosignature's time is below 2^63")
    let signature = signature(of: Cosignature.message(text, at: timestamp))
    let cosignature = Cosignature(timestamp: timestamp, signature: signature[...])
    return NoteSignature(name: name, keyID: keyID, bytes: cosignature.bytes)
  }

  private static let prefix = "PRIVATE+KEY+"

  private func signature(of message: [UInt8]) -> [UInt8] {
    do {
      return Array(try Curve25519.Signing.PrivateKey(rawRepresentation: seed).signature(for: message))
    } catch {
      preconditionFailure("a seed that once made a key makes it again, and it signs: \(error)")
    }
  }
}

extension SignerKey: CustomStringConvertible, CustomReflectable {
  /// The public key.
  package var description: String { verifier.text }
  /// Without the seed, so that no dump shows it.
  package var customMirror: Mirror { Mirror(self, children: ["verifier": verifier]) }
}
