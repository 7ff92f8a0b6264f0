import Foundation

extension FileManager {
  /// Every file below a directory, with its bytes.
  static func contents(_ path: String) throws -> [(name: String, bytes: [UInt8])] {
    try listing(path).filter { !$0.hasSuffix("/") }.map { name in
      (name, [UInt8](try Data(contentsOf: URL(filePath: path + "/" + name))))
    }
  }

  /// Every path below a directory, sorted; directories end in a slash.
  static func listing(_ path: String) throws -> [String] {
    try Self.default.subpathsOfDirectory(atPath: path).map { name in
      var isDirectory: ObjCBool = false
      _ = Self.default.fileExists(atPath: path + "/" + name, isDirectory: &isDirectory)
      return isDirectory.boolValue ? name + "/" : name
    }.sorted()
  }
}
