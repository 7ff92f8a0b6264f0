internal import RelmFiles

/// A generation of views as it lies on disk: one for each version of the program that makes other rows of the same events.
package struct ViewGeneration: Sendable, Equatable {
  /// The fingerprint that it is named after.
  package let fingerprint: String
  /// Whether it is this program's.
  package let isOwn: Bool
  /// How long its file is, in bytes.
  package let bytes: Int
}

extension ViewStore {
  /// The generations that lie on disk.
  func generations() throws -> [ViewGeneration] {
    guard Files.exists(directory) else { return [] }
    return try Files.list(directory).sorted().filter(Self.isFingerprint).map { name in
      ViewGeneration(
        fingerprint: name, isOwn: directory + "/" + name == generation,
        bytes: try Files.length(directory + "/" + name + "/data.mdb"))
    }
  }

  private static func isFingerprint(_ name: String) -> Bool {
    name.utf8.count == 16
      && name.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || 97...102 ~= $0 }
  }

  /// Removes the generations of other program versions; whoever still uses one makes it anew.
  ///
  /// - Returns: what was removed.
  func removeOtherGenerations() throws -> [ViewGeneration] {
    let others = try generations().filter { !$0.isOwn }
    try withDirectoryLock(within: patience) {
      for other in others { try Files.remove(directory + "/" + other.fingerprint) }
    }
    return others
  }
}

extension Ledger {
  /// The generations of views on disk, this program's and those of other versions.
  package func viewGenerations() throws -> [ViewGeneration] { try views.generations() }

  /// Removes the generations of other program versions, which only cost room.
  package func removeOtherViewGenerations() throws -> [ViewGeneration] {
    guard !isReadOnly else {
      throw LedgerError(.readOnly, "the ledger at \(layout.root) may not be written to")
    }
    return try views.removeOtherGenerations()
  }
}
