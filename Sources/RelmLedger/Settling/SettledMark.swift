internal import Glibc
internal import RelmDomain
internal import RelmFiles
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
  /// Where a new mark is made before it takes the place of the one before: a directory whose abandoned places are
  /// removed at every opening, and how such a place is called.
  let workshop: (directory: String, prefix: String)

  /// The last record that was settled; nil where none was, or the mark does not read: all is then done once more.
  func place() throws(FileError) -> Place? {
    guard Files.exists(path) else { return nil }
    let words = String(decoding: try Files.readSmall(path), as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard words.count == 2, let position = UInt64(words[0]), let leaf = Digest(hex: String(words[1])) else {
      return nil
    }
    return Place(position: Position(position), leaf: leaf)
  }

  func move(to event: RecordedEvent) throws {
    try Files.makeDirectory(workshop.directory)
    let place = try BuildPlace.make(in: workshop.directory, named: workshop.prefix)
    let new = place.path + "/mark"
    let outcome = Result {
      try Files.write(Array("\(event.position.value) \(event.digest.hex)\n".utf8), to: new)
      try Files.rename(new, to: path)
      try Files.syncDirectory(of: path)
    }
    try place.remove()
    try outcome.get()
  }
}
