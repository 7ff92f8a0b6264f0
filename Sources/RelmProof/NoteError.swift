/// What is wrong with the form of a signed note, a checkpoint, a key or a proof file (C2SP signed-note,
/// tlog-checkpoint, tlog-proof). Whether something well-formed may be trusted is another question:
/// `CheckpointRefusal`.
package struct NoteError: Error, Hashable, Sendable {
  package enum Code: Hashable, Sendable {
    case tooLarge
    case notUTF8
    case controlCharacter
    case textWithoutFinalNewline
    case signatureBlockMissing
    case signatureLine
    case tooManySignatures
    case keyName
    case signatureEncoding
    case keyFormat
    case keyIDMismatch
    case keyAlgorithm
    case keyLength
    case lineMissing
    case emptyLine
    case origin
    case size
    case rootHash
    case header
    case extraData
    case index
    case pathHash
    case pathTooLong
  }

  package let code: Code
  /// Where, counted from 1 in the note, text or file that was read; nil where it is not about one line.
  package let line: Int?

  package init(_ code: Code, line: Int? = nil) {
    self.code = code
    self.line = line
  }

  /// The same trouble, in a part that begins after `lines` lines of the whole.
  func moved(byLines lines: Int) -> NoteError {
    NoteError(code, line: line.map { line in line + lines })
  }
}

extension NoteError: CustomStringConvertible {
  package var description: String { line.map { line in "line \(line): \(reason)" } ?? reason }

  private var reason: String {
    switch code {
    case .tooLarge: "it is larger than \(SignedNote.byteLimit) bytes"
    case .notUTF8: "it is not UTF-8"
    case .controlCharacter: "it has a control character other than newline"
    case .textWithoutFinalNewline: "the text does not end in a newline"
    case .signatureBlockMissing: "there is no blank line with signatures after it"
    case .signatureLine: "a signature line is \"\u{2014} NAME BASE64\" and ends in a newline"
    case .tooManySignatures: "it has more than \(SignedNote.signatureLimit) signatures"
    case .keyName: "a key's name is not empty and has no space and no plus sign"
    case .signatureEncoding: "a signature is strict base64 of a 4-byte key ID and at least one byte more"
    case .keyFormat: "a key is \"NAME+ID+BASE64\", with the ID as 8 lower-case hex digits"
    case .keyIDMismatch: "the key ID does not belong to this name and key"
    case .keyAlgorithm: "the key is not of a kind that is known here (Ed25519 notes, Ed25519 cosignatures)"
    case .keyLength: "an Ed25519 key has 32 bytes"
    case .lineMissing: "a checkpoint has at least three lines: origin, size, root hash"
    case .emptyLine: "a checkpoint has no empty line"
    case .origin: "an origin is not empty and is one line without control characters"
    case .size: "a size is a decimal number below 2^64 without leading zeroes"
    case .rootHash: "a root hash is strict base64 of 32 bytes, for size 0 that of SHA-256 of nothing"
    case .header: "a proof begins with the line \"\(TransparencyProof.header)\""
    case .extraData: "extra data is \"extra \" and strict base64 of at least one byte"
    case .index: "the index line is \"index \" and a decimal number below 2^64 without leading zeroes"
    case .pathHash: "a hash of the proof is strict base64 of 32 bytes"
    case .pathTooLong: "an inclusion proof has at most \(TransparencyProof.pathLimit) hashes"
    }
  }
}
