internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmProof

/// Which events are asked for: what `relm log` and `relm watch` have in common.
struct FilterOptions: ParsableArguments {
  @Argument(help: "Only this stream, such as release/payments-api/2026.11.3.", completion: Completions.subjects)
  var subject: String?

  @Option(
    help: "Only this type, such as deployment.finished; or a beginning with a star, such as deployment.*",
    completion: Completions.types)
  var type: String?

  @Option(help: "Only what this account has recorded, such as ana@example.org.")
  var actor: String?

  @Flag(name: .customLong("no-annulled"), help: "Leave out what does not count any more.")
  var noAnnulled = false

  @Option(help: "Begin at this position.")
  var from: UInt64?

  @Option(help: "Only what happened at or after this moment (2026-11-01, 2026-11-01T12:00Z).")
  var since: String?

  @Option(help: "Only what happened before this moment.")
  var until: String?

  @Option(name: .shortAndLong, help: "At most so many events.")
  var limit: Int?

  /// - Throws: a usage failure for a moment that is none; a failure with status 66 for an account that nobody has.
  func filter(_ ledger: Ledger) throws -> EventFilter {
    var filter = EventFilter()
    filter.stream = try subject.map { try ledger.stream(named: $0) }
    filter.type = type.map(EventNames.qualified)
    filter.from = from.map { Position($0) }
    filter.since = try since.map { try Moments.instant($0, option: "--since") }
    filter.until = try until.map { try Moments.instant($0, option: "--until") }
    filter.limit = limit
    filter.actor = try actor.map { try ledger.knownPerson($0).text }
    if noAnnulled { filter.annulled = Set(try ledger.annulled().keys) }
    return filter
  }
}
