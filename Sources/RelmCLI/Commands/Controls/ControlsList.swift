internal import ArgumentParser
internal import RelmDomain
internal import RelmRules

struct ControlsList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the frameworks, or the clauses of one, or those that something is evidence for.",
    discussion: """
      Examples: relm controls list; relm controls list soc-2; relm controls list --rule approved.

      The ledger's own evidence, which rests on no policy: \
      \(ControlFramework.LedgerProperty.allCases.map(\.rawValue).joined(separator: ", ")).
      """)

  @OptionGroup var own: ControlsOptions
  @OptionGroup var output: FormatOptions

  @Argument(help: "List the clauses of this framework.", completion: Completions.frameworks)
  var framework: String?

  @Option(
    help: "List the clauses that this rule is evidence for, such as approved.", completion: Completions.rules)
  var rule: String?

  @Option(
    help: "List the clauses that this fact of the ledger is evidence for, such as two-clocks.",
    completion: Completions.evidence)
  var evidence: String?

  func run() throws {
    let format = try output.chosen()
    let catalogue = try own.catalogue()
    let chosen = try framework.map { [try catalogue.framework(named: $0)] } ?? catalogue.frameworks
    guard framework != nil || rule != nil || evidence != nil else {
      return try ControlsPage.frameworks(chosen).write(format)
    }
    let rule = try rule.map { try Self.known($0, RuleName.allCases, .rule) }
    let evidence = try evidence.map { try Self.known($0, ControlFramework.LedgerProperty.allCases, .evidence) }
    let clauses = chosen.flatMap { framework in
      framework.clauses.filter { clause in
        (rule.map(clause.rules.contains) ?? true) && (evidence.map(clause.evidence.contains) ?? true)
      }.map { (framework, $0) }
    }
    try ControlsPage.clauses(clauses).write(format)
  }

  /// The word of a closed list that a name is.
  private static func known<Word: RawRepresentable<String>>(
    _ name: String, _ words: [Word], _ kind: UnknownControl.Kind
  ) throws(UnknownControl) -> Word {
    guard let word = UnknownControl.match(name, among: words, by: \.rawValue) else {
      throw UnknownControl(name, kind: kind, among: words.map(\.rawValue))
    }
    return word
  }
}
