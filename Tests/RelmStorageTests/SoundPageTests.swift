import Foundation
import RelmStorage
import RelmTestSupport
import Testing

/// What a store says before LMDB is asked: its heads, and what a write would build on.
@Suite("Sound pages")
struct SoundPageTests {
  private let folder = TemporaryFolder()

  /// A store with free pages, and rows of one page and of many.
  private func store() throws -> String {
    let path = folder.path + "/s"
    let store = try Environment.create(at: path, tables: [rows], durability: .everyCommit)
    for round in 0..<6 as Range<UInt64> {
      var write = try store.beginWrite(within: .zero)
      for row in 0..<60 as Range<UInt64> {
        try write.put(Key(bigEndian: round * 100 + row), [UInt8](repeating: 7, count: 30 * Int(row)), in: rows)
      }
      if round > 2 {
        for row in 0..<30 as Range<UInt64> {
          try write.delete(Key(bigEndian: (round - 3) * 100 + row), in: rows)
        }
      }
      try write.commit()
    }
    return path
  }

  /// What becomes of a write after the file was changed, in a process of its own that the guard watches over: `written`,
  /// the error, or `ended` by the guard.
  private func write(to path: String) throws -> String {
    let probe = try Probe("put-guarded", path)
    let line = probe.line()
    let status = probe.status()
    return line ?? (status == 2 ? "ended" : "status \(status)")
  }

  @Test("a head that claims what no store has is damaged, and is never an error of the machine")
  func heads() throws {
    let path = try store()
    let file = URL(filePath: path + "/data.mdb")
    let original = try Data(contentsOf: file)
    var found = 0
    for head in [0, 4096] {
      for offset in stride(from: 16, to: 152, by: 5) {
        for bit in [0, 6] {
          var bytes = original
          bytes[head + offset] ^= UInt8(1 << bit)
          try bytes.write(to: file)
          let end = try write(to: path)
          #expect(
            ["written", "damaged", "versionMismatch", "ended"].contains(end),
            "byte \(head + offset), bit \(bit): \(end)")
          found += end == "damaged" ? 1 : 0
        }
      }
    }
    #expect(found > 25)
  }

  @Test("a page that a write would build on, and that is not sound, is found before anything is written")
  func pages() throws {
    let path = try store()
    let file = URL(filePath: path + "/data.mdb")
    let original = try Data(contentsOf: file)
    var found = 0
    for page in 2..<original.count / 4096 {
      for offset in [10, 12, 16] {
        var bytes = original
        bytes[page * 4096 + offset] ^= 0x55
        try bytes.write(to: file)
        let end = try write(to: path)
        #expect(["written", "damaged", "ended"].contains(end), "page \(page), byte \(offset): \(end)")
        guard end == "damaged" else { continue }
        found += 1
        #expect(try Data(contentsOf: file) == bytes, "page \(page) is left as it was")
      }
    }
    #expect(found >= 9)
  }

  @Test("a walk over pages that lead in a circle ends")
  func circle() throws {
    let path = try store()
    let file = URL(filePath: path + "/data.mdb")
    let original = try Data(contentsOf: file)
    // Every branch page leads to its first child only.
    var bytes = original
    var branches = 0
    for page in 2..<original.count / 4096
    where original[page * 4096 + 10] == 1 && original[page * 4096 + 11] == 0 {
      let (start, count) = (
        page * 4096, (Int(original[page * 4096 + 12]) | Int(original[page * 4096 + 13]) << 8) - 16
      )
      let first = start + Int(original[start + 16]) | Int(original[start + 17]) << 8
      for place in stride(from: 2, to: count, by: 2) {
        let node = start + (Int(original[start + 16 + place]) | Int(original[start + 17 + place]) << 8)
        for byte in 0..<6 where first + byte < original.count { bytes[node + byte] = original[first + byte] }
      }
      branches += 1
    }
    try #require(branches > 0)
    try bytes.write(to: file)
    var seen = 0
    let failure = code {
      let store = try Environment.open(at: path, tables: [rows], durability: .onRequest, mode: .readOnly)
      try store.read { view throws(StorageError) in
        try view.forEach(in: rows) { _, _ throws(StorageError) in
          seen += 1
          return .continue
        }
      }
    }
    #expect(failure == .damaged || seen < 100_000)
  }
}
