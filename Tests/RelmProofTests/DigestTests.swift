import RelmBytes
import RelmProof
import Testing

@Suite("Digests")
struct DigestTests {
  // FIPS 180-4's own examples: the empty message and "abc".
  static let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
  static let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

  @Test("SHA-256 is the standard's, from every kind of bytes")
  func plain() {
    #expect(Digest.emptyTree.hex == Self.empty)
    #expect(Digest(of: Array("abc".utf8)).hex == Self.abc)
    #expect(Digest(of: "abc".utf8).hex == Self.abc)
    #expect(Digest(of: AnySequence("abc".utf8)).hex == Self.abc)
    #expect(Array("abc".utf8).withUnsafeBytes { bytes in Digest(of: bytes) }.hex == Self.abc)
  }

  @Test("a leaf's hash begins with 0, a node's with 1")
  func domains() {
    let record = Array("a record".utf8)
    let left = Digest.leaf(record)
    let right = Digest.leaf([])
    #expect(left == Digest(of: [0] + record))
    #expect(right == Digest(of: [0]))
    #expect(Digest.node(left, right) == Digest(of: [1] + left.bytes + right.bytes))
    #expect(Digest.node(left, right) != Digest.node(right, left))
  }

  @Test("records of every length around a block's are hashed whole", arguments: 0...200)
  func lengths(count: Int) {
    let record = (0..<count).map { index in UInt8(truncatingIfNeeded: index) }
    #expect(Digest.leaf(record) == Digest(of: [0] + record))
  }

  @Test("bytes, base64 and hex say the same digest")
  func forms() {
    let digest = Digest.leaf([1, 2, 3])
    #expect(Digest(bytes: digest.bytes) == digest)
    #expect(Digest(base64: digest.base64) == digest)
    #expect(Digest(base64: Array(digest.base64.utf8)) == digest)
    #expect(Digest(hex: digest.hex) == digest)
    #expect(Digest(hex: digest.hex.uppercased()) == digest)
    #expect(digest.description == digest.base64)
    var text = Array("root=".utf8)
    digest.appendBase64(to: &text)
    #expect(text == Array("root=\(digest.base64)".utf8))
  }

  @Test("anything but 32 bytes is no digest")
  func wrongLengths() {
    for count in 0...70 where count != 32 {
      let bytes = [UInt8](repeating: 7, count: count)
      #expect(Digest(bytes: bytes) == nil)
      #expect(Digest(base64: Base64.encode(bytes)) == nil)
      #expect(Digest(hex: Hex.encode(bytes)) == nil)
    }
  }

  @Test("digests are ordered as their bytes are")
  func order() {
    let digests = (0..<200).map(leafHash(at:))
    let expected = digests.sorted { left, right in left.bytes.lexicographicallyPrecedes(right.bytes) }
    #expect(digests.sorted() == expected)
    for bit in 0..<256 {
      let changed = expected[0].flipping(bit: bit)
      #expect(changed != expected[0])
      #expect((changed < expected[0]) == changed.bytes.lexicographicallyPrecedes(expected[0].bytes))
    }
  }
}

@Suite("Base64 and hex")
struct EncodingTests {
  @Test(
    "base64 is RFC 4648's",
    arguments: [
      ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
      ("foobar", "Zm9vYmFy"),
    ])
  func standard(plain: String, text: String) {
    #expect(Base64.encode(Array(plain.utf8)) == text)
    #expect(Base64.decode(text) == Array(plain.utf8))
    #expect(Base64.decode(AnyCollection(Array(text.utf8))) == Array(plain.utf8))
  }

  @Test("what is encoded decodes to the same bytes")
  func roundTrip() {
    let seed: UInt64 = 64
    var random = SplitMix64(seed: seed)
    for count in 0..<300 {
      let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
      #expect(Base64.decode(Base64.encode(bytes)) == bytes, "seed \(seed), \(count) bytes")
      #expect(Hex.decode(Hex.encode(bytes)) == bytes, "seed \(seed), \(count) bytes")
    }
  }

  @Test(
    "base64 that is not canonical is refused",
    arguments: [
      "Z", "Zg", "Zg=", "Zh==", "Zm9=", "Zm8", "Zm8=\n", " Zm8", "Zm9v=", "====", "=", "Z===", "Zg==Zg==",
      "Zm-_", "Zm9\u{e9}",
      "Z=9v", "Zm8=====", "\u{0}m9v",
    ])
  func refused(text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test("exactly one text in 64 times 64 says each single byte")
  func canonical() {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var count = 0
    for first in alphabet {
      for second in alphabet where Base64.decode("\(first)\(second)==") != nil { count += 1 }
    }
    #expect(count == 256)
  }

  @Test(
    "hex with an odd count or another character is refused", arguments: ["0", "0g", "0x", " 00", "00 ", "é0"])
  func refusedHex(text: String) {
    #expect(Hex.decode(text) == nil)
  }
}
