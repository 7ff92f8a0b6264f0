internal import Crypto
internal import RelmBytes
internal import RelmDomain
internal import RelmProof

/// One person's key: seals texts, and while it exists opens them.
///
/// ChaCha20-Poly1305 (RFC 8439). For each place (an event and a field in it) two keys are derived with HKDF-SHA256 (RFC
/// 5869), one for the cipher and one for the nonce, which is the first 12 bytes of HMAC-SHA256 over the text. So the
/// same text at the same place gives the same bytes, and a claim that is sent again is the same claim; and without the
/// person's key nobody can test a guess at a text. Two texts at one place get different nonces, save once in 2^96.
struct SealingKey: Sendable {
  /// Length of a person's key.
  static let byteCount = 32
  /// What `alg` says.
  static let algorithm = "chacha20-poly1305"

  private let key: SymmetricKey

  /// - Parameter bytes: 32 random ones.
  init(_ bytes: [UInt8]) {
    precondition(bytes.count == Self.byteCount, "a person's key has \(Self.byteCount) bytes")
    key = SymmetricKey(data: bytes)
  }

  /// The stored form: `{"sealed":{"alg":…,"ciphertext":…,"nonce":…,"person":…}}` as canonical JSON.
  func seal(_ text: String, of person: PersonID, at place: SealedPlace) -> [UInt8] {
    let plaintext = Array(text.utf8)
    let code = HMAC<SHA256>.authenticationCode(for: plaintext, using: derived("relm sealed nonce v1", place))
    let box: ChaChaPoly.SealedBox
    do {
      box = try ChaChaPoly.seal(
        plaintext, using: derived("relm sealed text v1", place), nonce: .init(data: Array(code.prefix(12))),
        authenticating: place.bytes)
    } catch {
      preconditionFailure("a key of 32 bytes and a nonce of 12 seal every text: \(error)")
    }
    var writer = CanonicalWriter()
    writer.beginObject()
    writer.key("sealed")
    writer.beginObject()
    for (name, value) in [
      ("alg", Self.algorithm), ("ciphertext", Base64.encode(Array(box.ciphertext) + Array(box.tag))),
      ("nonce", Base64.encode(Array(box.nonce))), ("person", person.text),
    ] {
      writer.key(name)
      writer.string(value)
    }
    writer.endObject()
    writer.endObject()
    return writer.bytes
  }

  /// The text; nil where it was sealed with another key, for another place, or has been touched since.
  func open(nonce: [UInt8], ciphertext: [UInt8], at place: SealedPlace) -> String? {
    guard nonce.count == 12, ciphertext.count >= 16 else { return nil }
    do {
      let box = try ChaChaPoly.SealedBox(
        nonce: .init(data: nonce), ciphertext: Array(ciphertext.dropLast(16)), tag: Array(ciphertext.suffix(16))
      )
      let plaintext = try ChaChaPoly.open(
        box, using: derived("relm sealed text v1", place), authenticating: place.bytes)
      return String(validating: Array(plaintext), as: UTF8.self)
    } catch {
      return nil  // Crypto says no more than that it does not open.
    }
  }

  private func derived(_ use: String, _ place: SealedPlace) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(
      inputKeyMaterial: key, info: Array(use.utf8) + place.bytes, outputByteCount: Self.byteCount)
  }
}
