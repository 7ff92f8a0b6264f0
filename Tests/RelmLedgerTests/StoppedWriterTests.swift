import Foundation
import RelmViews
import RelmTestSupport
import Testing

/// Whoever reads while somebody who holds the views was stopped (`SIGSTOP`), or hangs.
@Suite("A reader beside a writer that was stopped")
struct StoppedWriterTests {
  private static let reading = [
    ["state"], ["log"], ["stats"],
  ]
  private let workshop: Workshop

  init() throws {
    workshop = try Workshop()
    for batch in 0..<4 { try workshop.append((0..<5).map { Sample.activity("\(batch)-\($0)") }) }
  }

  /// What every command answers, and after how long the last did.
  private func answers(_ ledger: String) throws -> (outputs: [Data], slowestSeconds: Double) {
    var slowest = 0.0
    let outputs = try Self.reading.map { words in
      let begun = ContinuousClock.now
      let run = try Program.run(Program.path("relm"), words + ["--ledger", ledger], limitSeconds: 60)
      #expect(run.status == 0, "\(words): \(run.remarks)")
      let passed = (ContinuousClock.now - begun).components
      slowest = max(slowest, Double(passed.seconds) + Double(passed.attoseconds) / 1e18)
      return run.output
    }
    return (outputs, slowest)
  }

  /// Whether the answers are the same while a probe that holds something is stopped. An append waits ten seconds; who
  /// waited as long would be told by less than that, on however slow a machine.
  private func expectSame(
    _ ledger: String, while command: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let usual = try answers(ledger)
    let probe = try Probe(command, ledger)
    #expect(probe.line() == "ready")
    probe.signal(SIGSTOP)
    defer { probe.kill() }
    let beside = try answers(ledger)
    #expect(beside.outputs == usual.outputs, sourceLocation: sourceLocation)
    #expect(beside.slowestSeconds < usual.slowestSeconds + 5, sourceLocation: sourceLocation)
  }

  @Test("with the lock over the generations, it reads the last views")
  func generations() throws {
    try expectSame(workshop.copy(named: "lock"), while: "hold-views-lock")
  }

  @Test("with the lock over the generations and no views, or another boot's, it folds in memory")
  func withoutViews() throws {
    let ledger = try workshop.copy(named: "none")
    let usual = try answers(workshop.root)
    let generation = ledger + "/views/" + Views.fingerprint
    for spoil in [false, true] {
      if spoil {
        try Data("dirty another\n".utf8).write(to: URL(filePath: generation + "/mark"))
      } else {
        try FileManager.default.removeItem(atPath: generation)
      }
      let probe = try Probe("hold-views-lock", ledger)
      #expect(probe.line() == "ready")
      probe.signal(SIGSTOP)
      let beside = try answers(ledger)
      // Sizes are told by stats, and there are no views on disk.
      for (place, words) in Self.reading.enumerated() where words != ["stats"] {
        #expect(beside.outputs[place] == usual.outputs[place], "\(words)")
      }
      #expect(beside.slowestSeconds < usual.slowestSeconds + 5)
      probe.kill()
      _ = try answers(ledger)
    }
  }

  @Test("with the views open for writing, it reads them as they were, and folds in memory what is missing")
  func writing() throws {
    let ledger = try workshop.copy(named: "write")
    let probe = try Probe("hold-views", ledger)
    #expect(probe.line() == "ready")
    probe.signal(SIGSTOP)
    defer { probe.kill() }
    let beside = try answers(ledger)
    #expect(beside.slowestSeconds < 8)
    #expect(String(decoding: beside.outputs[1], as: UTF8.self).contains("release/shop/1.0"))
  }
}
