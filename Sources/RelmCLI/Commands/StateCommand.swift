internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmProjections

struct StateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "state", abstract: "Show what is true now: releases, and what runs where.",
    discussion: """
      Without a subject: every release. 'environments': what runs where. A release such as \
      release/payments-api/2026.11.3: all that is known of it. An environment such as environment/production/eu, or a \
      package such as payments-api: its rows.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var output: FormatOptions

  @Argument(
    help: "releases, environments, a subject, or a package's name.", completion: Completions.subjects)
  var subject: String?

  func run() throws {
    let opened = try ledger.open()
    let format = try output.chosen()
    switch subject {
    case nil, "releases": try releases(opened, under: [], format)
    case "environments": try environments(opened, under: [], format)
    case let text?: try show(text, opened, format)
    }
  }

  private func show(_ text: String, _ ledger: Ledger, _ format: OutputFormat) throws {
    switch Subject.named(text) {
    case .release(let package, let version): try release(ledger, package, version, text, format)
    case .environment(let name): try environments(ledger, under: [name], format)
    case .service, .policy, .procedure, .capability, .person, .incident, .ledger, nil:
      try releases(ledger, under: [text], format)
    }
  }

  private func release(
    _ ledger: Ledger, _ package: String, _ version: String, _ text: String, _ format: OutputFormat
  ) throws {
    let key = Releases.key(package: package, version: version)
    guard let row = try ledger.withViews({ rows, _ in try Releases.row(key, in: rows) }) else {
      throw CommandFailure(.noInput, "nothing is recorded about \(text); 'relm state' lists the releases")
    }
    guard format == .table else {
      return try Terminal.print(String(decoding: row.bytes, as: UTF8.self))
    }
    try ReleasePage(row, ledger).print()
  }

  private func releases(_ ledger: Ledger, under components: [String], _ format: OutputFormat) throws {
    var table = Rows(
      "package", "version", "stage", "class", "last", "events",
      whenEmpty: components.isEmpty
        ? "no releases yet; plan one with: relm record release.planned --subject release/PACKAGE/VERSION class=normal"
        : "nothing is recorded about '\(components[0])'; 'relm state' lists the releases")
    try ledger.withViews { rows, _ in
      try ledger.forEachRow(of: Releases.self, under: components, in: rows) { row in
        table.append(
          Cell(row.package), Cell(row.version), Cell(row.stage.rawValue), Cell(row.plan?.class.rawValue),
          Cell(row.last.at), Cell(UInt64(row.events)), whole: row.bytes)
        return true
      }
    }
    try finish(table, format, isOne: !components.isEmpty)
  }

  private func environments(_ ledger: Ledger, under components: [String], _ format: OutputFormat) throws {
    var table = Rows(
      "environment", "package", "version", "since", "deployment",
      whenEmpty: components.isEmpty
        ? "nothing has been deployed yet" : "nothing is recorded about environment '\(components[0])'")
    try ledger.withViews { rows, _ in
      try ledger.forEachRow(of: Environments.self, under: components, in: rows) { row in
        // What was removed stays in the view, for history; what runs is what was asked for.
        guard let running = row.running else { return true }
        table.append(
          Cell(row.environment), Cell(row.package), Cell(running.version), Cell(running.since.at),
          Cell(running.deployment), whole: row.bytes)
        return true
      }
    }
    try finish(table, format, isOne: !components.isEmpty)
  }

  private func finish(_ table: Rows, _ format: OutputFormat, isOne: Bool) throws {
    guard !table.isEmpty || !isOne else { throw CommandFailure(.noInput, table.whenEmpty) }
    try table.write(format)
  }
}
