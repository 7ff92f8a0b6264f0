internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmProjections

struct StateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "state", abstract: "Show what is true now: releases, what runs where, and every other view.",
    discussion: """
      Without an argument: every release. A view's name lists it: releases, running (what runs where), environments, \
      services, people, approvals, escalations, obligations, capabilities, procedures, policies, incidents, holds, ledger; \
      'relm obligations' lists what is due. A subject such as release/payments-api/2026.11.3 or \
      environment/production/eu shows all that is known of it; a package such as payments-api, its releases.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var asOf: AsOfOptions

  @Option(help: ArgumentHelp("Only releases at this stage, such as deployed.", valueName: "stage"))
  var stage: ReleaseRow.Stage?

  @Argument(help: "A view, a subject, or a package's name.", completion: Completions.subjects)
  var subject: String?

  @Argument(help: "For a view: only what is under this, such as a package's name.")
  var under: String?

  func run() throws {
    let opened = try ledger.open(asOf)
    let format = try output.chosen()
    guard let subject else { return try staged(StateTable.releases.rows(opened)).write(format) }
    guard stage == nil || subject == StateTable.releases.rawValue || Subject.named(subject) == nil else {
      throw CommandFailure(.usage, "--stage narrows a list of releases, and '\(subject)' is none")
    }
    if let view = StateTable(rawValue: subject) {
      guard stage == nil || view == .releases else {
        throw CommandFailure(.usage, "--stage narrows a list of releases, and '\(subject)' is none")
      }
      return try finish(
        staged(view.rows(opened, under: under.map { components($0) } ?? [])), format,
        isOne: under != nil && stage == nil)
    }
    guard under == nil else {
      throw CommandFailure(
        .usage,
        "'\(subject)' is no view; there are \(StateTable.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    try show(subject, opened, format)
  }

  private func staged(_ table: Rows) -> Rows { stage.map { table.keeping("stage", $0.rawValue) } ?? table }

  /// The key components that a subject or a name means.
  private func components(_ text: String) -> [String] {
    switch Subject.named(text) {
    case .release(let package, let version): [package, version]
    case .service(let name), .environment(let name), .policy(let name), .procedure(let name),
      .capability(let name), .incident(let name):
      [name]
    case .person(let person): [person.text]
    case .ledger, nil: [text]
    }
  }

  private func show(_ text: String, _ ledger: Ledger, _ format: OutputFormat) throws {
    switch Subject.named(text) {
    case .release(let package, let version):
      try page(Releases.self, [package, version], text, ledger, format) { try ReleasePage($0, ledger).print() }
    case .environment(let name): try EnvironmentPage(name, ledger).show(format)
    case .service(let name): try page(Services.self, [name], text, ledger, format)
    case .policy(let id): try page(Policies.self, [id], text, ledger, format)
    case .procedure(let id): try page(Procedures.self, [id], text, ledger, format)
    case .capability(let id): try page(Capabilities.self, [id], text, ledger, format)
    case .incident(let id): try page(Incidents.self, [id], text, ledger, format)
    case .person(let person): try page(People.self, [person.text], text, ledger, format)
    case .ledger: try page(LedgerItself.self, ["ledger"], text, ledger, format)
    case nil:
      let stream = try ledger.stream(named: text)
      if stream != text { return try show(stream, ledger, format) }
      let views = StateTable.allCases.map(\.rawValue)
      if let nearest = EditDistance.nearest(to: text, in: views),
        try StateTable.releases.rows(ledger, under: [text]).isEmpty
      {
        throw CommandFailure(
          .noInput, "nothing is recorded about '\(text)'; did you mean the view '\(nearest)'?")
      }
      try finish(staged(StateTable.releases.rows(ledger, under: [text])), format, isOne: stage == nil)
    }
  }

  /// One row, as JSON or for a person to read.
  private func page<View: Projection>(
    _ view: View.Type, _ components: [String], _ text: String, _ ledger: Ledger, _ format: OutputFormat,
    print: ((View.Row) throws -> Void)? = nil
  ) throws {
    guard let row = try ledger.withViews({ rows, _ in try View.row(RowKey(components), in: rows) }) else {
      throw CommandFailure(
        .noInput, "nothing is recorded about \(text); 'relm state \(View.name)' lists what is")
    }
    guard format == .table else { return try Terminal.data(String(decoding: row.bytes, as: UTF8.self)) }
    if let print { return try print(row) }
    for line in try DataPage(ledger).lines(row.bytes) { try Terminal.print(line) }
  }

  private func finish(_ table: Rows, _ format: OutputFormat, isOne: Bool) throws {
    guard !table.isEmpty || !isOne else { throw CommandFailure(.noInput, table.whenEmpty) }
    try table.write(format)
  }
}

extension ReleaseRow.Stage: ExpressibleByArgument {}
