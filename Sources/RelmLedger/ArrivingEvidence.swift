internal import struct Crypto.SHA256
internal import Glibc
internal import RelmFiles
package import RelmProof

/// A file that is being attached: in the store under its digest, but not for good until the event is recorded that
/// names it.
///
/// It is copied bit by bit into a place beside the store's files, and linked from there to its name. The place is locked
/// while its maker lives and removed once it is known what becomes of the file. If the maker dies, the next to open the
/// ledger finds the place and asks the log: what no record names is removed, and nothing half-copied stays.
package final class ArrivingEvidence {
  package let digest: Digest
  package let sizeBytes: Int
  private let store: EvidenceStore
  private let place: BuildPlace
  /// Whether the file was not there before.
  private let isNew: Bool

  static let placePrefix = "new-"
  private static let unfinished = "content"

  /// Copies all that comes from a descriptor.
  ///
  /// - Parameters:
  ///   - descriptor: open for reading.
  ///   - path: what it is called in errors.
  ///   - limit: how many bytes it may have.
  ///   - store: where it goes.
  ///   - look: looks at all of it, some 64 KiB at a time, and throws where it may not go in.
  /// - Throws: `FileError`, what `look` throws; nothing of it is then left.
  package init(
    _ descriptor: Int32, path: String, atMost limit: Int, in store: EvidenceStore,
    _ look: (ArraySlice<UInt8>) throws -> Void
  ) throws {
    self.store = store
    for directory in [store.directory, store.arriving] { try Files.makeDirectory(directory) }
    place = try BuildPlace.make(in: store.arriving, named: Self.placePrefix)
    let folder = place.path
    let outcome = Result { try Self.take(descriptor, path, limit, into: folder, of: store, look) }
    switch outcome {
    case .success(let taken): (digest, sizeBytes, isNew) = taken
    case .failure(let error):
      try place.remove()
      throw error
    }
  }

  private static func take(
    _ descriptor: Int32, _ path: String, _ limit: Int, into place: String, of store: EvidenceStore,
    _ look: (ArraySlice<UInt8>) throws -> Void
  ) throws -> (Digest, Int, Bool) {
    var hash = SHA256()
    var size = 0
    var unfit: (any Error)?
    let content = place + "/" + unfinished
    let file = try NewFile(at: content, by: content + ".copy")
    try Files.forEachBlock(of: descriptor, path: path) { block throws(FileError) in
      do { try look(block) } catch { unfit = error }
      if unfit != nil { return false }
      size += block.count
      guard size <= limit else {
        throw FileError(path: path, operation: "read", code: EFBIG, limitBytes: limit)
      }
      hash.update(data: block)
      try file.write(block)
      return true
    }
    if let unfit { throw unfit }
    guard let digest = Digest(bytes: Array(hash.finalize())) else {
      preconditionFailure("SHA-256 has as many bytes as a digest")
    }
    try file.putInPlace()
    let final = store.path(of: digest)
    let named = place + "/" + digest.hex
    // The name says in the place whose file it is before anybody can find it in the store.
    guard !Files.exists(final) else {
      // A digest's name on something else than its file would tell that it is kept, and it would not be.
      _ = try Descriptor(final, O_RDONLY, to: "keep")
      return (digest, size, false)
    }
    try Files.rename(content, to: named)
    try Files.syncDirectory(of: named)
    try Files.makeDirectory(Files.directory(of: final))
    try Files.syncDirectory(of: Files.directory(of: final))
    // Somebody else may attach the same just now.
    guard try Files.link(named, to: final) else { return (digest, size, false) }
    do {
      try Files.syncDirectory(of: final)
    } catch {
      try store.remove(digest)
      throw error
    }
    return (digest, size, true)
  }

  /// The event that names it is recorded: it stays.
  package func keep() throws { try place.remove() }

  /// Nothing names it: it goes, unless it was there before.
  package func drop() throws {
    if isNew { try store.remove(digest) }
    try place.remove()
  }

  /// Removes what somebody has left who died while attaching, but for files that a record names by now.
  ///
  /// - Parameter isNamed: whether a record names the digest.
  static func settle(in store: EvidenceStore, isNamed: (Digest) throws -> Bool) throws {
    try BuildPlace.forEachAbandoned(in: store.arriving, named: placePrefix) { place in
      for digest in try Files.list(place).compactMap({ Digest(hex: $0) }) {
        if try !isNamed(digest) { try store.remove(digest) }
      }
    }
  }
}
