internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmProof
internal import RelmViews

struct CalendarCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calendar", abstract: "Windows and freezes, and what stands in each other's way.",
    discussion: """
      What is not over yet, unless --since says from when on. Told are: windows that overlap in the same environment, \
      windows that lie in a freeze, and releases that require another which neither runs there nor is agreed for before. \
      With --check the exit status is 1 if there is any such trouble.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var asOf: AsOfOptions

  @Argument(help: "Only this environment, such as production/eu.")
  var environment: String?

  @Option(help: "From this moment on (RFC 3339); else from now on.")
  var since: String?

  @Option(help: "Only what begins before this moment.")
  var until: String?

  @Flag(help: "Exit with status 1 if anything stands in the way of anything.")
  var check = false

  func run() throws {
    let opened = try ledger.open(asOf)
    let from = try since.map { try Moments.instant($0, option: "--since") } ?? opened.surroundings.now()
    let end = try until.map { try Moments.instant($0, option: "--until") } ?? .latest
    let calendar = try opened.calendar()
    let name = environment.map(NameArgument.environment)
    try name.map { try checkKnown($0, calendar, opened) }
    var table = Rows(
      "from", "until", "environment", "what", "state", "trouble", "position", whenEmpty: "nothing is scheduled")
    var troubles = 0
    for entry in calendar.entries where entry.until > from && entry.from < end {
      guard name.map(entry.concerns) ?? true else { continue }
      troubles += entry.troubles.count
      let (what, state) =
        switch entry.what {
        case .window(let release, let isAgreed): (release, isAgreed ? "agreed" : "proposed")
        case .freeze(let freeze, let reason): ("freeze \(freeze): \(reason)", "frozen")
        }
      table.append(
        Cell(entry.from), Cell(entry.until), Cell(entry.environment), Cell(what), Cell(state),
        Cell(entry.troubles.isEmpty ? nil : entry.troubles.joined(separator: "; ")),
        Cell(entry.moment.position.value))
    }
    try table.write(try output.chosen())
    if check, troubles > 0 { throw ExitStatusSignal(status: .no) }
  }

  /// "Nothing is scheduled" is said only of an environment that there is.
  private func checkKnown(_ environment: String, _ calendar: ReleaseCalendar, _ ledger: Ledger) throws {
    guard !calendar.entries.contains(where: { $0.concerns(environment) }),
      case .unknown(let nearest) = try ledger.standing(ofEnvironment: environment)
    else { return }
    throw NameArgument.unknown(
      "environment", environment, nearest: nearest, advice: NameArgument.environmentsAdvice)
  }
}

extension ReleaseCalendar.Entry {
  /// Whether it is about an environment, or about what is above or below that.
  fileprivate func concerns(_ environment: String) -> Bool {
    EnvironmentScope(self.environment).reaches(environment)
      || EnvironmentScope(environment).reaches(self.environment)
  }
}
