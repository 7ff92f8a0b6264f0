internal import RelmBytes

/// A tree's size and root, as a log states and signs it: C2SP tlog-checkpoint, "Note text".
package struct Checkpoint: Hashable, Sendable {
  /// Which log: its unique name, such as `example.org/releases`.
  package let origin: String
  package let size: TreeSize
  package let root: Digest
  /// Further lines, without their newlines. The standard advises against them; `relm` reads, but never writes
  /// any.
  package let extensions: [String]

  /// - Throws: `origin` or `emptyLine` when a name or an extension is empty or more than a line; `rootHash`
  ///   when the size is 0 and the root is not that of the tree without leaves.
  package init(
    origin: String, size: TreeSize, root: Digest, extensions: [String] = []
  ) throws(NoteError) {
    guard Self.isLine(origin) else { throw NoteError(.origin, line: 1) }
    guard !size.isEmpty || root == .emptyTree else { throw NoteError(.rootHash, line: 3) }
    for (index, line) in extensions.enumerated() {
      guard Self.isLine(line) else { throw NoteError(.emptyLine, line: 4 + index) }
    }
    self.origin = origin
    self.size = size
    self.root = root
    self.extensions = extensions
  }

  /// Reads a checkpoint's text, the note without its signatures.
  ///
  /// - Throws: what is wrong with its form, and in which line.
  package init(text: String) throws(NoteError) {
    guard text.utf8.last == newline else { throw NoteError(.textWithoutFinalNewline) }
    let lines = text.utf8.dropLast().split(separator: newline, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      guard line.allSatisfy({ byte in byte >= 0x20 }) else {
        throw NoteError(.controlCharacter, line: index + 1)
      }
      guard !line.isEmpty else { throw NoteError(index == 0 ? .origin : .emptyLine, line: index + 1) }
    }
    guard lines.count >= 3 else { throw NoteError(.lineMissing) }
    guard let size = UInt64(strictDecimal: lines[1]) else { throw NoteError(.size, line: 2) }
    guard let root = Digest(base64: lines[2]) else { throw NoteError(.rootHash, line: 3) }
    try self.init(
      origin: String(Substring(lines[0])), size: TreeSize(size), root: root,
      extensions: lines.dropFirst(3).map { line in String(Substring(line)) })
  }

  /// What is signed.
  package var text: String {
    ([origin, size.description, root.base64] + extensions).reduce(into: "") { text, line in text += line + "\n"
    }
  }

  /// The checkpoint as a note with one signature.
  package func signed(with key: SignerKey) throws(NoteError) -> SignedNote {
    try SignedNote(signing: text, with: key)
  }

  private static func isLine(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { byte in byte >= 0x20 }
  }
}
