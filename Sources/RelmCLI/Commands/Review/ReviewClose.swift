internal import ArgumentParser
internal import RelmDomain

struct ReviewClose: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Close a review with what it came to.",
    discussion: """
      Example: relm review close payments-api/2026.11.3 --outcome partlySuccessful --lesson 'Rehearse what is to be \
      quick' --summary 'The change was good, the way back was not'

      Actions that are still open stay due.
      """)

  private static let outcomes = FieldChoices(.reviewClosed, "outcome")

  @OptionGroup var options: ReviewOptions

  @Argument(help: "The release, such as payments-api/2026.11.3.", completion: Completions.subjects)
  var release: String

  @Option(help: outcomes.help("How the release went"), completion: outcomes.completion)
  var outcome: String

  @Option(help: "What was learnt; may be given again.")
  var lesson: [String] = []

  @Option(help: "The review in a few words.")
  var summary: String?

  @Option(
    help: ArgumentHelp(
      "The position of an override that it has reviewed; may be given again.", valueName: "position"))
  var override: [UInt64] = []

  @Option(help: "The review; not given, the one that is open.")
  var review: String?

  @Option(
    help: ArgumentHelp(
      "The review as a document, to be kept beside the log; may be given again.", valueName: "file"),
    completion: .file())
  var evidence: [String] = []

  func run() throws {
    let outcome = try Self.outcomes.checked(outcome, option: "--outcome")
    try options.record(.reviewClosed, of: release, evidence: evidence) { reviews in
      let review = try reviews.meant(review)
      var data = EventData()
      data.set("review", review)
      data.set("outcome", outcome)
      data.set("lessons", lesson)
      data.set("summary", summary)
      data.set("overrides", override)
      try reviews.check(overrides: override)
      let left = reviews.remaining(of: review, reviewed: override)
      return ReviewOptions.Step(data: data, remark: "review \(review)\(left)")
    }
  }
}
