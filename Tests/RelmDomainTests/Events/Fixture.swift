import Foundation
import RelmDomain

/// A file of canonical bytes that a version of this program wrote once and every later one must read.
enum Fixture {
  /// The folder beside the tests.
  private static let folder = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures")

  /// The bytes of a fixture, without the newline at its end.
  static func bytes(_ path: String) throws -> [UInt8] {
    var bytes = [UInt8](try Data(contentsOf: folder.appending(path: path)))
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    return bytes
  }

  /// The names of the fixtures in a folder, in order.
  static func names(in path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.appending(path: path).path).sorted()
  }

  /// The bytes of the data of an event of a type, in its current version.
  static func data(of type: EventType) throws -> [UInt8] {
    let version = EventCatalogue.description(of: type).version
    return try bytes("event/\(type.rawValue.dropFirst("relm.".count)).v\(version).json")
  }
}
