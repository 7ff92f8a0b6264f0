import Foundation
import RelmBytes
import RelmDomain
import RelmLedger
import RelmProof
import Synchronization
import Testing

@Suite("A flipped byte in the log")
struct FlippedByteTests {
  private let workshop: Workshop

  /// Many commits, so that pages have been set free, and records that need pages of their own.
  init() throws {
    workshop = try Workshop()
    for batch in 0..<12 {
      try workshop.append((0..<6).map { Sample.activity("\(batch)-\($0)", subject: "release/shop/\($0)") })
      let text = String(repeating: "long ", count: 400 * (batch % 4))
      try workshop.append([
        #"{"id":"large-\#(batch)","type":"org.example.large","subject":"s","data":"\#(text)"}"#
      ])
    }
  }

  /// The heads of the file, the heads of its pages, and the rest at random.
  private func places(in size: Int, seed: UInt64) -> [Int] {
    var luck = SplitMix64(seed: seed)
    var places: [Int] = []
    for head in [0, 4096] {
      places += stride(from: head, to: head + 152, by: 4).map { $0 + Int.random(in: 0..<4, using: &luck) }
    }
    for page in 2..<size / 4096 { places.append(page * 4096 + Int.random(in: 0..<24, using: &luck)) }
    for _ in 0..<60 { places.append(Int.random(in: 0..<size, using: &luck)) }
    return places
  }

  @Test("wherever it is, the check finds it or it is harmless, and never hangs", arguments: [UInt64(4711)])
  func foundOrHarmless(seed: UInt64) throws {
    let original = try Data(contentsOf: URL(filePath: workshop.root + "/log/data.mdb"))
    let raw = try Program.relm("log", "--raw", "--ledger", workshop.root)
    #expect(raw.status == 0 && raw.output.split(separator: 10).count == 85)
    let copies = try (0..<2).map { try workshop.copy(named: "copy\($0)") }
    let places = places(in: original.count, seed: seed)
    let found = Mutex(0)
    let troubles = Mutex<[String]>([])
    DispatchQueue.concurrentPerform(iterations: copies.count) { worker in
      for (index, place) in places.enumerated() where index % copies.count == worker {
        do {
          let trouble = try Self.trouble(at: place, in: copies[worker], original, raw.output) {
            found.withLock { $0 += 1 }
          }
          if let trouble { troubles.withLock { $0.append("byte \(place): \(trouble)") } }
        } catch {
          troubles.withLock { $0.append("byte \(place): \(error)") }
        }
      }
    }
    #expect(troubles.withLock { $0 } == [], "seed \(seed)")
    // Most of the file is records, so that most flips must be found.
    #expect(found.withLock { $0 } > places.count / 4)
  }

  /// Flips a byte and checks; what is not as it must be, in words.
  private static func trouble(
    at place: Int, in copy: String, _ original: Data, _ raw: Data, found: () -> Void
  ) throws -> String? {
    let file = URL(filePath: copy + "/log/data.mdb")
    var bytes = original
    bytes[place] ^= UInt8(1 << (place % 8))
    try bytes.write(to: file)
    let run = try Program.relm("verify", "--ledger", copy)
    switch run.status {
    case nil: return "the check does not end"
    case 2, 66, 78:
      found()
      return nil
    case 0:
      let log = try Program.relm("log", "--raw", "--ledger", copy)
      return log.status == 0 && log.output == raw ? nil : "called clean, and the records are others"
    case let other?: return "exit status \(other): \(run.remarks)"
    }
  }
}
