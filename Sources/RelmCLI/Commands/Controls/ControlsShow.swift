internal import ArgumentParser
internal import RelmDomain
internal import RelmRules

struct ControlsShow: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a framework, or a clause with its coverage and what is evidence for it.",
    discussion: """
      A clause is named as its framework names it; one with brackets is quoted for the shell: \
      relm controls show nist-800-53 'CM-3(1)'.
      """)

  @OptionGroup var own: ControlsOptions
  @OptionGroup var output: FormatOptions

  @Argument(help: "The framework's id.", completion: Completions.frameworks)
  var framework: String

  @Argument(help: "The clause's id.", completion: Completions.clauses)
  var clause: String?

  func run() throws {
    let format = try output.chosen()
    let framework = try own.catalogue().framework(named: framework)
    guard let clause else { return try ControlsPage(framework).write(format) }
    try ControlsPage(framework).write(try framework.clause(named: clause), format)
  }
}
