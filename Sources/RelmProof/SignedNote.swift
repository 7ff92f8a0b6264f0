/// A text and signatures under it: C2SP signed-note.
///
/// One that was read is only well-formed. Nothing in it may be believed before `verify(with:)`.
package struct SignedNote: Hashable, Sendable {
  /// Up to its final newline, without the blank line behind it.
  package let text: String
  /// At least one, in the order of the lines.
  package private(set) var signatures: [NoteSignature]

  /// More bytes are refused; post-quantum signatures have up to 5,000 each.
  package static let byteLimit = 1_000_000
  /// More signatures are refused; the standard asks for at least 16.
  package static let signatureLimit = 100

  /// Signs a text.
  ///
  /// - Parameters:
  ///   - text: ends in a newline, and has no other control character.
  ///   - key: whose name and id the signature bears.
  package init(signing text: String, with key: SignerKey) throws(NoteError) {
    try Self.check(text)
    self.text = text
    signatures = [key.sign(text)]
  }

  /// Reads a note as it lies in a file.
  ///
  /// - Throws: what is wrong with its form, and in which line.
  package init(bytes: [UInt8]) throws(NoteError) {
    guard bytes.count <= Self.byteLimit else { throw NoteError(.tooLarge) }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw NoteError(.notUTF8) }
    try self.init(text)
  }

  /// Reads a note.
  ///
  /// - Throws: what is wrong with its form, and in which line.
  package init(_ note: String) throws(NoteError) {
    guard note.utf8.count <= Self.byteLimit else { throw NoteError(.tooLarge) }
    try Self.checkControlCharacters(note)
    guard let blank = Self.lastBlankLine(in: note) else { throw NoteError(.signatureBlockMissing) }
    text = String(note[..<blank])
    try Self.check(text)

    let lines = note[note.utf8.index(after: blank)...].utf8
      .split(separator: newline, omittingEmptySubsequences: false)
    let firstLine = text.utf8.count(where: { byte in byte == newline }) + 2
    guard lines.first?.isEmpty == false else { throw NoteError(.signatureBlockMissing) }
    guard lines.count <= Self.signatureLimit + 1 else { throw NoteError(.tooManySignatures) }
    guard lines.last?.isEmpty == true else {
      throw NoteError(.signatureLine, line: firstLine + lines.count - 1)
    }
    signatures = []
    for (index, line) in lines.dropLast().enumerated() {
      do throws(NoteError) {
        signatures.append(try NoteSignature(line: line))
      } catch {
        throw NoteError(error.code, line: firstLine + index)
      }
    }
  }

  /// Adds a signature behind the others, as a second key or a witness does.
  ///
  /// - Throws: `tooManySignatures`.
  package mutating func add(_ signature: NoteSignature) throws(NoteError) {
    guard signatures.count < Self.signatureLimit else { throw NoteError(.tooManySignatures) }
    signatures.append(signature)
  }

  /// The note as a file's bytes.
  package var bytes: [UInt8] { Array(description.utf8) }

  private static func check(_ text: String) throws(NoteError) {
    try checkControlCharacters(text)
    guard text.utf8.last == newline else { throw NoteError(.textWithoutFinalNewline) }
  }

  private static func checkControlCharacters(_ text: String) throws(NoteError) {
    var line = 1
    for byte in text.utf8 where byte < 0x20 {
      guard byte == newline else { throw NoteError(.controlCharacter, line: line) }
      line += 1
    }
  }

  /// Where the blank line begins that is the last one: right behind the text.
  private static func lastBlankLine(in note: String) -> String.Index? {
    var index = note.utf8.endIndex
    var follower: UInt8?
    while index > note.utf8.startIndex {
      let before = note.utf8.index(before: index)
      if follower == newline, note.utf8[before] == newline { return index }
      follower = note.utf8[before]
      index = before
    }
    // A note that begins with the blank line has no text, not even a newline.
    return nil
  }
}

let newline = UInt8(ascii: "\n")

extension SignedNote: CustomStringConvertible {
  /// The note as it lies in a file.
  package var description: String {
    signatures.reduce(into: text + "\n") { note, signature in note += "\(signature)\n" }
  }
}
