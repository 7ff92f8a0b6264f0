internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmViews

struct StateCommand: PlainCommand {
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

  @Argument(
    help:
      "For a view: only what is under this: a package, an environment or the part before its slash, a release.")
  var under: String?

  init() {}

  init(_ words: inout PlainLine) {
    (ledger, output, asOf) = (LedgerOptions(&words), FormatOptions(&words), AsOfOptions(&words))
    stage = words.value("--stage") { ReleaseRow.Stage(rawValue: $0) }
    subject = words.argument()
    under = words.argument()
  }

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
      return try finish(staged(view.rows(opened, under: under)), format, isOne: false)
    }
    guard under == nil else {
      throw CommandFailure(
        .usage,
        "'\(subject)' is no view; there are \(StateTable.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    try show(subject, opened, format)
  }

  private func staged(_ table: Rows) -> Rows { stage.map { table.keeping("stage", $0.rawValue) } ?? table }

  private func show(_ text: String, _ ledger: Ledger, _ format: OutputFormat) throws {
    switch Subject.named(text) {
    case .release(let package, let version):
      try page(Releases.self, [package, version], text, ledger, format) {
        try ledger.release(package, version)
      } shown: {
        try ledger.shown($0)
      } print: {
        try ReleasePage($0, ledger).print()
      }
    case .environment(let name): try EnvironmentPage(name, ledger).show(format)
    case .service(let name): try page(Services.self, [name], text, ledger, format)
    case .policy(let id): try page(Policies.self, [id], text, ledger, format)
    case .procedure(let id): try page(Procedures.self, [id], text, ledger, format)
    case .capability(let id): try page(Capabilities.self, [id], text, ledger, format)
    case .incident(let id): try page(Incidents.self, [id], text, ledger, format)
    case .person(let person): try page(People.self, [person.text], text, ledger, format)
    case .ledger: try page(LedgerItself.self, ["ledger"], text, ledger, format)
    case nil:
      try meant(by: text, ledger, format)
    }
  }

  /// What a word means that is no subject as it is written.
  private func meant(by text: String, _ ledger: Ledger, _ format: OutputFormat) throws {
    let meaning: NameResolver.Meaning
    do {
      meaning = try NameResolver(ledger).meaning(of: text)
    } catch let failure as CommandFailure where failure.status == .noInput {
      guard let view = EditDistance.nearest(to: text, in: StateTable.allCases.map(\.rawValue)) else {
        throw failure
      }
      throw CommandFailure(.noInput, "nothing is recorded about '\(text)'; did you mean the view '\(view)'?")
    }
    switch meaning {
    case .package(let package):
      try finish(staged(StateTable.releases.rows(ledger, under: package)), format, isOne: stage == nil)
    case .stream(let stream) where Subject.named(stream) != nil: try show(stream, ledger, format)
    case .event(let event) where event.subject != nil:
      try show(event.record.envelope.stream, ledger, format)
    case .stream, .event:
      throw CommandFailure(.noInput, "'\(text)' is about nothing that relm keeps a state of; see relm log")
    }
  }

  /// One row, as JSON or for a person to read.
  ///
  /// - Parameter otherwise: the row of what the view has none of.
  private func page<View: Projection>(
    _ view: View.Type, _ components: [String], _ text: String, _ ledger: Ledger, _ format: OutputFormat,
    otherwise: () throws -> View.Row? = { nil }, shown: (View.Row) throws -> View.Row = { $0 },
    print: ((View.Row) throws -> Void)? = nil
  ) throws {
    let stored = try ledger.withViews { rows, _ in try View.row(RowKey(components), in: rows) }
    guard let known = try stored ?? otherwise() else {
      throw try unknown(text, View.name, ledger)
    }
    let row = try shown(known)
    guard format == .table else { return try Terminal.data(String(decoding: row.bytes, as: UTF8.self)) }
    if let print { return try print(row) }
    for line in try DataPage(ledger).lines(row.bytes) { try Terminal.print(line) }
  }

  /// What to say of a subject that there is not: what is called nearly so.
  private func unknown(_ text: String, _ view: String, _ ledger: Ledger) throws -> CommandFailure {
    let near = try Subject.named(text).map { subject -> [String] in
      guard subject.kind != .person else { return [] }
      let name = text.dropFirst(subject.kind.rawValue.count + 1)
      return try ledger.names(near: String(name), of: subject.kind).map { "\(subject.kind.rawValue)/\($0)" }
    }
    return CommandFailure(
      .noInput,
      "nothing is recorded about \(text)"
        + (near.map { $0.isEmpty } ?? true
          ? "; 'relm state \(view)' lists what is" : NearNames.hint(near ?? [])))
  }

  private func finish(_ table: Rows, _ format: OutputFormat, isOne: Bool) throws {
    guard !table.isEmpty || !isOne else { throw CommandFailure(.noInput, table.whenEmpty) }
    try table.write(format)
  }
}

extension ReleaseRow.Stage: ExpressibleByArgument {}
