internal import Crypto

/// A public key that checks signatures on notes: C2SP signed-note, "Verifier keys" and "Ed25519 signatures".
package struct VerifierKey: Hashable, Sendable {
  package let name: String
  package let algorithm: KeyAlgorithm
  /// 32 bytes, as RFC 8032, section 5.1.5 encodes it.
  package let publicKey: [UInt8]
  /// With the name it says which key made a signature. It is no protection: anyone can make a key with the same
  /// ID.
  package let keyID: UInt32

  /// - Throws: `keyName` or `keyLength`.
  package init(name: String, publicKey: [UInt8], algorithm: KeyAlgorithm = .ed25519) throws(NoteError) {
    guard KeyName.isValid(name) else { throw NoteError(.keyName) }
    guard publicKey.count == 32 else { throw NoteError(.keyLength) }
    self.name = name
    self.algorithm = algorithm
    self.publicKey = publicKey
    keyID = algorithm.keyID(name: name, publicKey: publicKey)
  }

  /// Reads `NAME+ID+BASE64`, the form in which keys are handed on.
  ///
  /// - Throws: `keyFormat`, `keyName`, `keyAlgorithm`, `keyLength`, or `keyIDMismatch` when the ID is not the
  ///   one that belongs to the name and the key.
  package init(text: String) throws(NoteError) {
    let parts = try KeyText(text[...])
    try self.init(name: parts.name, publicKey: parts.material, algorithm: parts.algorithm)
    guard keyID == parts.keyID else { throw NoteError(.keyIDMismatch) }
  }

  /// `NAME+ID+BASE64`, the form in which keys are handed on.
  package var text: String {
    KeyText(name: name, keyID: keyID, algorithm: algorithm, material: publicKey).description
  }

  /// Whether the signature's name and ID are this key's.
  package func isNamed(by signature: NoteSignature) -> Bool {
    keyID == signature.keyID && KeyName.areSame(name, signature.name)
  }

  /// Whether this key made the signature over exactly this text.
  package func verify(_ signature: NoteSignature, of text: String) -> Bool {
    guard isNamed(by: signature) else { return false }
    switch algorithm {
    case .ed25519:
      return verify(signature.bytes[...], of: Array(text.utf8))
    case .cosignature:
      guard let cosignature = Cosignature(signature) else { return false }
      return verify(cosignature.signature, of: Cosignature.message(text, at: cosignature.timestamp))
    }
  }

  private func verify(_ signature: ArraySlice<UInt8>, of message: [UInt8]) -> Bool {
    do {
      let key = try Curve25519.Signing.PublicKey(rawRepresentation: publicKey)
      return key.isValidSignature(signature, for: message)
    } catch {
      // Bytes that are no key have signed nothing.
      return false
    }
  }
}

extension VerifierKey: CustomStringConvertible {
  package var description: String { text }
}
