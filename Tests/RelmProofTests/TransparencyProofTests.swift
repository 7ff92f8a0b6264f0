import RelmProof
import Testing

@Suite("Proof files")
struct TransparencyProofTests {
  let tree = NaiveTree(size: 7)

  /// A proof of one of seven leaves, in a checkpoint signed by the test log.
  func proof(of index: Int, extra: [UInt8]? = nil) throws -> TransparencyProof {
    let log = try TestKeys.signer()
    let checkpoint = try Checkpoint(origin: log.name, size: TreeSize(7), root: tree.root(at: 7))
    return try TransparencyProof(
      extra: extra, position: Position(UInt64(index)), path: tree.path(index, 0..<7),
      note: try checkpoint.signed(with: log))
  }

  @Test("it is read as it was written, and proves its leaf and no other", arguments: 0..<7)
  func roundTrip(index: Int) throws {
    let keys = [try TestKeys.signer().verifier]
    for extra in [nil, [0], Array("extra\n".utf8)] as [[UInt8]?] {
      let written = try proof(of: index, extra: extra)
      let read = try TransparencyProof(bytes: Array(written.text.utf8))
      #expect(read == written)
      #expect(read.text == written.text)
      for leaf in 0..<7 {
        #expect(read.verify(leaf: tree.leaves[leaf], keys: keys).isValid == (leaf == index))
      }
    }
  }

  @Test("its lines are the standard's")
  func lines() throws {
    let written = try proof(of: 2, extra: Array("more".utf8))
    let path = tree.path(2, 0..<7).map(\.base64)
    #expect(
      written.text
        == "c2sp.org/tlog-proof@v1\nextra bW9yZQ==\nindex 2\n\(path.joined(separator: "\n"))\n\n\(written.note)"
    )
  }

  @Test("a tree of one leaf has a proof without hashes")
  func single() throws {
    let log = try TestKeys.signer()
    let leaf = tree.leaves[0]
    let note = try Checkpoint(origin: log.name, size: TreeSize(1), root: leaf).signed(with: log)
    let written = try TransparencyProof(position: .first, path: [], note: note)
    #expect(written.text == "c2sp.org/tlog-proof@v1\nindex 0\n\n\(note)")
    #expect(try TransparencyProof(written.text).verify(leaf: leaf, keys: [log.verifier]) == .valid)
  }

  @Test("it proves nothing when the checkpoint's signer is unknown or the checkpoint was changed")
  func untrusted() throws {
    let written = try proof(of: 3)
    let leaf = tree.leaves[3]
    let stranger = try TestKeys.signer(seed: 3).verifier
    #expect(written.verify(leaf: leaf, keys: [stranger]) == .refused(.checkpoint(.signatures(.noKnownKey))))
    let log = try TestKeys.signer().verifier
    let changed = try TransparencyProof(written.text.replacing("\n7\n", with: "\n8\n"))
    #expect(
      changed.verify(leaf: leaf, keys: [log])
        == .refused(.checkpoint(.signatures(.badSignature(name: log.name, keyID: log.keyID)))))
  }

  @Test("it proves nothing at a position outside the checkpoint's tree")
  func outside() throws {
    let moved = try TransparencyProof(try proof(of: 3).text.replacing("index 3", with: "index 7"))
    #expect(
      moved.verify(leaf: tree.leaves[3], keys: [try TestKeys.signer().verifier])
        == .refused(.positionOutsideTree(Position(7), TreeSize(7))))
  }

  @Test("what is no proof file is refused, with the reason and the line")
  func malformed() throws {
    let note = try proof(of: 0).note.description
    let hash = leafHash(at: 0).base64
    let header = "c2sp.org/tlog-proof@v1\n"
    let cases: [(String, NoteError)] = [
      ("", NoteError(.header, line: 1)),
      ("c2sp.org/tlog-proof@v1", NoteError(.header, line: 1)),
      ("c2sp.org/tlog-proof@v2\nindex 0\n\n\(note)", NoteError(.header, line: 1)),
      (" \(header)index 0\n\n\(note)", NoteError(.header, line: 1)),
      ("\(header)", NoteError(.index, line: 1)),
      ("\(header)\(hash)\n\n\(note)", NoteError(.index, line: 2)),
      ("\(header)index 00\n\n\(note)", NoteError(.index, line: 2)),
      ("\(header)index\n\n\(note)", NoteError(.index, line: 2)),
      ("\(header)index 0 \n\n\(note)", NoteError(.index, line: 2)),
      ("\(header)index 18446744073709551616\n\n\(note)", NoteError(.index, line: 2)),
      ("\(header)extra \nindex 0\n\n\(note)", NoteError(.extraData, line: 2)),
      ("\(header)extra AB==\nindex 0\n\n\(note)", NoteError(.extraData, line: 2)),
      ("\(header)extra AA==\nextra AA==\nindex 0\n\n\(note)", NoteError(.index, line: 3)),
      ("\(header)index 0\nextra AA==\n\n\(note)", NoteError(.pathHash, line: 3)),
      ("\(header)index 0\n\(hash)\nAAAA\n\n\(note)", NoteError(.pathHash, line: 4)),
      ("\(header)index 0\n\(hash) \n\n\(note)", NoteError(.pathHash, line: 3)),
      ("\(header)index 0\r\n\n\(note)", NoteError(.index, line: 2)),
      ("\(header)index 0\n\(note)", NoteError(.pathHash, line: 3)),
      ("\(header)index 0\n\n\n\(note)", NoteError(.origin, line: 1 + 3)),
      ("\(header)index 0\n\n", NoteError(.signatureBlockMissing)),
      ("\(header)index 0\n\n\(note)x", NoteError(.signatureLine, line: 3 + 6)),
      (
        "\(header)index 0\n\(String(repeating: hash + "\n", count: 65))\n\(note)",
        NoteError(.pathTooLong, line: 67)
      ),
    ]
    for (text, error) in cases {
      #expect(throws: error, "\(text.debugDescription)") { try TransparencyProof(text) }
    }
    #expect(throws: NoteError(.notUTF8)) { try TransparencyProof(bytes: [0xff]) }
    let large = [UInt8](repeating: 0x61, count: SignedNote.byteLimit + 1)
    #expect(throws: NoteError(.tooLarge)) { try TransparencyProof(bytes: large) }
  }

  @Test("extra data that is there but empty cannot be written, nor a path longer than any tree's")
  func unwritable() throws {
    let good = try proof(of: 0)
    #expect(throws: NoteError(.extraData)) {
      try TransparencyProof(extra: [], position: .first, path: good.path, note: good.note)
    }
    let hashes = [Digest](repeating: leafHash(at: 0), count: 65)
    #expect(throws: NoteError(.pathTooLong)) {
      try TransparencyProof(position: .first, path: hashes, note: good.note)
    }
  }
}
