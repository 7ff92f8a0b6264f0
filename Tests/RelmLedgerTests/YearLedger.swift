import Foundation
import RelmDomain
import RelmInterchange
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

  /// - Parameter policy: the starting policy to adopt before the story begins; nil for none.
  init(adopting policy: String? = nil) throws {
    machine = try TestMachine()
    machine.now = try #require(Timestamp(Year.opened)).instant
    ledger = try Ledger.create(
      at: folder.path + "/ledger",
      LedgerPlan(origin: "example.org/releases", owner: Year.owner, source: "/year"),
      surroundings: machine.surroundings)
    if let policy { try adopt(policy) }
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

  /// Adopts a starting policy as `relm policy init` writes it, and links everybody's account, as its comments ask.
  private func adopt(_ name: String) throws {
    let file = folder.path + "/policy.yaml"
    let run = try Program.relm("policy", "init", name, "--output", file)
    try #require(run.status == 0, "\(run.remarks)")
    let policy = try PolicyText([UInt8](Data(contentsOf: URL(filePath: file)))).document
    var document = CanonicalWriter()
    policy.write(to: &document)
    var events = [
      event(
        "adopted", "policy.adopted", about: "policy/\(policy.id)",
        #"{"document":\#(String(decoding: document.bytes, as: UTF8.self))}"#)
    ]
    // The story itself links Bo, and the build farm's account.
    events += ["cyd", "dee", "eli", "fay", "gus", "iva", "uma"].map {
      event("linked-\($0)", "person.linked", about: "person/\($0)@example.org", #"{"kind":"human"}"#)
    }
    // Nobody links an account of their own: the owner is linked by somebody who may, once.
    let second = "second@example.org"
    events.append(
      event(
        "granted-second", "authority.granted", about: "person/\(second)",
        #"{"level":6,"contexts":["development","production"]}"#))
    let owner = event("linked-ana", "person.linked", about: "person/\(Year.owner)", #"{"kind":"human"}"#)
    for (events, actor) in [(events, Year.owner), ([owner], second)] {
      let request = AppendRequest(claims: try ledger.claims(events, actor: actor))
      guard case .landed = try ledger.append(request) else {
        Issue.record("\(name) is refused")
        return
      }
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
