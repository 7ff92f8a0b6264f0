import Foundation
import RelmDomain
import RelmLedger
import RelmProof
import RelmTestSupport
import Testing

/// The year of a service in a ledger, told event by event with the clock at each event's own time of recording.
final class YearLedger {
  let folder = TemporaryFolder()
  let machine: TestMachine
  let ledger: Ledger
  /// Where each event of the story stands, by its id.
  private(set) var positions: [String: UInt64] = [:]

  init() throws {
    machine = try TestMachine()
    machine.now = try #require(Timestamp(Year.opened)).instant
    ledger = try Ledger.create(
      at: folder.path + "/ledger",
      LedgerPlan(origin: "example.org/releases", owner: Year.owner, source: "/year"),
      surroundings: machine.surroundings)
    for event in Year.events.map({ $0.told() }) {
      machine.now = try #require(Timestamp(event.recorded)).instant
      let resolved = try #require(event.resolved(positions))
      let claims = try ledger.claims([resolved.line], actor: nil)
      guard case .landed(let receipts, _) = try ledger.append(AppendRequest(claims: claims)) else {
        Issue.record("\(event.id) is refused")
        return
      }
      positions[event.id] = try receipts[0].get().position.value
    }
  }

  /// A release's timeline as of the end of the year.
  func timeline(_ version: String) throws -> TimelineReport {
    try #require(try ledger.timeline("payments-api", version))
  }
}

/// Compares a text with the one that was looked at and kept; `RELM_UPDATE_GOLDENS=1` keeps it anew.
enum Golden {
  static func expect(_ text: String, _ name: String, file: String = #filePath) throws {
    let place = URL(filePath: file).deletingLastPathComponent().appending(path: "Goldens/\(name)")
    if ProcessInfo.processInfo.environment["RELM_UPDATE_GOLDENS"] == "1" {
      try text.write(to: place, atomically: true, encoding: .utf8)
    }
    let kept = try String(contentsOf: place, encoding: .utf8)
    #expect(text == kept, "\(name) differs from what was looked at")
  }
}
