package import RelmProof
package import RelmStorage
package import RelmDomain

/// The tables of `log/`, and what their keys and values are: the whole layout on one page.
///
/// Two tables and no more: every further one would make each durable commit dearer, and all else can be derived.
package enum LogSchema {
  /// Position (8 bytes, big-endian) → the record's bytes, appended in order.
  package static let events = Table("events")
  /// Name → value: ``formatKey``, ``originKey``, ``headKey``.
  package static let meta = Table("meta")

  package static let tables = [events, meta]

  /// `format` → ``format`` as text. A program that does not know the format does not touch the log.
  static let formatKey = Array("format".utf8)
  /// `origin` → the ledger's origin as text: the name that its checkpoints bear.
  static let originKey = Array("origin".utf8)
  /// `head` → ``LogHead``.
  static let headKey = Array("head".utf8)

  /// The format that this program writes, and the newest that it reads.
  package static let format = 1
}

/// The end of the log: what the next append builds on. It is written in the same transaction as the records.
package struct LogHead: Equatable, Sendable {
  /// When the last record was taken; nil in an empty log. The next is never earlier.
  package var lastRecorded: Instant?
  /// The right edge of the tree over all records; its size is how many there are.
  package var frontier: Frontier

  package init() {
    frontier = Frontier()
  }

  /// How many records the log has, and the position of the next.
  package var size: TreeSize { frontier.size }

  /// Reads the stored form: size (8), last recorded time (8, microseconds), the frontier's hashes (32 each).
  package init?(bytes: [UInt8]) {
    guard bytes.count >= 16, (bytes.count - 16).isMultiple(of: 32) else { return nil }
    let size = Self.number(bytes, at: 0)
    let recorded = Int64(bitPattern: Self.number(bytes, at: 8))
    var hashes: [Digest] = []
    for offset in stride(from: 16, to: bytes.count, by: 32) {
      guard let digest = Digest(bytes: bytes[offset..<offset + 32]) else { return nil }
      hashes.append(digest)
    }
    // A time that no record can bear would run over where it is counted with.
    guard let frontier = Frontier(size: TreeSize(size), hashes: hashes),
      (Instant.earliest.microseconds...Instant.latest.microseconds).contains(recorded)
    else { return nil }
    self.frontier = frontier
    lastRecorded = size == 0 ? nil : Instant(microseconds: recorded)
  }

  package var bytes: [UInt8] {
    var bytes = Key(bigEndian: size.value).bytes
    bytes += Key(bigEndian: UInt64(bitPattern: lastRecorded?.microseconds ?? 0)).bytes
    for hash in frontier.hashes { bytes.append(contentsOf: hash.bytes) }
    return bytes
  }

  private static func number(_ bytes: [UInt8], at offset: Int) -> UInt64 {
    bytes[offset..<offset + 8].reduce(0) { $0 << 8 | UInt64($1) }
  }
}
