internal import ArgumentParser
internal import RelmDomain
internal import RelmInterchange
internal import RelmLedger
internal import RelmProof
internal import RelmVault

struct PolicyShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a policy: the version in force, or another one.",
    discussion: """
      As YAML it is what 'relm policy check' and 'adopt' take: write it to a file, edit it, give it a new version, adopt \
      it. Comments are not part of a policy and are not kept.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, yaml, json
  }

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var asOf: AsOfOptions
  @OptionGroup var people: PeopleOptions

  @Argument(help: "The policy's id.", completion: Completions.policies)
  var policy: String

  @Option(help: "Which version; not given, the one in force, else the latest.")
  var version: String?

  @Option(help: "table, yaml or json; else RELM_FORMAT where that is one of them, else table.")
  var format: Format?

  func run() throws {
    let format = try chosenFormat()
    let opened = try ledger.open(asOf)
    let known = try AdoptedPolicy(policy, in: opened)
    let now = opened.surroundings.now()
    let shown = try version.map { try known.version($0) } ?? known.current(at: now)
    switch format {
    case .yaml: try Terminal.write(Array(try yaml(of: shown.document, in: opened).utf8))
    case .json: try PolicyPage(shown.document, nil).write(.json)
    case .table:
      try PolicyPage(shown.document, Names(opened.vault)).write(
        .table, heading: heading(known, shown, at: now, in: opened))
    }
  }

  /// The policy as a person writes it, with people as their accounts; whom the vault does not know stays a pseudonym.
  private func yaml(of document: PolicyDocument, in opened: Ledger) throws -> String {
    var text = document.yaml
    guard !ShownPeople.arePseudonyms else { return text }
    for person in Set(document.rules.flatMap { $0.by?.accounts ?? [] }) {
      guard let account = try opened.vault.describe(person)?.accounts.first else { continue }
      var writer = CanonicalWriter()
      writer.string(account)
      text = text.replacing("\"\(person.text)\"", with: String(decoding: writer.bytes, as: UTF8.self))
    }
    return text
  }

  private func chosenFormat() throws -> Format {
    if let format { return format }
    return try Environment.value("RELM_FORMAT").flatMap(Format.init) ?? .table
  }

  private func heading(
    _ known: AdoptedPolicy, _ shown: AdoptedPolicy.Version, at now: Instant, in opened: Ledger
  ) throws -> [(String, String)] {
    let person = try shown.adopted.person.map { try Names(opened.vault).text($0.text) }
    var lines = [
      ("state", known.state(of: shown, at: now)),
      (
        "adopted",
        "\(Moments.text(shown.adopted.recorded)), position \(shown.adopted.position.value)"
          + (person.map { ", by \($0)" } ?? "") + (shown.replaces.map { "; replaces version \($0)" } ?? "")
      ),
    ]
    if let reason = shown.reason { lines.append(("reason", reason)) }
    if let reviewed = known.row.reviewed {
      lines.append(("reviewed", "\(Moments.text(reviewed.at)), position \(reviewed.position.value)"))
    }
    let versions = known.versions.map(\.document.version)
    if versions.count > 1 { lines.append(("versions", versions.joined(separator: ", "))) }
    return lines
  }
}
