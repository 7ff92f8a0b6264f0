internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger

struct PolicyAdopt: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt", abstract: "Adopt a policy: from now on, or from its effective time, it holds.",
    discussion: """
      An act of level 6. The file is checked as by 'relm policy check', and the whole policy becomes part of the log. The \
      next version of a policy replaces the one in force; each version is adopted once. Afterwards the file is nobody's \
      business any more: 'relm policy show ID --format yaml' writes it out again.

      Example: relm policy adopt small-team.policy.yaml --reason 'Our first policy'
      """)

  @OptionGroup var options: PolicyEventOptions

  @Argument(help: "The policy, YAML or JSON; - for standard input.", completion: .file())
  var file: String

  @Option(help: "Why it is adopted, without anything personal; that goes into --note.")
  var reason: String?

  func run() throws {
    let policy = try PolicyFile(file, in: options.ledger.open())
    let document = policy.document
    let opened = try options.ledger.open()
    try PolicyRemarks(policy, in: opened).tell(now: opened.surroundings.now())
    try options.record(.policyAdopted, of: document.id, in: opened) { standing in
      let replaced: String?
      if case .policyAdopted(let said) = standing.again {
        replaced = said.replaces
      } else {
        replaced = standing.row?.inForce(at: standing.now)?.version
      }
      var data = EventData()
      data.set("document", object: document.bytes)
      data.set("replaces", replaced)
      data.set("reason", reason)
      let effective = document.effectiveFrom.flatMap { $0.instant > standing.now ? $0.text : nil }
      return (
        data,
        "policy \(document.id) version \(document.version), in force from \(effective ?? "its recording")"
          + (replaced.map { "; replaces version \($0)" } ?? "") + Self.never(document, standing)
      )
    }
  }

  /// What to say of versions that were to be in force later, and now never will be.
  private static func never(_ document: PolicyDocument, _ standing: PolicyEventOptions.Standing) -> String {
    let effective = max(document.effectiveFrom?.instant ?? standing.now, standing.now)
    let waiting = (standing.row?.versions ?? []).filter {
      $0.effective > standing.now && $0.effective >= effective && $0.version != document.version
    }
    return waiting.map {
      "; version \($0.version), which was to be in force from \(Moments.text($0.effective)), never will be"
    }.joined()
  }
}
