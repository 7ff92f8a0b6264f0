internal import RelmBytes

/// One signature line of a note: C2SP signed-note, "Signatures".
package struct NoteSignature: Hashable, Sendable {
  package let name: String
  package let keyID: UInt32
  /// Without the key ID; at least one byte.
  package let bytes: [UInt8]

  package init(name: String, keyID: UInt32, bytes: [UInt8]) {
    self.name = name
    self.keyID = keyID
    self.bytes = bytes
  }

  /// Reads one line, without its newline.
  init(line: Substring.UTF8View) throws(NoteError) {
    let prefix = "\u{2014} ".utf8
    guard line.starts(with: prefix) else { throw NoteError(.signatureLine) }
    let parts = line.dropFirst(prefix.count).split(
      separator: UInt8(ascii: " "), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw NoteError(.signatureLine) }
    let name = String(Substring(parts[0]))
    guard KeyName.isValid(name) else { throw NoteError(.keyName) }
    guard let decoded = Base64.decode(parts[1]), decoded.count > 4 else { throw NoteError(.signatureEncoding) }
    let keyID = decoded.prefix(4).reduce(0) { id, byte in id << 8 | UInt32(byte) }
    self.init(name: name, keyID: keyID, bytes: Array(decoded.dropFirst(4)))
  }
}

extension NoteSignature: CustomStringConvertible {
  /// The line, without its newline.
  package var description: String {
    let id = withUnsafeBytes(of: keyID.bigEndian) { bytes in Array(bytes) }
    return "\u{2014} \(name) \(Base64.encode(id + bytes))"
  }
}
