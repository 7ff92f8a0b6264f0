internal import Foundation
internal import Testing

/// A directory that is gone when the test is.
package final class TemporaryFolder: Sendable {
  package let path: String

  package init() {
    path = FileManager.default.temporaryDirectory.appending(path: "relm-test-\(UUID().uuidString)").path
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      Issue.record(error)
    }
  }

  deinit {
    if FileManager.default.fileExists(atPath: path) { remove() }
  }

  /// Removes it at once, for a process that is going to trap. What is open in it can still be used.
  package func remove() {
    do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) }
  }

  /// The names in it, without the two dots.
  package func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
}
