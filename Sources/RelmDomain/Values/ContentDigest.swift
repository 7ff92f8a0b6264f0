/// The identity of an artifact, a package or a file, as an event names it: `sha256:9f86…`, `gitCommit:3f78…`.
///
/// Algorithms carry the names of in-toto's digest sets, so that a statement's subject and an event compare as they
/// stand. Only algorithms listed here are taken, with hex of the right length: a misspelt algorithm would be an
/// identity that nothing ever matches.
package struct ContentDigest: Hashable, Sendable, CustomStringConvertible {
  /// Algorithm, colon, lower-case hex.
  package let text: String

  /// - Returns: nil where the text is not a digest as the schema says.
  package init?(_ text: String) {
    guard Self.isDigest(text) else { return nil }
    self.text = text
  }

  /// Everything before the colon.
  package var algorithm: Substring { text.prefix { $0 != ":" } }

  package var description: String { text }

  /// The algorithms taken, each with the lengths of hex that it gives.
  private static func lengths(of algorithm: String) -> [Int] {
    switch algorithm {
    case "sha3_256", "blake2s", "blake3": [64]
    case "sha384", "sha3_384": [96]
    case "sha512", "sha3_512", "blake2b": [128]
    case "gitCommit", "gitTree", "gitBlob", "gitTag": [40, 64]
    case "sha1": [40]
    case "md5": [32]
    default: []
    }
  }

  private static func isDigest(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return false }
      let algorithm = bytes[..<colon]
      let hex = bytes[(colon + 1)...]
      guard hex.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 || $0 &- UInt8(ascii: "a") < 6 }) else {
        return false
      }
      // Nearly every digest is one, and every event with artifacts has some.
      let usual: StaticString = "sha256"
      if usual.withUTF8Buffer({ algorithm.elementsEqual($0) }) { return hex.count == 64 }
      return lengths(of: String(decoding: algorithm, as: UTF8.self)).contains(hex.count)
    }
  }
}
