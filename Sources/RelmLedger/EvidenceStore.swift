package import RelmProof

/// Attachments, each in a file named by its SHA-256: what an event names by digest.
package struct EvidenceStore: Sendable {
  /// The directory of the files, two levels deep.
  package let directory: String

  package init(directory: String) {
    self.directory = directory
  }

  /// Where a digest's file lies.
  package func path(of digest: Digest) -> String {
    let hex = digest.hex
    return "\(directory)/\(hex.prefix(2))/\(hex)"
  }

  /// Stores bytes durably under their digest; what is there already stays.
  ///
  /// - Throws: ``FileError``.
  package func store(_ bytes: [UInt8]) throws -> Digest {
    let digest = Digest(of: bytes)
    let path = path(of: digest)
    guard !Files.exists(path) else { return digest }
    try Files.makeDirectory(directory)
    try Files.makeDirectory(Files.directory(of: path))
    try Files.syncDirectory(of: Files.directory(of: path))
    try Files.write(bytes, to: path, mode: 0o444)
    return digest
  }

  /// Deletes the file of a digest; one that is not there stays so.
  ///
  /// - Throws: ``FileError``.
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
}
