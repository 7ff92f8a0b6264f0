internal import ArgumentParser
internal import RelmDomain
internal import RelmInterchange
internal import RelmLedger
internal import RelmViews

struct MetricsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "metrics", abstract: "DORA's five measures of software delivery, from what is recorded.",
    discussion: """
      Change lead time, deployment frequency, failed deployment recovery time, change fail rate and deployment rework \
      rate, over the last 90 days unless --since and --until say otherwise. A deployment fails by its own outcome, by its \
      rollback, or because an incident names it as its confirmed cause; what nobody has attributed is counted apart. \
      --definitions says in full what is counted. JSON and CSV have counts and seconds, never computed rates; with --by, \
      NDJSON and CSV have a row for each week or month, and else one for all.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var asOf: AsOfOptions

  @Option(name: .customLong("package"), help: "Only this package.")
  var package: String?

  @Option(help: "Only this environment, even one of development; else all of production.")
  var environment: String?

  @Option(help: "From this moment on (RFC 3339, or a day such as 2026-11-01); else 90 days before the end.")
  var since: String?

  @Option(help: "Only what ended before this moment; else before now.")
  var until: String?

  @Option(help: "Divide the time: week (from Monday) or month.")
  var by: Division?

  @Flag(help: "Print what each measure means and how it is counted, and nothing else.")
  var definitions = false

  enum Division: String, ExpressibleByArgument, CaseIterable {
    case week, month

    var unit: CalendarUnit {
      switch self {
      case .week: .week
      case .month: .month
      }
    }
  }

  private static let usualDays: Int64 = 90
  /// Some twenty years of weeks.
  private static let mostParts = 1_000

  func run() throws {
    guard !definitions else { return try MetricsPage.printDefinitions() }
    let opened = try ledger.open(asOf)
    let format = try output.chosen()
    let now = opened.surroundings.now()
    let question = try MetricsQuestion(
      package: package, environment: environment.map(NameArgument.environment), span: span(now: now),
      unit: by?.unit, days: days(), zone: Zone.name())
    switch try opened.metrics(question, at: now) {
    case .report(let report): try MetricsPage(report, days: question.days).write(format)
    case .unknownPackage(let nearest):
      throw NameArgument.unknown(
        "package", package ?? "", nearest: nearest, advice: NameArgument.packagesAdvice)
    case .unknownEnvironment(let nearest):
      throw NameArgument.unknown(
        "environment", question.environment ?? "", nearest: nearest, advice: NameArgument.environmentsAdvice)
    }
  }

  private func days() throws -> LocalDays {
    guard let zone = try Zone.name() else { return .utc }
    let clock = try SystemClock.local(zone: zone)
    return LocalDays { clock.offsetSeconds(at: $0) }
  }

  private func span(now: Instant) throws -> Range<Instant> {
    let end = try until.map { try Moments.instant($0, option: "--until") } ?? now
    let usual = end.advanced(byMicroseconds: -Self.usualDays * 86_400_000_000)
    let start =
      try since.map { try Moments.instant($0, option: "--since") } ?? max(usual, .earliest)
    guard start < end else {
      let given = until == nil ? "now, \(Moments.text(end))" : "--until \(Moments.text(end))"
      throw CommandFailure(.usage, "--since \(Moments.text(start)) must be before \(given)")
    }
    if let by, start.seconds(to: end) / 86_400 / (by == .week ? 7 : 28) > Self.mostParts {
      throw CommandFailure(
        .usage,
        "from \(Moments.text(start)) to \(Moments.text(end)) there are more than \(Self.mostParts) "
          + "\(by.rawValue)s; say a later --since, or leave out --by")
    }
    return start..<end
  }
}
