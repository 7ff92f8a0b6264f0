import RelmBytes
import RelmProof
import Testing

@Suite("Keys of notes")
struct KeyTests {
  // RFC 8032, section 7.1, tests 1 and 2: secret key, public key, message, signature.
  static let rfc8032 = [
    (
      "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
      "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    ),
    (
      "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
      "r",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    ),
  ]

  @Test("signing is RFC 8032's, bit for bit", arguments: Self.rfc8032)
  func standard(seed: String, publicKey: String, message: String, signature: String) throws {
    let key = try SignerKey(name: "rfc8032", seed: try #require(Hex.decode(seed)))
    #expect(Hex.encode(key.verifier.publicKey) == publicKey)
    let signed = key.sign(message)
    #expect(Hex.encode(signed.bytes) == signature)
    #expect(key.verifier.verify(signed, of: message))
    #expect(!key.verifier.verify(signed, of: message + " "))
  }

  // The key pair in the documentation of Go's golang.org/x/mod/sumdb/note.
  static let goPrivate = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
  static let goPublic = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

  @Test("a key file that Go wrote gives the public key that Go wrote")
  func goKeys() throws {
    let key = try SignerKey(privateText: Self.goPrivate)
    #expect(key.verifier.text == Self.goPublic)
    #expect(key.privateText == Self.goPrivate)
    #expect(try VerifierKey(text: Self.goPublic) == key.verifier)
  }

  @Test("keys come back from their texts, also when the base64 has plus signs", arguments: 0..<40)
  func roundTrips(seed: UInt8) throws {
    for algorithm in [KeyAlgorithm.ed25519, .cosignature] {
      let key = try SignerKey(name: "n", seed: [UInt8](repeating: seed, count: 32), algorithm: algorithm)
      #expect(try VerifierKey(text: key.verifier.text) == key.verifier)
      let again = try SignerKey(privateText: key.privateText)
      #expect(again.verifier == key.verifier)
      #expect(again.privateText == key.privateText)
    }
  }

  @Test("a private key does not show its seed when it is printed or dumped")
  func secrecy() throws {
    let seed = [UInt8](repeating: 0xa7, count: 32)
    let key = try SignerKey(name: "n", seed: seed)
    var dumped = ""
    dump(key, to: &dumped)
    for text in ["\(key)", String(reflecting: key), dumped] {
      #expect(!text.contains(Base64.encode(seed).prefix(20)))
      #expect(!text.contains("PRIVATE"))
      #expect(!text.contains("167"))
    }
  }

  @Test("a text that is no key is refused, with the reason")
  func malformed() throws {
    let material = "AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
    let cases: [(String, NoteError.Code)] = [
      ("", .keyFormat), ("example.com/foo", .keyFormat), ("example.com/foo+530d903a", .keyFormat),
      ("+530d903a+\(material)", .keyName), ("a b+530d903a+\(material)", .keyName),
      ("example.com/foo+530D903A+\(material)", .keyFormat), ("example.com/foo+30d903a+\(material)", .keyFormat),
      ("example.com/foo++30d903a+\(material)", .keyFormat),
      ("example.com/foo+530d903a+\(material)\n", .keyFormat),
      ("example.com/foo+530d903a+", .keyFormat), ("example.com/foo+530d903b+\(material)", .keyIDMismatch),
      ("example.com/bar+530d903a+\(material)", .keyIDMismatch), ("n+00000000+AQ==", .keyLength),
      ("n+00000000+Ag==", .keyAlgorithm), ("n+00000000+Bg==", .keyAlgorithm),
    ]
    for (text, code) in cases {
      #expect(throws: NoteError(code), "\(text)") { try VerifierKey(text: text) }
    }
    let signer = try TestKeys.signer()
    #expect(throws: NoteError(.keyFormat)) { try SignerKey(privateText: signer.verifier.text) }
    #expect(throws: NoteError(.keyFormat)) { try VerifierKey(text: signer.privateText) }
    let other = try TestKeys.signer(seed: 2)
    let mixed = signer.privateText.replacing(
      String(signer.keyID, radix: 16), with: String(other.keyID, radix: 16))
    #expect(throws: NoteError(.keyIDMismatch)) { try SignerKey(privateText: mixed) }
  }

  @Test("a seed or a public key of another length is refused", arguments: [0, 31, 33, 64])
  func lengths(count: Int) {
    let bytes = [UInt8](repeating: 1, count: count)
    #expect(throws: NoteError(.keyLength)) { try SignerKey(name: "n", seed: bytes) }
    #expect(throws: NoteError(.keyLength)) { try VerifierKey(name: "n", publicKey: bytes) }
  }

  @Test(
    "a key's name has no space, plus sign or control character",
    arguments: ["", "a b", "a+b", "a\u{2003}b", "a\nb", "a\u{1}"])
  func names(name: String) {
    #expect(throws: NoteError(.keyName)) { try TestKeys.signer(name) }
  }

  @Test("a witness's cosignature holds for its text and its time, and for no other")
  func cosignatures() throws {
    let witness = try TestKeys.witness()
    let cosignature = witness.cosign("text\n", at: 1_679_315_147)
    #expect(witness.verifier.verify(cosignature, of: "text\n"))
    #expect(Cosignature(cosignature)?.timestamp == 1_679_315_147)
    #expect(!witness.verifier.verify(cosignature, of: "texts\n"))
    var later = cosignature.bytes
    later[7] ^= 1
    let changed = NoteSignature(name: cosignature.name, keyID: cosignature.keyID, bytes: later)
    #expect(!witness.verifier.verify(changed, of: "text\n"))
    let beyond = NoteSignature(
      name: cosignature.name, keyID: cosignature.keyID, bytes: [0x80] + later.dropFirst())
    #expect(Cosignature(beyond) == nil)
    #expect(!witness.verifier.verify(beyond, of: "text\n"))
  }

  @Test("a cosignature is the signature of a header, the time and the text")
  func cosignedMessage() throws {
    let witness = try TestKeys.witness()
    let plain = try SignerKey(name: witness.name, seed: [UInt8](repeating: 9, count: 32))
    #expect(plain.keyID != witness.keyID)
    let expected = plain.sign("cosignature/v1\ntime 1679315147\ntext\n").bytes
    let time: [UInt8] = [0, 0, 0, 0, 0x64, 0x18, 0x50, 0xcb]
    #expect(witness.cosign("text\n", at: 1_679_315_147).bytes == time + expected)
  }
}
