package import Foundation

/// The folder of test vectors written by others, which stands beside the checkout where there is one.
package enum Vectors {
  /// `…/shared/vectors`, found from this source file; the tests that need it skip when it is absent.
  package static let folder: URL = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "../shared/vectors").standardizedFileURL

  /// Whether the vectors are there.
  package static var arePresent: Bool { FileManager.default.fileExists(atPath: folder.path) }

  /// What a skipped test says.
  package static let absence =
    "skipped: the folder of test vectors is not beside the checkout (../shared/vectors)"

  /// The bytes of one vector file, by its path below the folder.
  package static func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: path)))
  }
}
