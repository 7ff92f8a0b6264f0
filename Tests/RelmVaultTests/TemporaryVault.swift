import Foundation
import RelmVault

/// A vault in a folder of its own, removed with the value.
final class TemporaryVault: Sendable {
  let root: URL
  let vault: Vault

  init(entropy: Entropy = .system) throws {
    root = FileManager.default.temporaryDirectory.appending(path: "relm-vault-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    vault = try Vault.create(at: root.appending(path: "vault").path, entropy: entropy)
  }

  deinit {
    do { try FileManager.default.removeItem(at: root) } catch { print("left behind: \(root.path): \(error)") }
  }

  /// Opened anew, as another process would.
  func reopened(entropy: Entropy = .system) throws -> Vault {
    try Vault.open(at: vault.folder, entropy: entropy)
  }

  /// The files below a folder of the vault.
  func files(in folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(vault.folder)/\(folder)").sorted()
  }

  func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
  }

  func mode(_ path: String) throws -> Int {
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
    guard let mode = mode as? NSNumber else { throw CocoaError(.fileReadUnknown) }
    return mode.intValue
  }

  /// All bytes of all files, for a search.
  func everything() throws -> Data {
    var all = Data()
    for folder in ["people", "accounts"] {
      for file in try files(in: folder) {
        all.append(Data(file.utf8))
        all.append(try Data(contentsOf: URL(filePath: "\(vault.folder)/\(folder)/\(file)")))
      }
    }
    return all
  }
}

/// Bytes that a seed determines.
final class SeededBytes: @unchecked Sendable {
  private let lock = NSLock()
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  var entropy: Entropy {
    Entropy { count in
      self.lock.withLock {
        (0..<count).map { _ in
          self.state = self.state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
          return UInt8(truncatingIfNeeded: self.state >> 33)
        }
      }
    }
  }
}
