import RelmProof
import Testing

/// Keys that are only for tests.
enum TestKeys {
  static func signer(_ name: String = "example.org/log", seed: UInt8 = 1) throws -> SignerKey {
    try SignerKey(name: name, seed: [UInt8](repeating: seed, count: 32))
  }

  static func witness(_ name: String = "witness.example", seed: UInt8 = 9) throws -> SignerKey {
    try SignerKey(name: name, seed: [UInt8](repeating: seed, count: 32), algorithm: .cosignature)
  }
}

@Suite("Signed notes")
struct SignedNoteTests {
  // The example of C2SP signed-note, "Verifier keys".
  static let exampleKey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
  static let example = """
    This is an example message.

    \u{2014} example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=

    """
  /// One well-formed line, of a key that nobody knows.
  static let line = "\u{2014} example.com/foo AAAAAAA=\n"

  @Test("the standard's example is verified by the standard's key")
  func standardExample() throws {
    let key = try VerifierKey(text: Self.exampleKey)
    let note = try SignedNote(Self.example)
    #expect(note.text == "This is an example message.\n")
    #expect(note.description == Self.example)
    guard case .verified(let verified) = note.verify(with: [key]) else {
      Issue.record("the example was refused")
      return
    }
    #expect(verified.map(\.key) == [key])
    #expect(verified.map(\.signature) == note.signatures)
  }

  @Test("a signature does not hold for a text with any one byte changed")
  func changedText() throws {
    let key = try VerifierKey(text: Self.exampleKey)
    let bytes = Array(Self.example.utf8)
    for index in 0..<"This is an example message.".utf8.count {
      var changed = bytes
      changed[index] ^= 1
      let note = try SignedNote(bytes: changed)
      #expect(note.verify(with: [key]) == .refused(.badSignature(name: "example.com/foo", keyID: 0x530d_903a)))
    }
  }

  @Test("a text may have empty lines: the last one ends it")
  func emptyLines() throws {
    let key = try TestKeys.signer()
    let text = "one\n\n\nd\u{e9}j\u{e0} vu\n\n"
    let note = try SignedNote(signing: text, with: key)
    let again = try SignedNote(bytes: note.bytes)
    #expect(again == note)
    #expect(again.text == text)
    #expect(isVerified(again, [key.verifier]))
  }

  @Test("unknown keys are passed over, also when they share a name or an ID with a known one")
  func unknownKeys() throws {
    let key = try TestKeys.signer()
    let namesake = try TestKeys.signer(seed: 2)
    var note = try SignedNote(signing: "text\n", with: namesake)
    #expect(note.verify(with: [key.verifier]) == .refused(.noKnownKey))
    try note.add(NoteSignature(name: "other", keyID: key.keyID, bytes: [1]))
    #expect(note.verify(with: [key.verifier]) == .refused(.noKnownKey))
    #expect(note.verify(with: []) == .refused(.noKnownKey))
    try note.add(key.sign("text\n"))
    #expect(isVerified(note, [key.verifier]))
  }

  @Test("a bad signature of a known key refuses the note, however many good ones there are")
  func badSignature() throws {
    let key = try TestKeys.signer()
    let other = try TestKeys.signer("other", seed: 2)
    var note = try SignedNote(signing: "text\n", with: key)
    try note.add(other.sign("another text\n"))
    #expect(isVerified(note, [key.verifier]))
    #expect(
      note.verify(with: [key.verifier, other.verifier])
        == .refused(.badSignature(name: "other", keyID: other.keyID)))
  }

  @Test("a second signature of one key refuses the note")
  func secondSignature() throws {
    let key = try TestKeys.signer()
    var note = try SignedNote(signing: "text\n", with: key)
    try note.add(key.sign("text\n"))
    #expect(
      note.verify(with: [key.verifier]) == .refused(.secondSignature(name: key.name, keyID: key.keyID)))
  }

  @Test("a signature cut short or made longer does not hold")
  func signatureLength() throws {
    let key = try TestKeys.signer()
    let good = key.sign("text\n")
    for bytes in [Array(good.bytes.dropLast()), good.bytes + [0], [0]] {
      #expect(
        !key.verifier.verify(NoteSignature(name: good.name, keyID: good.keyID, bytes: bytes), of: "text\n"))
    }
    #expect(key.verifier.verify(good, of: "text\n"))
  }

  @Test("a name that only looks the same is another name")
  func lookalikes() throws {
    let key = try TestKeys.signer("caf\u{e9}")
    let good = key.sign("text\n")
    let lookalike = NoteSignature(name: "cafe\u{301}", keyID: good.keyID, bytes: good.bytes)
    #expect(lookalike.name == good.name)
    #expect(!key.verifier.isNamed(by: lookalike))
  }

  @Test("what is no signed note is refused, with the reason and the line")
  func malformed() {
    let cases: [(String, NoteError)] = [
      ("", NoteError(.signatureBlockMissing)),
      ("text\n", NoteError(.signatureBlockMissing)),
      ("text\n\n", NoteError(.signatureBlockMissing)),
      ("text\n" + Self.line, NoteError(.signatureBlockMissing)),
      ("\n" + Self.line, NoteError(.signatureBlockMissing)),
      ("text\n\n" + Self.line + "\n", NoteError(.signatureBlockMissing)),
      ("text\n\n" + Self.line.dropLast(), NoteError(.signatureLine, line: 3)),
      ("text\n\n" + Self.line + Self.line.dropLast(), NoteError(.signatureLine, line: 4)),
      ("te\rxt\n\n" + Self.line, NoteError(.controlCharacter, line: 1)),
      ("text\n\u{0}\n\n" + Self.line, NoteError(.controlCharacter, line: 2)),
      ("text\r\n\r\n" + Self.line, NoteError(.controlCharacter, line: 1)),
      ("text\n\n" + Self.line.dropLast() + "\t\n", NoteError(.controlCharacter, line: 3)),
      ("text\n\n- example.com/foo AAAAAAA=\n", NoteError(.signatureLine, line: 3)),
      ("text\n\n\u{2014}example.com/foo AAAAAAA=\n", NoteError(.signatureLine, line: 3)),
      ("text\n\n\u{2014} example.com/foo\n", NoteError(.signatureLine, line: 3)),
      ("text\n\n\u{2014}  AAAAAAA=\n", NoteError(.keyName, line: 3)),
      ("text\n\n\u{2014} a+b AAAAAAA=\n", NoteError(.keyName, line: 3)),
      ("text\n\n\u{2014} a\u{a0}b AAAAAAA=\n", NoteError(.keyName, line: 3)),
      ("text\n\n\u{2014} a b AAAAAAA=\n", NoteError(.signatureEncoding, line: 3)),
      ("text\n\n\u{2014} a AAAAAAA=  \n", NoteError(.signatureEncoding, line: 3)),
      ("text\n\n\u{2014} a AAAAAA==\n", NoteError(.signatureEncoding, line: 3)),
      ("text\n\n\u{2014} a AAAAAAB=\n", NoteError(.signatureEncoding, line: 3)),
      ("text\n\n\u{2014} a AAAAAAA\n", NoteError(.signatureEncoding, line: 3)),
      ("text\n\n\u{2014} a \n", NoteError(.signatureEncoding, line: 3)),
      ("a\nb\n\n" + Self.line + "x\n", NoteError(.signatureLine, line: 5)),
    ]
    for (text, error) in cases {
      #expect(throws: error, "\(text.debugDescription)") { try SignedNote(text) }
    }
    #expect(throws: NoteError(.notUTF8)) { try SignedNote(bytes: [0xff] + Array("\n\n\(Self.line)".utf8)) }
  }

  @Test("a text without its final newline cannot be signed, nor one with a control character")
  func unsignable() throws {
    let key = try TestKeys.signer()
    for text in ["", "text"] {
      #expect(throws: NoteError(.textWithoutFinalNewline)) { try SignedNote(signing: text, with: key) }
    }
    #expect(throws: NoteError(.controlCharacter, line: 2)) { try SignedNote(signing: "a\nb\tc\n", with: key) }
  }

  @Test("a hundred signatures are read and one more is refused, and so is more than a megabyte")
  func limits() throws {
    let most = "text\n\n" + String(repeating: Self.line, count: SignedNote.signatureLimit)
    var note = try SignedNote(most)
    #expect(note.signatures.count == 100)
    #expect(throws: NoteError(.tooManySignatures)) { try SignedNote(most + Self.line) }
    let signature = note.signatures[0]
    #expect(throws: NoteError(.tooManySignatures)) { try note.add(signature) }
    let large = String(repeating: "x", count: SignedNote.byteLimit) + "\n\n" + Self.line
    #expect(throws: NoteError(.tooLarge)) { try SignedNote(large) }
    #expect(throws: NoteError(.tooLarge)) { try SignedNote(bytes: Array(large.utf8)) }
  }

  private func isVerified(_ note: SignedNote, _ keys: [VerifierKey]) -> Bool {
    if case .verified = note.verify(with: keys) { true } else { false }
  }
}
