internal import ArgumentParser
internal import Foundation
internal import RelmDomain
internal import RelmLedger
internal import Synchronization

/// Makes a ledger in which a generated history was recorded when it was told, not now: its clock follows the events.
///
/// Whoever judges deployments asks when something was recorded. The first 48 bits of an event's id (UUIDv7, RFC 9562) say
/// when it is told; what is told within a span is one commit, at the time of the last of it.
struct HistoryBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history",
    abstract: "Make a ledger from a generated history, recorded when its ids say, and print events a second.")

  @Argument(help: "The new ledger's directory.")
  var ledger: String

  @Option(help: "The owner's account, as the history has it.")
  var owner: String

  @Option(help: "How many minutes of history are one commit.")
  var minutes: Int64 = 50

  /// The most events of one commit.
  private static let most = 10_000

  func run() throws {
    let clock = HistoryClock()
    var surroundings = Surroundings.system
    surroundings.now = { clock.now }
    guard let first = readLine() else { throw ValidationError("there is no history on standard input") }
    clock.set(try Self.told(first).advanced(byMicroseconds: -60_000_000))
    let opened = try Ledger.create(
      at: ledger, LedgerPlan(origin: "example.org/history", owner: owner, source: "/relm/bench"),
      surroundings: surroundings)
    let begun = ContinuousClock.now
    var count = 0
    var batch: [[UInt8]] = []
    var beginning = try Self.told(first)
    var latest = beginning
    func commit() throws {
      guard !batch.isEmpty else { return }
      clock.set(latest)
      if case .refused(let place, let refusal) = try opened.append(
        AppendRequest(claims: try opened.taken(batch[...])))
      {
        print("event \(count + place) of the history is refused")
        throw refusal
      }
      count += batch.count
      batch.removeAll(keepingCapacity: true)
    }
    var line: String? = first
    while let text = line {
      let told = try Self.told(text)
      if batch.count >= Self.most || told.microseconds - beginning.microseconds > minutes * 60_000_000 {
        try commit()
        beginning = told
      }
      latest = max(latest, told)
      batch.append(Array(text.utf8))
      line = readLine()
    }
    try commit()
    let took = ContinuousClock.now - begun
    print(Double(count) / (Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18))
  }

  /// When an event is told, by its id.
  private static func told(_ line: String) throws -> Instant {
    guard let place = line.range(of: "\"id\":\"", options: .backwards),
      let milliseconds = Int64(line[place.upperBound...].prefix(13).filter { $0 != "-" }, radix: 16)
    else { throw ValidationError("an event of the history has no id that begins with a time") }
    return Instant(microseconds: milliseconds * 1_000)
  }
}

/// A clock that shows what it was set to.
final class HistoryClock: Sendable {
  private let time = Mutex(Instant(microseconds: 0))

  var now: Instant { time.withLock { $0 } }

  func set(_ instant: Instant) { time.withLock { $0 = max($0, instant) } }
}
