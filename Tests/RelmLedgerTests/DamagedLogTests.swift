import Foundation
import RelmDomain
import RelmLog
import RelmProof
import RelmStorage
import Testing

/// A log whose pages are sound and whose rows are not what was written.
@Suite("A log with rows that do not fit")
struct DamagedLogTests {
  private let workshop: Workshop

  init() throws {
    workshop = try Workshop()
    for batch in 0..<3 { try workshop.append((0..<5).map { Sample.activity("\(batch)-\($0)") }) }
  }

  /// A copy of the ledger, its log changed by hand.
  private func copy(_ name: String, _ change: (inout WriteTransaction) throws(StorageError) -> Void) throws
    -> String
  {
    let copy = try workshop.copy(named: name)
    let environment = try Environment.open(
      at: copy + "/log", tables: LogSchema.tables, durability: .everyCommit, mode: .readWrite)
    var write = try environment.beginWrite(within: .seconds(5))
    try change(&write)
    try write.commit()
    return copy
  }

  /// What reads and what writes ends with 2, and leaves the log as it is.
  private func expectBroken(_ ledger: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let before = try Data(contentsOf: URL(filePath: ledger + "/log/data.mdb"))
    for command in [
      [
        "record", "activity.recorded", "--actor", "owner@example.org", "--subject", "release/a/1", "activity=x",
      ], ["append", "-", "--source", "/t"],
      ["state"], ["stats"], ["log"], ["verify"], ["log", "--limit", "1"], ["obligations"], ["checkpoint"],
    ] {
      let run = try Program.run(
        Program.path("relm"), command + ["--ledger", ledger], input: Data(Sample.activity("new").utf8),
        limitSeconds: 30)
      #expect(
        run.status == 2, "\(command): \(String(describing: run.status)) \(run.remarks)",
        sourceLocation: sourceLocation)
    }
    #expect(
      try Data(contentsOf: URL(filePath: ledger + "/log/data.mdb")) == before, sourceLocation: sourceLocation)
  }

  @Test("a row behind the end is found by whoever appends or reads, with 2")
  func strayRow() throws {
    try expectBroken(
      copy("stray") { write throws(StorageError) in
        try write.put(Key(bigEndian: UInt64(77)), Array("{}".utf8), in: LogSchema.events)
      })
    try expectBroken(
      copy("next") { write throws(StorageError) in
        try write.put(Key(bigEndian: UInt64(16)), Array("{}".utf8), in: LogSchema.events)
      })
  }

  @Test("a row that is missing at the end is found by whoever appends or reads, with 2")
  func missingRow() throws {
    try expectBroken(
      copy("missing") { write throws(StorageError) in
        try write.delete(Key(bigEndian: UInt64(15)), in: LogSchema.events)
      })
  }

  @Test("a head of zeros, of nothing, of noise, or of another size is found, with 2")
  func heads() throws {
    let heads: [[UInt8]] = [
      [], [UInt8](repeating: 0, count: 16), [UInt8](repeating: 0, count: 48),
      [UInt8](repeating: 0xFF, count: 16 + 64 * 32),
      [UInt8](repeating: 0xA5, count: 16 + 32 * 4), [0x80] + [UInt8](repeating: 0, count: 15 + 32),
    ]
    for (number, head) in heads.enumerated() {
      try expectBroken(
        copy("head\(number)") { write throws(StorageError) in
          try write.put(Key("head"), head, in: LogSchema.meta)
        })
    }
  }

  @Test(
    "a head with a time that no record has is found, with 2, however far it is off",
    arguments: [Int64.min, -1, .max, 253_402_300_799_999_999])
  func absurdTime(time: Int64) throws {
    let path = try copy("time") { write throws(StorageError) in
      guard var head = try write.get(LogSchema.meta, Key("head")) else { return }
      head.replaceSubrange(8..<16, with: Key(bigEndian: UInt64(bitPattern: time)).bytes)
      try write.put(Key("head"), head, in: LogSchema.meta)
    }
    let run = try Program.relm(
      "record", "activity.recorded", "--actor", "owner@example.org", "--subject", "release/a/1", "activity=x",
      "--ledger", path)
    #expect(run.status == 2, "\(run.remarks)")
    #expect(try Program.relm("verify", "--ledger", path).status == 2)
    let show = try Program.relm("show", "3", "--ledger", path)
    #expect(show.status == 0 || show.status == 2)
  }
}
