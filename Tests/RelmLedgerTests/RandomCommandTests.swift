import Foundation
import RelmDomain
import RelmLedger
import RelmViews
import RelmProof
import RelmTestSupport
import Testing

@Suite("Random commands")
struct RandomCommandTests {
  /// Every accepted event is what its schema says, in the eyes of a validator that shares nothing with relm.
  private func validate(_ seed: UInt64, _ random: RandomLedger) throws {
    let ledger = random.ledger
    let file = random.test.folder.path + "/events.ndjson"
    var records: [UInt8] = []
    try ledger.forEachEvent(EventFilter()) { event in
      records += event.record.bytes + [UInt8(ascii: "\n")]
      return true
    }
    try Data(records).write(to: URL(filePath: file))
    let checkout = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "python3", checkout.appending(path: "tools/lib/schema_agreement.py").path, "--events", file,
    ]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "seed \(seed): the validator says no, or is not there")
  }

  @Test(
    "random commands of all types are recorded or refused, and the views that grew are the views rebuilt",
    arguments: 1...20 as ClosedRange<UInt64>)
  func recordedOrRefused(seed: UInt64) throws {
    let random = try RandomLedger(seed: seed)
    let ledger = random.ledger
    let grown = try ledger.rows()
    try ledger.rebuildViews()
    let rebuilt = try ledger.rows()
    #expect(grown == rebuilt, "seed \(seed)")
    // What their commands do after the record is theirs to do.
    try ledger.finishErasure(of: [])
    let verification = try ledger.verify()
    #expect(verification.isClean, "seed \(seed): \(verification.problems) \(verification.viewProblems)")
    try validate(seed, random)
    // A property of nothing would hold of itself.
    let recorded = random.recorded
    let total = recorded.values.reduce(0, +)
    #expect(total >= 40 && recorded.count >= 20, "seed \(seed): \(total) of \(recorded.count) types")
  }
}
