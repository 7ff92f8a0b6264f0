import RelmBytes
import RelmStorage
import Testing

@Suite("Scans")
struct ScanTests {
  @Test("a scan shows just the rows within its bounds, in either direction", arguments: [11 as UInt64, 12, 13])
  func againstModel(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    func randomKey() -> [UInt8] {
      let count = Int.random(in: 1...3, using: &generator)
      return (0..<count).map { _ in [0, 1, 0x7F, 0xFE, 0xFF].randomElement(using: &generator) ?? 0 }
    }
    let store = try TestStore()
    var model: [[UInt8]] = []
    var write = try store.environment.beginWrite(within: .zero)
    for _ in 0..<60 {
      let key = randomKey()
      try write.put(key, key.reversed(), in: rows)
      model.append(key)
    }
    try write.commit()
    model = Set(model).sorted { $0.lexicographicallyPrecedes($1) }
    #expect(try store.count() == model.count)

    for _ in 0..<3000 {
      func maybe() -> [UInt8]? { Int.random(in: 0..<3, using: &generator) == 0 ? randomKey() : nil }
      let (from, through, upTo, prefix) = (maybe(), maybe(), maybe(), maybe())
      let isReversed = Bool.random(using: &generator)
      let limit = Bool.random(using: &generator) ? Int.max : Int.random(in: 0...5, using: &generator)
      var expected = model.filter { key in
        (from.map { !key.lexicographicallyPrecedes($0) } ?? true)
          && (through.map { !$0.lexicographicallyPrecedes(key) } ?? true)
          && (upTo.map { key.lexicographicallyPrecedes($0) } ?? true)
          && (prefix.map { key.starts(with: $0) } ?? true)
      }
      if isReversed { expected.reverse() }
      expected = Array(expected.prefix(limit))

      var found: [[UInt8]] = []
      try store.environment.read { view throws(StorageError) in
        try view.forEach(
          in: rows, from: from.map { Key($0) }, through: through.map { Key($0) }, upTo: upTo.map { Key($0) },
          prefix: prefix.map { Key($0) }, reversed: isReversed, limit: limit
        ) { key, value in
          found.append([UInt8](key))
          return value.reversed().elementsEqual(key) ? .continue : .stop
        }
      }
      #expect(
        found == expected,
        "seed \(seed): from \(from ?? []) through \(through ?? []) up to \(upTo ?? []) prefix \(prefix ?? [])")
    }
  }

  @Test("a scan ends when it is told to")
  func stop() throws {
    let store = try TestStore()
    try store.put(("a", []), ("b", []), ("c", []))
    var seen = 0
    try store.environment.read { view throws(StorageError) in
      try view.forEach(in: rows) { _, _ in
        seen += 1
        return seen == 2 ? .stop : .continue
      }
    }
    #expect(seen == 2)
  }

  @Test("an empty table has no rows, and no first or last key")
  func empty() throws {
    let store = try TestStore()
    let (first, last) = try store.environment.read { view throws(StorageError) in
      try view.forEach(in: rows, reversed: true) { _, _ in
        Issue.record("a row of an empty table")
        return .stop
      }
      return (try view.firstKey(in: rows), try view.lastKey(in: rows))
    }
    #expect(first == nil && last == nil)
  }

  @Test("two cursors walk side by side")
  func cursors() throws {
    let store = try TestStore()
    try store.put(("a", [1]), ("b", [2]))
    try store.put(("x", [3]), ("y", [4]), in: others)
    var seen: [UInt8] = []
    try store.environment.read { view throws(StorageError) in
      try view.withCursor(in: rows) { one throws(StorageError) in
        try view.withCursor(in: others, reversed: true) { two throws(StorageError) in
          while let left = try one.next(), let right = try two.next() {
            seen += [UInt8](left.value) + [UInt8](right.value)
          }
        }
      }
    }
    #expect(seen == [1, 4, 2, 3])
  }
}
