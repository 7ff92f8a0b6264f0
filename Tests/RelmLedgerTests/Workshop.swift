import Foundation
import RelmDomain
import RelmLedger
import RelmProof
import Synchronization
import Testing

/// A ledger in a folder of its own, removed with the value, and the ways to fill it.
final class Workshop: Sendable {
  let folder: String
  let ledger: Ledger
  var root: String { folder + "/ledger" }

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "relm-ledger-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    ledger = try Ledger.create(
      at: folder + "/ledger",
      LedgerPlan(origin: "example.org/workshop", owner: "owner@example.org", source: "/workshop"))
  }

  deinit {
    do { try FileManager.default.removeItem(atPath: folder) } catch {
      print("left behind: \(folder): \(error)")
    }
  }

  /// Takes events in, as one reads them from a line each.
  func claims(_ events: [String], into ledger: Ledger? = nil) throws -> [PreparedClaim] {
    while true {
      var intake = (ledger ?? self.ledger).intake(defaultSource: "/workshop", defaultActor: "ana@example.org")
      let claims = try events.map { try intake.take(JSONDocument([UInt8]($0.utf8)).root).get() }
      if try intake.commitPeople() { return claims }
    }
  }

  /// Appends events in one request, all of which must land.
  @discardableResult
  func append(_ events: [String], to ledger: Ledger? = nil) throws -> [Receipt] {
    let request = AppendRequest(claims: try claims(events, into: ledger))
    switch try (ledger ?? self.ledger).append(request) {
    case .overtaken: throw LedgerError(.busy, "a test has no rival")
    case .refused(let index, let refusal):
      Issue.record("event \(index) is refused: \(refusal)")
      return []
    case .landed(let receipts, let remarks):
      #expect(remarks.isEmpty)
      return try receipts.map { try $0.get() }
    }
  }

  /// Why the intake refuses an event; nil where it does not.
  func intakeRefusal(_ event: String) throws -> Refusal? {
    var intake = ledger.intake(defaultSource: "/workshop", defaultActor: "ana@example.org")
    guard case .failure(let refused) = try intake.take(JSONDocument([UInt8](event.utf8)).root) else {
      return nil
    }
    return refused.refusal
  }

  /// Every record of the log.
  func records() throws -> [RecordedEvent] {
    var events: [RecordedEvent] = []
    try ledger.forEachEvent(EventFilter()) { event in
      events.append(event)
      return true
    }
    return events
  }

  /// A copy of the whole ledger's directory.
  func copy(named name: String) throws -> String {
    let copy = folder + "/" + name
    try FileManager.default.copyItem(atPath: root, toPath: copy)
    return copy
  }
}

/// Events as text.
enum Sample {
  static func activity(_ id: String, subject: String = "release/shop/1.0", time: String? = nil) -> String {
    let time = time.map { #""time":"\#($0)","# } ?? ""
    return #"{"id":"\#(id)",\#(time)"type":"relm.activity.recorded","subject":"\#(subject)","#
      + #""data":{"activity":"step \#(id)"}}"#
  }

  static func foreign(_ id: String, type: String, subject: String?, time: String? = nil) -> String {
    let about = subject.map { #""subject":"\#($0)","# } ?? ""
    let time = time.map { #""time":"\#($0)","# } ?? ""
    return #"{"id":"\#(id)",\#(time)\#(about)"type":"\#(type)","data":{"n":\#(id.utf8.count)}}"#
  }
}

/// Runs the body on so many threads at the same time.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) -> [any Error] {
  let errors = Mutex<[any Error]>([])
  let group = DispatchGroup()
  for number in 0..<count {
    group.enter()
    Thread.detachNewThread {
      do { try body(number) } catch { errors.withLock { $0.append(error) } }
      group.leave()
    }
  }
  group.wait()
  return errors.withLock { $0 }
}
