internal import RelmDomain
internal import RelmProof

/// The file that says up to which record of a kind what it says was done: a person erased from the vault, a file of the
/// evidence disposed of.
///
/// It lies beside what it is about, so that an older copy of that, put back, comes with an older mark. It names the
/// record by its hash as well: in another history nothing is done yet.
struct SettledMark {
  struct Place: Equatable {
    let position: Position
    let leaf: Digest
  }

  let path: String

  /// The last record that was settled; nil where none was, or the mark does not read: all is then done once more.
  func place() throws(FileError) -> Place? {
    guard Files.exists(path) else { return nil }
    let words = String(decoding: try Files.readSmall(path), as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard words.count == 2, let position = UInt64(words[0]), let leaf = Digest(hex: String(words[1])) else {
      return nil
    }
    return Place(position: Position(position), leaf: leaf)
  }

  func move(to event: RecordedEvent) throws(FileError) {
    try Files.write(Array("\(event.position.value) \(event.digest.hex)\n".utf8), to: path)
  }
}
