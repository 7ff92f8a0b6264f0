internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger

struct PolicyReview: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Record that a policy was reviewed, and what came of it.",
    discussion: """
      An act of level 6. Example: relm policy review small-team --outcome kept --review-by 2027-06-30
      """)

  private static let outcomes = FieldChoices(.policyReviewed, "outcome")

  @OptionGroup var options: PolicyEventOptions

  @Argument(help: "The policy's id.", completion: Completions.policies)
  var policy: String

  @Option(help: outcomes.help("What came of it"), completion: outcomes.completion)
  var outcome: String

  @Option(help: "The version that was reviewed; not given, the one in force.")
  var version: String?

  @Option(
    name: .customLong("review-by"),
    help: "When it is to be reviewed next: a moment (RFC 3339), or a day, which means its end in UTC.")
  var reviewBy: String?

  @Option(help: "Why, without anything personal; that goes into --note.")
  var reason: String?

  func run() throws {
    let outcome = try Self.outcomes.checked(outcome, option: "--outcome")
    let reviewBy = try reviewBy.map { try Moments.due($0, option: "--review-by") }
    let opened = try options.ledger.open()
    let known = try AdoptedPolicy(policy, in: opened)
    let named = try version.map { try known.version($0).document.version }
    try options.record(.policyReviewed, of: known.id, in: opened) { standing in
      var reviewed = named
      if reviewed == nil, case .policyReviewed(let said) = standing.again { reviewed = said.version }
      let version = try reviewed ?? known.current(at: standing.now).document.version
      var data = EventData()
      data.set("version", version)
      data.set("outcome", outcome)
      data.set("reviewBy", reviewBy)
      data.set("reason", reason)
      return (
        data,
        "policy \(known.id) version \(version): \(outcome)" + (reviewBy.map { "; next review by \($0)" } ?? "")
      )
    }
  }
}
