internal import RelmBytes

/// All that shows offline that a record is in a log: C2SP tlog-proof.
///
/// One that was read is only well-formed; `verify(leaf:keys:)` says whether it proves anything.
package struct TransparencyProof: Hashable, Sendable {
  /// Whatever the log's users put there. Nothing protects it: it is not to be trusted.
  package let extra: [UInt8]?
  package let position: Position
  /// From the leaf's sibling up to the root's child.
  package let path: [Digest]
  /// The checkpoint as the log signed it.
  package let note: SignedNote
  /// What the note says.
  package let checkpoint: Checkpoint

  static let header = "c2sp.org/tlog-proof@v1"
  static let pathLimit = 64

  /// - Throws: what is wrong with the form of the checkpoint in the note; `extraData` when it is there but
  ///   empty.
  package init(extra: [UInt8]? = nil, position: Position, path: [Digest], note: SignedNote) throws(NoteError) {
    guard extra?.isEmpty != true else { throw NoteError(.extraData) }
    guard path.count <= Self.pathLimit else { throw NoteError(.pathTooLong) }
    self.extra = extra
    self.position = position
    self.path = path
    self.note = note
    checkpoint = try Checkpoint(text: note.text)
  }

  /// Reads a proof as it lies in a file.
  ///
  /// - Throws: what is wrong with its form, and in which line.
  package init(bytes: [UInt8]) throws(NoteError) {
    guard bytes.count <= SignedNote.byteLimit else { throw NoteError(.tooLarge) }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw NoteError(.notUTF8) }
    try self.init(text)
  }

  /// Reads a proof.
  ///
  /// - Throws: what is wrong with its form, and in which line.
  package init(_ text: String) throws(NoteError) {
    var lines = ProofLines(text)
    guard let header = lines.next(), header.elementsEqual(Self.header.utf8) else {
      throw NoteError(.header, line: 1)
    }
    var line = lines.next()
    var extra: [UInt8]?
    if let encoded = line?.after("extra ") {
      guard let bytes = Base64.decode(encoded), !bytes.isEmpty else {
        throw NoteError(.extraData, line: lines.number)
      }
      extra = bytes
      line = lines.next()
    }
    guard let digits = line?.after("index "), let index = UInt64(strictDecimal: digits) else {
      throw NoteError(.index, line: lines.number)
    }
    var path: [Digest] = []
    while let line = lines.next(), !line.isEmpty {
      guard path.count < Self.pathLimit else { throw NoteError(.pathTooLong, line: lines.number) }
      guard let hash = Digest(base64: line) else { throw NoteError(.pathHash, line: lines.number) }
      path.append(hash)
    }
    do throws(NoteError) {
      try self.init(extra: extra, position: Position(index), path: path, note: try SignedNote(lines.rest))
    } catch {
      throw error.moved(byLines: lines.number)
    }
  }

  /// The inclusion proof in the checkpoint's tree.
  package var inclusion: InclusionProof {
    InclusionProof(position: position, size: checkpoint.size, path: path)
  }

  /// Whether a log with one of these keys has this leaf at the position ("Verifying a tlog proof").
  ///
  /// Which witnesses must have signed is the caller's rule: `Checkpoint.open(note, with: keys)` lists them.
  ///
  /// - Parameters:
  ///   - leaf: the leaf hash, `Digest.leaf(record)`.
  ///   - keys: those that the caller trusts, the log's and perhaps witnesses'.
  package func verify(leaf: Digest, keys: [VerifierKey]) -> ProofVerdict {
    switch Checkpoint.open(note, with: keys) {
    case .refused(let refusal): .refused(.checkpoint(refusal))
    case .trusted(let checkpoint, _): inclusion.verify(leaf: leaf, root: checkpoint.root)
    }
  }

  /// The proof as it lies in a file, by convention `NAME.tlog-proof`.
  package var text: String {
    var lines = [Self.header]
    if let extra { lines.append("extra \(Base64.encode(extra))") }
    lines.append("index \(position)")
    lines += path.map(\.base64)
    return lines.joined(separator: "\n") + "\n\n" + note.description
  }
}

/// The lines above the checkpoint, one by one.
private struct ProofLines {
  private(set) var rest: String
  /// Of the line that was given last, from 1.
  private(set) var number = 0

  init(_ text: String) { rest = text }

  /// The next line without its newline, or nil when no newline is left.
  mutating func next() -> Substring.UTF8View? {
    guard let end = rest.utf8.firstIndex(of: newline) else { return nil }
    let line = rest[..<end].utf8
    rest = String(rest[rest.utf8.index(after: end)...])
    number += 1
    return line
  }
}

extension Substring.UTF8View {
  /// What stands behind this beginning, or nil when the text begins otherwise.
  fileprivate func after(_ beginning: String) -> Substring.UTF8View? {
    starts(with: beginning.utf8) ? dropFirst(beginning.utf8.count) : nil
  }
}
