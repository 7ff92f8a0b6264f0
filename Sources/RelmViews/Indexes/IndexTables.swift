package import RelmDomain
package import RelmProof

/// Every index table: what its keys and values are. Numbers are big-endian, so byte order is number order.
///
/// Names that recur in every event (sources, streams, types) get a number once, so that the keys that repeat them
/// stay short and neighbours stay together.
package enum IndexTables {
  /// `source` → number (4 bytes).
  package static let sources = RowTable("sources", place: 0)
  /// Source number (4), tagged id → position (8). See ``EventIDKey``.
  package static let ids = RowTable("ids", place: 1)
  /// Stream name → ``StreamHead``.
  package static let streams = RowTable("streams", place: 2)
  /// Stream number (4), version (8) → position (8).
  package static let streamEvents = RowTable("streamevents", place: 3)
  /// Type name → number (4).
  package static let types = RowTable("types", place: 4)
  /// Type number (4), position (8) → nothing.
  package static let typeEvents = RowTable("typeevents", place: 5)
  /// When it happened (8, shifted so that times before 1970 come first), position (8) → nothing.
  package static let times = RowTable("times", place: 6)
  /// Level (1: 8, 16, 24, …), index (8) → the 32 bytes of that full subtree's root.
  ///
  /// Levels between are computed from the 256 hashes below; leaf hashes are computed from the records.
  package static let nodes = RowTable("nodes", place: 7)

  package static let all = [sources, ids, streams, streamEvents, types, typeEvents, times, nodes]

  /// Position of an event (8), position of what annuls it (8) → nothing.
  package static let annulments = RowTable("annulments", place: 26)
  /// Place of a view (1), the first 24 bytes of SHA-256 of a row's key, position (8) → nothing: which events touched a
  /// row. Kept for rows that are touched from several streams, or by few events of a stream that can be long; what touched
  /// another row is its stream. Under 255 which events of other streams name a release, and under 254 which event is the
  /// first of each of a package's releases; under 253 which events made a service usual for a package in a context, by who
  /// may say so or not, with the service as the value (none where who may has named none); under 252 which events said of a release, by who may, that it concerns no more services than
  /// it names; under 251 which events name somebody as an author of a commit; under 249 which events took an approval back.
  package static let touches = RowTable("touches", place: 27)
  /// 0 (1), position of an act (8), position of what it rests on (8) → nothing; and the same the other way round under 1.
  package static let reliances = RowTable("reliances", place: 28)
  /// Place of a view (1), a row's key → its components unabridged, of rows that were there and are no more, and of rows
  /// whose key is too long to stand as it is: what their key alone does not tell.
  package static let keys = RowTable("keys", place: 29)

  /// Place of a view (1), the first 24 bytes of SHA-256 of a row's key, position (8) → position of the first event on
  /// which the annulment bears that stands there, or all ones (8), and the row's bytes as they were then, which are none
  /// where there was no row. See ``Milestone``.
  package static let milestones = RowTable("milestones", place: 30)

  /// What is needed to fold an entity again, and to tell what rested on it.
  package static let history = [annulments, touches, reliances, keys, milestones]

  /// Raised when the meaning of a table changes: it is part of the views' fingerprint.
  package static let revision = 8
}

/// The last record of a stream, as the next one builds on it.
package struct StreamHead: Equatable, Sendable {
  /// The number that stands for the stream in other tables.
  package var number: UInt32
  /// How many records the stream has: the version of the next.
  package var count: UInt64
  /// Where its last record stands.
  package var last: Position
  /// The leaf hash of its last record: the next one's `streamprevious`.
  package var digest: Digest

  package init(number: UInt32, count: UInt64, last: Position, digest: Digest) {
    self.number = number
    self.count = count
    self.last = last
    self.digest = digest
  }

  package init?(bytes: [UInt8]) {
    guard bytes.count == 52, let number = RowBytes.uint32(bytes), let count = RowBytes.place(bytes, at: 4),
      let last = RowBytes.place(bytes, at: 12), let digest = Digest(bytes: bytes[20...]), count > 0
    else { return nil }
    self.init(number: number, count: count, last: Position(last), digest: digest)
  }

  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(52)
    RowBytes.append(number, to: &bytes)
    RowBytes.append(count, to: &bytes)
    RowBytes.append(last.value, to: &bytes)
    bytes.append(contentsOf: digest.bytes)
    return bytes
  }
}

/// Keys of names and ids, within the store's limit of 511 bytes.
package enum IndexKey {
  /// The longest name that stands as it is.
  static let longestName = 400

  /// What the keys of all names begin with that begin like this and do not stand as their hash.
  package static func beginning(of name: String) -> [UInt8] { [0] + name.utf8 }

  /// What the keys of all names begin with that stand as their hash.
  package static let hashedNames: [UInt8] = [1]

  /// A name's own bytes after a zero byte, or where it is long a one byte and its SHA-256.
  package static func name(_ name: String) -> [UInt8] {
    var name = name
    return name.withUTF8 { utf8 in
      if utf8.count <= longestName { return [0] + utf8 }
      return [1] + Digest(of: Array(utf8)).bytes
    }
  }

  /// An event's id within its source: a lower-case UUID as its 16 bytes, so that neighbours in time stay together;
  /// another id as it is; a long one as its SHA-256.
  package static func id(_ id: String, source: UInt32) -> [UInt8] {
    var key: [UInt8] = []
    key.reserveCapacity(24)
    RowBytes.append(source, to: &key)
    if let uuid = packedUUID(id) {
      key.append(0)
      key.append(contentsOf: uuid)
    } else if id.utf8.count <= longestName {
      key.append(1)
      key.append(contentsOf: id.utf8)
    } else {
      key.append(2)
      key.append(contentsOf: Digest(of: Array(id.utf8)).bytes)
    }
    return key
  }

  /// When something happened, then its position: byte order is the order of time.
  package static func time(_ instant: Instant, _ position: Position) -> [UInt8] {
    var key = timeBound(instant)
    RowBytes.append(position.value, to: &key)
    return key
  }

  /// The first 8 bytes of such a key: a bound for scans.
  package static func timeBound(_ instant: Instant) -> [UInt8] {
    var key: [UInt8] = []
    key.reserveCapacity(16)
    RowBytes.append(UInt64(bitPattern: instant.microseconds) ^ 1 << 63, to: &key)
    return key
  }

  /// A number that stands for a name, then a place.
  package static func numbered(_ number: UInt32, _ place: UInt64) -> [UInt8] {
    var key: [UInt8] = []
    key.reserveCapacity(12)
    RowBytes.append(number, to: &key)
    RowBytes.append(place, to: &key)
    return key
  }

  /// Two positions, one after the other.
  package static func pair(_ first: Position, _ second: Position, under tag: UInt8? = nil) -> [UInt8] {
    var key: [UInt8] = tag.map { [$0] } ?? []
    RowBytes.append(first.value, to: &key)
    RowBytes.append(second.value, to: &key)
    return key
  }

  /// What the keys of all touches and of all milestones of a row begin with.
  package static func touches(of row: [UInt8], in table: RowTable) -> [UInt8] {
    [UInt8(table.place)] + Digest(of: row).bytes.prefix(24)
  }

  /// Where a row's milestone at a position stands.
  ///
  /// - Parameters:
  ///   - position: the last event that it holds.
  ///   - row: what the keys of all the row's milestones begin with.
  static func milestone(_ position: Position, of row: [UInt8]) -> [UInt8] {
    var key = row
    RowBytes.append(position.value, to: &key)
    return key
  }

  /// What the keys of all events begin with that name a release and stand in another stream.
  package static func mentions(of release: Subject) -> [UInt8] {
    [255] + Digest(of: Array(release.text.utf8)).bytes.prefix(24)
  }

  /// What the keys of the first events of all releases of a package begin with.
  package static func releases(of package: String) -> [UInt8] {
    [254] + Digest(of: Array(package.utf8)).bytes.prefix(24)
  }

  /// What the keys of all events begin with that made a service usual for a package; then the context and whether somebody
  /// with authority has named it (1), the first 16 bytes of the service's SHA-256, and the position.
  static func usualServices(of package: String) -> [UInt8] {
    [253] + Digest(of: Array(package.utf8)).bytes.prefix(24)
  }

  /// The whole of such a key.
  static func usual(
    _ service: String, of package: String, in context: Context, isSaid: Bool, _ position: Position
  ) -> [UInt8] {
    var key = usualServices(of: package) + [number(of: context) | (isSaid ? said : 0)]
    key += Digest(of: Array(service.utf8)).bytes.prefix(16)
    RowBytes.append(position.value, to: &key)
    return key
  }

  /// What such a key's context bears where somebody with authority has named the service.
  static let said: UInt8 = 1 << 1

  /// What the keys of all events begin with that said of a release, by who may, which services it concerns in a context.
  package static func narrowings(of release: Subject, in context: Context) -> [UInt8] {
    [252] + Digest(of: Array(release.text.utf8)).bytes.prefix(24) + [number(of: context)]
  }

  /// What the keys of all events begin with that name an author of a commit; then the author (16) and the position.
  static func authors(ofCommit id: String) -> [UInt8] {
    [251] + Digest(of: Array(id.utf8)).bytes.prefix(24)
  }

  /// The whole of such a key.
  static func author(_ person: PersonID, ofCommit id: String, _ position: Position) -> [UInt8] {
    var key = authors(ofCommit: id)
    RowBytes.append(person.uuid.high, to: &key)
    RowBytes.append(person.uuid.low, to: &key)
    RowBytes.append(position.value, to: &key)
    return key
  }

  private static func number(of context: Context) -> UInt8 {
    switch context {
    case .development: 0
    case .production: 1
    }
  }

  /// The context that a number in a key stands for; nil for none.
  package static func context(_ number: UInt8) -> Context? {
    Context.allCases.first { self.number(of: $0) == number }
  }

  /// What the keys of all events begin with that say that a release is made of a commit.
  package static func releases(with commit: String) -> [UInt8] {
    [250] + Digest(of: Array(commit.utf8)).bytes.prefix(24)
  }

  /// What the keys of all events begin with that took back the approval at a position, of a release of a package.
  static func withdrawals(ofApproval position: Position, of package: String) -> [UInt8] {
    var key = [249] + Digest(of: Array(package.utf8)).bytes.prefix(24)
    RowBytes.append(position.value, to: &key)
    return key
  }

  /// A stored tree node.
  package static func node(level: Int, index: UInt64) -> [UInt8] {
    var key: [UInt8] = [UInt8(level)]
    RowBytes.append(index, to: &key)
    return key
  }

  /// The 16 bytes of an id that is exactly a lower-case UUID in its usual form; nil for anything else, so that the
  /// id can always be told from its key.
  static func packedUUID(_ id: String) -> [UInt8]? {
    guard id.utf8.count == 36 else { return nil }
    var packed: [UInt8] = []
    packed.reserveCapacity(16)
    var high: UInt8?
    for (offset, byte) in id.utf8.enumerated() {
      if offset == 8 || offset == 13 || offset == 18 || offset == 23 {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      let digit: UInt8
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
      default: return nil
      }
      if let upper = high {
        packed.append(upper << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    return packed
  }
}
