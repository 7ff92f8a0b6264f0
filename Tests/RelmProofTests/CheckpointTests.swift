import RelmProof
import Testing

@Suite("Checkpoints")
struct CheckpointTests {
  static let root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I="
  // The example of C2SP tlog-cosignature, with the log's signature and a witness's.
  static let example = """
    example.com/behind-the-sofa
    20852163
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

    \u{2014} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
    \u{2014} witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==

    """

  @Test("the standard's example is read and written the same")
  func standardExample() throws {
    let note = try SignedNote(Self.example)
    let checkpoint = try Checkpoint(text: note.text)
    #expect(checkpoint.origin == "example.com/behind-the-sofa")
    #expect(checkpoint.size == TreeSize(20_852_163))
    #expect(checkpoint.root.base64 == Self.root)
    #expect(checkpoint.extensions.isEmpty)
    #expect(checkpoint.text == note.text)
    #expect(note.description == Self.example)
    #expect(Cosignature(note.signatures[1])?.timestamp == 1_679_315_147)
  }

  @Test("what is written is read the same", arguments: [0, 1, 9, 10, UInt64.max])
  func roundTrip(size: UInt64) throws {
    let root = size == 0 ? Digest.emptyTree : leafHash(at: 1)
    for extensions in [[], ["one"], ["one", " two \u{2014}"]] {
      let checkpoint = try Checkpoint(
        origin: "a log, caf\u{e9}", size: TreeSize(size), root: root, extensions: extensions)
      #expect(try Checkpoint(text: checkpoint.text) == checkpoint)
    }
  }

  @Test("what is no checkpoint is refused, with the reason and the line")
  func malformed() {
    let root = Self.root
    let empty = Digest.emptyTree.base64
    let cases: [(String, NoteError)] = [
      ("", NoteError(.textWithoutFinalNewline)),
      ("o\n1\n\(root)", NoteError(.textWithoutFinalNewline)),
      ("\n", NoteError(.origin, line: 1)),
      ("o\n", NoteError(.lineMissing)),
      ("o\n1\n", NoteError(.lineMissing)),
      ("\n1\n\(root)\n", NoteError(.origin, line: 1)),
      ("o\n\n\(root)\n", NoteError(.emptyLine, line: 2)),
      ("o\n1\n\(root)\n\n", NoteError(.emptyLine, line: 4)),
      ("o\n1\n\(root)\nx\n\ny\n", NoteError(.emptyLine, line: 5)),
      ("o\r\n1\n\(root)\n", NoteError(.controlCharacter, line: 1)),
      ("o\n1\n\(root)\nx\ty\n", NoteError(.controlCharacter, line: 4)),
      ("o\n01\n\(root)\n", NoteError(.size, line: 2)),
      ("o\n00\n\(empty)\n", NoteError(.size, line: 2)),
      ("o\n-1\n\(root)\n", NoteError(.size, line: 2)),
      ("o\n+1\n\(root)\n", NoteError(.size, line: 2)),
      ("o\n 1\n\(root)\n", NoteError(.size, line: 2)),
      ("o\n1 \n\(root)\n", NoteError(.size, line: 2)),
      ("o\n1_0\n\(root)\n", NoteError(.size, line: 2)),
      ("o\n\u{661}\n\(root)\n", NoteError(.size, line: 2)),
      ("o\n18446744073709551616\n\(root)\n", NoteError(.size, line: 2)),
      ("o\n99999999999999999999\n\(root)\n", NoteError(.size, line: 2)),
      ("o\n0\n\(root)\n", NoteError(.rootHash, line: 3)),
      ("o\n1\n\(root.dropLast())\n", NoteError(.rootHash, line: 3)),
      ("o\n1\n\(root) \n", NoteError(.rootHash, line: 3)),
      ("o\n1\nAAAA\n", NoteError(.rootHash, line: 3)),
    ]
    for (text, error) in cases {
      #expect(throws: error, "\(text.debugDescription)") { try Checkpoint(text: text) }
    }
  }

  @Test("an origin or an extension that is no line cannot be written")
  func unwritable() {
    for origin in ["", "a\nb", "a\tb"] {
      #expect(throws: NoteError(.origin, line: 1)) {
        try Checkpoint(origin: origin, size: TreeSize(1), root: leafHash(at: 0))
      }
    }
    #expect(throws: NoteError(.emptyLine, line: 5)) {
      try Checkpoint(origin: "o", size: TreeSize(1), root: leafHash(at: 0), extensions: ["x", ""])
    }
    #expect(throws: NoteError(.rootHash, line: 3)) {
      try Checkpoint(origin: "o", size: .empty, root: leafHash(at: 0))
    }
  }

  @Test("it is trusted when its own log signed it, and lists the witnesses that did too")
  func trusted() throws {
    let log = try TestKeys.signer()
    let witness = try TestKeys.witness()
    let checkpoint = try Checkpoint(origin: log.name, size: TreeSize(3), root: leafHash(at: 0))
    var note = try checkpoint.signed(with: log)
    try note.add(witness.cosign(note.text, at: 5))
    let verdict = Checkpoint.open(try SignedNote(bytes: note.bytes), with: [witness.verifier, log.verifier])
    guard case .trusted(let opened, let signatures) = verdict else {
      Issue.record("refused: \(verdict)")
      return
    }
    #expect(opened == checkpoint)
    #expect(signatures.map(\.key) == [log.verifier, witness.verifier])
    #expect(signatures.map(\.timestamp) == [nil, 5])
  }

  @Test("it is not trusted when only another log or a witness signed it")
  func untrusted() throws {
    let log = try TestKeys.signer()
    let other = try TestKeys.signer("example.org/other", seed: 2)
    let witness = try TestKeys.witness(log.name)
    let checkpoint = try Checkpoint(origin: log.name, size: TreeSize(3), root: leafHash(at: 0))
    var note = try checkpoint.signed(with: other)
    try note.add(witness.cosign(note.text, at: 5))
    let keys = [log.verifier, other.verifier, witness.verifier]
    #expect(Checkpoint.open(note, with: keys) == .refused(.notSignedByItsLog(origin: log.name)))
    #expect(Checkpoint.open(note, with: [log.verifier]) == .refused(.signatures(.noKnownKey)))
    let letter = try SignedNote(signing: "a letter\n", with: log)
    #expect(Checkpoint.open(letter, with: keys) == .refused(.notACheckpoint(NoteError(.lineMissing))))
  }

  @Test("each trouble with a form has its own words")
  func words() {
    let codes: [NoteError.Code] = [
      .tooLarge, .notUTF8, .controlCharacter, .textWithoutFinalNewline, .signatureBlockMissing, .signatureLine,
      .tooManySignatures, .keyName, .signatureEncoding, .keyFormat, .keyIDMismatch, .keyAlgorithm, .keyLength,
      .lineMissing, .emptyLine, .origin, .size, .rootHash, .header, .extraData, .index, .pathHash, .pathTooLong,
    ]
    #expect(Set(codes.map { code in NoteError(code).description }).count == codes.count)
    #expect(NoteError(.size, line: 2).description.hasPrefix("line 2: "))
  }
}
