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

  init() {}

  init(_ words: inout PlainLine) {
    type = words.value("--type")
    actor = words.value("--actor")
    noAnnulled = words.flag("--no-annulled")
    from = words.value("--from") { UInt64($0) }
    since = words.value("--since")
    until = words.value("--until")
    limit = words.value("--limit", or: "-l") { Int($0) }
    subject = words.argument()
  }

  /// - Throws: a usage failure for a moment that is none; a failure with status 66 for an account that nobody has.
  ///   What does not exist is one too, unless the command waits for what is still to come.
  ///
  /// - Parameter isWaiting: whether events are asked for that are still to come.
  func filter(_ ledger: Ledger, isWaiting: Bool = false) throws -> EventFilter {
    var filter = EventFilter()
    filter.from = from.map { Position($0) }
    do {
      if let subject { try narrow(&filter, to: subject, ledger) }
      filter.type = try type.map { try TypeArgument.known($0, ledger) }
    } catch let failure as CommandFailure where isWaiting && failure.status == .noInput {
      // It may come yet; but that is for whoever waits to know.
      Terminal.remark("relm: \(failure)")
      filter.stream = try filter.stream ?? subject.map { try ledger.stream(named: $0) }
      filter.type = type.map(EventNames.qualified)
    }
    filter.since = try since.map { try Moments.instant($0, option: "--since") }
    filter.until = try until.map { try Moments.instant($0, option: "--until") }
    filter.limit = limit
    filter.actor = try actor.map { try ledger.knownPerson($0).text }
    if noAnnulled { filter.annulled = Set(try ledger.annulled().keys) }
    return filter
  }

  private func narrow(_ filter: inout EventFilter, to subject: String, _ ledger: Ledger) throws {
    if case .event(let event) = try NameResolver(ledger).meaning(of: subject) {
      filter.from = event.position
      filter.upTo = Position(event.position.value + 1)
    } else {
      filter.stream = try SubjectArgument.stream(subject, ledger)
    }
  }
}
