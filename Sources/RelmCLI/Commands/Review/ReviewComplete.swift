internal import ArgumentParser
internal import RelmDomain

struct ReviewComplete: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "complete", abstract: "Record that an action was done, also after its review was closed.",
    discussion: "Example: relm review complete payments-api/2026.11.3 a-1 'Rehearsed twice'")

  @OptionGroup var options: ReviewOptions

  @Argument(help: "The release, such as payments-api/2026.11.3.", completion: Completions.subjects)
  var release: String

  @Argument(help: "The action's id.")
  var action: String

  @Argument(help: "What came of it.")
  var result: String

  @Option(help: "The review; not given, the one that has this action open.")
  var review: String?

  @Option(
    help: ArgumentHelp(
      "A file that shows it, to be kept beside the log; may be given again.", valueName: "file"),
    completion: .file())
  var evidence: [String] = []

  func run() throws {
    try options.record(.reviewActionCompleted, of: release, evidence: evidence) { reviews in
      let review = try reviews.meant(review, action: action)
      var data = EventData()
      data.set("review", review)
      data.set("action", action)
      data.set("result", result)
      return ReviewOptions.Step(data: data, remark: "action \(action) of \(review)")
    }
  }
}
