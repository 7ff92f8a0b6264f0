internal import Glibc
internal import RelmFiles
internal import RelmVault

extension Ledger {
  /// What an open file is that must never be read into the log: of the vault, or the private key elsewhere, under whatever name
  /// or link it was opened; or what a kernel tells of processes, whose environments hold secrets. nil for any other.
  ///
  /// - Throws: `FileError`, `VaultError`.
  package func secret(in descriptor: Int32) throws -> String? {
    var about = stat()
    guard fstat(descriptor, &about) == 0 else {
      throw FileError(path: "the file", operation: "look at", code: errno)
    }
    let place = Files.resolved("/proc/self/fd/\(descriptor)")
    if let place, Self.toldByKernel.contains(where: place.hasPrefix) { return "a file of the running system" }
    return try isOfVault(place, about) ? "a file of the ledger's vault" : nil
  }

  /// Where there are no files but what the kernel tells.
  private static let toldByKernel = ["/proc/", "/sys/"]

  private func isOfVault(_ place: String?, _ about: stat) throws -> Bool {
    if let place, let vault = Files.resolved(layout.vault),
      place.hasPrefix(vault + "/")
    {
      return true
    }
    func isIt(_ path: String) throws(FileError) -> Bool {
      guard let other = try Files.status(path) else { return false }
      return FileIdentity(other) == FileIdentity(about)
    }
    let key = try signingKeyPath()
    if try isIt(key) || isIt(key + ".next") { return true }
    return try !vault.isAbsent && Self.contains(layout.vault, isIt)
  }

  /// Whether a directory has a file, at any depth, for which this holds: a second name of it may lie anywhere.
  private static func contains(
    _ directory: String, _ body: (String) throws(FileError) -> Bool
  ) throws(FileError) -> Bool {
    for name in try Files.list(directory) {
      let path = directory + "/" + name
      if try body(path) { return true }
      guard let mode = try Files.status(path)?.st_mode, mode & S_IFMT == S_IFDIR else { continue }
      if try contains(path, body) { return true }
    }
    return false
  }
}
