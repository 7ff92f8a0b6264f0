internal import RelmDomain
package import RelmProof

/// How far a watcher has come: where it goes on, in which ledger, behind which event.
///
/// Its file is canonical JSON: `{"leaf":…,"next":…,"origin":…}`. Origin and leaf hash tell a cursor of another ledger, or
/// of a log that was cut off and written anew, from one that may go on here: it is refused, and nothing is skipped.
package struct WatchCursor: Sendable, Equatable {
  /// The origin of the ledger that it belongs to.
  package let origin: String
  /// The first position that is not handled.
  package let next: Position
  /// The leaf hash of the record before `next`; nil where that is the log's beginning.
  package let leaf: Digest?

  package init(origin: String, next: Position, leaf: Digest?) {
    self.origin = origin
    self.next = next
    self.leaf = leaf
  }

  /// The longest name of a cursor.
  package static let longestName = 200

  /// Whether a name may be a cursor's: letters, digits, dots, dashes and underscores, and neither `.` nor `..`.
  package static func isName(_ text: String) -> Bool {
    guard !text.isEmpty, text.utf8.count <= longestName, text != ".", text != ".." else { return false }
    return text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
  }

  /// What its file holds.
  package var bytes: [UInt8] {
    var writer = CanonicalWriter()
    writer.beginObject()
    if let leaf {
      writer.key("leaf")
      writer.string(leaf.base64)
    }
    writer.key("next")
    writer.integer(Int64(next.value))
    writer.key("origin")
    writer.string(origin)
    writer.endObject()
    return writer.bytes + [UInt8(ascii: "\n")]
  }

  /// Reads what a file holds; nil where that is no cursor.
  package init?(bytes: [UInt8]) {
    let root: JSONNode
    do {
      root = try JSONDocument(bytes).root
    } catch {
      return nil
    }
    guard root.kind == .object, let origin = root["origin"]?.string, let next = root["next"]?.integer, next >= 0
    else { return nil }
    let leaf = root["leaf"]?.string.flatMap { Digest(base64: $0) }
    guard (leaf == nil) == (next == 0) else { return nil }
    self.init(origin: origin, next: Position(UInt64(next)), leaf: leaf)
  }
}
