import RelmBytes
import RelmViews
import RelmTestWorld
import Testing

@Suite("Changes held over rows that lie elsewhere")
struct OverlayTests {
  private static let tables = [IndexTables.ids, IndexTables.streams]

  /// A key of few, so that keys meet again and again: some a beginning of another, some long.
  private static func key(_ chance: inout SplitMix64) -> [UInt8] {
    let long = [0, 0, 6, 13, 14, 15, 21, 22, 23, 29, 30, 31, 100].randomElement(using: &chance) ?? 0
    let bytes: [UInt8] = [0, 1, 0x7F, 0xFF]
    return Array(repeating: 0, count: long)
      + (0..<Int.random(in: 1...2, using: &chance)).map { _ in bytes.randomElement(using: &chance) ?? 0 }
  }

  @Test(
    "an overlay reads like plain rows, through savepoints, roll-backs, scans and flushes",
    arguments: UInt64(1)...60)
  func readsLikePlainRows(seed: UInt64) throws {
    var chance = SplitMix64(seed: seed)
    let base = PlainRows()
    let model = PlainRows()
    for table in Self.tables {
      for _ in 0..<Int.random(in: 0...20, using: &chance) {
        let (key, value) = (Self.key(&chance), [UInt8.random(in: 0...9, using: &chance)])
        base.put(table, key, value)
        model.put(table, key, value)
      }
    }
    let overlay = Overlay(over: base)
    var saved: [RowTable: [[UInt8]: [UInt8]]]?
    for step in 0..<200 {
      let table = try #require(Self.tables.randomElement(using: &chance))
      let key = Self.key(&chance)
      switch Int.random(in: 0..<20, using: &chance) {
      case 0..<7:
        let value = [UInt8.random(in: 0...9, using: &chance)]
        overlay.put(table, key, value)
        model.put(table, key, value)
      case 7..<11:
        overlay.delete(table, key)
        model.delete(table, key)
      case 11:
        guard saved == nil else { continue }
        overlay.savepoint()
        saved = model.content.tables
      case 12:
        guard let before = saved else { continue }
        overlay.rollBack()
        model.content.tables = before
        saved = nil
      case 13:
        guard saved != nil else { continue }
        overlay.keep()
        saved = nil
      case 14:
        guard saved == nil else { continue }
        try overlay.flush(into: base)
        for table in Self.tables {
          #expect(base.rows(table) == model.rows(table), "seed \(seed), step \(step)")
        }
      default: break
      }
      let lower = Bool.random(using: &chance) ? Self.key(&chance) : nil
      let upper = Bool.random(using: &chance) ? Self.key(&chance) : nil
      let reversed = Bool.random(using: &chance)
      let limit = Int.random(in: 0...12, using: &chance)
      let expected = model.rows(table, from: lower, upTo: upper, reversed: reversed).prefix(limit)
      let found = try overlay.collected(table, from: lower, upTo: upper, reversed: reversed, limit: limit)
      try #require(found == Array(expected), "seed \(seed), step \(step)")
      try #require(try overlay.row(table, key) == model.row(table, key), "seed \(seed), step \(step)")
    }
  }

  @Test("what is thrown in the middle of a scan comes out, and ends it")
  func bodiesMayThrow() throws {
    struct Enough: Error {}
    let overlay = Overlay(over: NoRows())
    let table = Self.tables[0]
    for number in UInt8(0)..<5 { overlay.put(table, [number], []) }
    var seen = 0
    #expect(throws: Enough.self) {
      try overlay.scan(table, from: nil, upTo: nil, reversed: false) { _, _ in
        seen += 1
        if seen == 2 { throw Enough() }
        return true
      }
    }
    #expect(seen == 2)
  }

  @Test("a flush writes rows and removals down, once, and the overlay then holds nothing back")
  func flushesOnce() throws {
    let (base, table) = (PlainRows(), Self.tables[0])
    base.put(table, [1], [1])
    let overlay = Overlay(over: base)
    overlay.delete(table, [1])
    overlay.put(table, [2], [2])
    #expect(base.rows(table) == [PlainRow(key: [1], value: [1])])
    try overlay.flush(into: base)
    #expect(base.rows(table) == [PlainRow(key: [2], value: [2])])
    base.delete(table, [2])
    #expect(try overlay.row(table, [2]) == nil)
    try overlay.flush(into: base)
    #expect(base.rows(table).isEmpty)
  }
}

@Suite("Prefixes of keys")
struct PrefixTests {
  @Test("a scan by prefix finds exactly the keys that begin with it", arguments: UInt64(1)...20)
  func findsBeginnings(seed: UInt64) throws {
    var chance = SplitMix64(seed: seed)
    let (rows, table) = (PlainRows(), IndexTables.ids)
    var keys: Set<[UInt8]> = []
    for _ in 0..<60 {
      let key = (0..<Int.random(in: 1...4, using: &chance)).map { _ in
        [0, 0xFE, 0xFF].randomElement(using: &chance) ?? UInt8(0)
      }
      keys.insert(key)
      rows.put(table, key, [])
    }
    for prefix in keys.map({ Array($0.dropLast()) }) + [[], [0xFF], [0xFF, 0xFF]] {
      for reversed in [false, true] {
        var found: [[UInt8]] = []
        try rows.scan(table, prefix: prefix, reversed: reversed) { key, _ in
          found.append(key)
          return true
        }
        var expected = keys.filter { $0.starts(with: prefix) }.sorted { $0.lexicographicallyPrecedes($1) }
        if reversed { expected.reverse() }
        #expect(found == expected, "seed \(seed), prefix \(prefix)")
      }
    }
  }
}
