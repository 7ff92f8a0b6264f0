internal import ArgumentParser
internal import Foundation
internal import RelmDomain
import RelmFiles
internal import RelmLedger
internal import Synchronization

/// Appends in one process, as a program would that is linked with the ledger, and prints events a second.
///
/// Each file of events has a thread of its own, so that several files are several appenders at the same time. What is
/// timed is all that an event goes through: read as JSON, checked, decided, made durable, indexed and folded.
struct AppendBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "append", abstract: "Append events to a ledger in one process and print events a second.")

  @Argument(help: "The ledger's directory.")
  var ledger: String

  @Argument(help: "Files of CloudEvents, one a line; each is appended by a thread of its own.")
  var files: [String]

  @Option(help: "Events a commit, where one thread appends.")
  var batch = 1

  func validate() throws {
    guard batch > 0 else { throw ValidationError("--batch takes a number from 1") }
  }

  func run() throws {
    let ledger = try Ledger.open(at: ledger)
    let inputs = try files.map { try Self.lines(of: $0) }
    // What is derived is current before the clock runs.
    try ledger.catchUp()

    let batch = batch
    let failure = Mutex<(any Error)?>(nil)
    let clock = ContinuousClock()
    let begun = clock.now
    let group = DispatchGroup()
    for lines in inputs {
      group.enter()
      let thread = Thread {
        do {
          try Self.append(lines, batch: batch, to: ledger)
        } catch {
          failure.withLock { $0 = error }
        }
        group.leave()
      }
      thread.start()
    }
    group.wait()
    let took = clock.now - begun
    if let error = failure.withLock({ $0 }) { throw error }

    let count = inputs.reduce(0) { $0 + $1.count }
    let seconds = Double(took.components.seconds) + Double(took.components.attoseconds) / 1e18
    print(Double(count) / seconds)
  }

  private static func append(_ lines: [[UInt8]], batch: Int, to ledger: Ledger) throws {
    var rest = lines[...]
    while !rest.isEmpty {
      let claims = try ledger.taken(rest.prefix(batch))
      rest = rest.dropFirst(batch)
      guard case .refused(_, let refusal) = try ledger.append(AppendRequest(claims: claims)) else { continue }
      throw refusal
    }
  }

  private static func lines(of path: String) throws -> [[UInt8]] {
    try Files.read(path, atMost: 1 << 30).split(separator: UInt8(ascii: "\n")).map { Array($0) }
  }
}
