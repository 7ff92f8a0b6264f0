internal import struct Crypto.SHA256
internal import Glibc
internal import RelmFiles
package import RelmProof

/// Attachments, each in a file named by its SHA-256: what an event names by digest.
package struct EvidenceStore: Sendable {
  /// The directory of the files, two levels deep.
  package let directory: String

  package init(directory: String) {
    self.directory = directory
  }

  /// Where files lie that are being attached.
  var arriving: String { directory + "/arriving" }

  /// Where a digest's file lies.
  package func path(of digest: Digest) -> String {
    let hex = digest.hex
    return "\(directory)/\(hex.prefix(2))/\(hex)"
  }

  /// Deletes the file of a digest; one that is not there stays so.
  ///
  /// - Throws: `FileError`.
  package func remove(_ digest: Digest) throws {
    let path = path(of: digest)
    guard Files.exists(path) else { return }
    try Files.remove(path)
    try Files.syncDirectory(of: path)
  }

  /// Every file's digest, sorted.
  package func stored() throws -> [Digest] {
    guard Files.exists(directory) else { return [] }
    var digests: [Digest] = []
    for folder in try Files.list(directory) where folder.utf8.count == 2 {
      digests += try Files.list(directory + "/" + folder).compactMap { name in
        // What is not a digest's file in its own folder is no evidence: a stray file, or one that was never finished.
        name.hasPrefix(folder) ? Digest(hex: name) : nil
      }
    }
    return digests
  }

  /// The digest that a digest's file has, read again bit by bit: evidence may be larger than memory.
  ///
  /// - Returns: nil for what is no plain file: it is not what was attached, and may have no end.
  /// - Throws: `FileError`.
  func digest(ofFileOf digest: Digest) throws(FileError) -> Digest? {
    let path = path(of: digest)
    do throws(FileError) {
      return try Self.digest(of: Descriptor(path, O_RDONLY, to: "read"), path)
    } catch {
      guard error.kind != nil else { throw error }
      return nil
    }
  }

  private static func digest(of file: borrowing Descriptor, _ path: String) throws(FileError) -> Digest? {
    var hash = SHA256()
    try Files.forEachBlock(of: file.number, path: path) { block throws(FileError) in
      hash.update(data: block)
      return true
    }
    return Digest(bytes: Array(hash.finalize()))
  }
}
