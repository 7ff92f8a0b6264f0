internal import ArgumentParser
internal import RelmDomain

struct ReviewFinding: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "finding", abstract: "Record what a review has found.",
    discussion: """
      Example: relm review finding payments-api/2026.11.3 'The rollback took forty minutes' --kind deviation \
      --severity medium --position 12 --position 14
      """)

  private static let kinds = FieldChoices(.reviewFindingRecorded, "kind")
  private static let severities = FieldChoices(.reviewFindingRecorded, "severity")

  @OptionGroup var options: ReviewOptions

  @Argument(help: "The release, such as payments-api/2026.11.3.", completion: Completions.subjects)
  var release: String

  @Argument(help: "What was found, without anything personal; that goes into --note.")
  var statement: String

  @Option(help: kinds.help("What kind of finding"), completion: kinds.completion)
  var kind: String

  @Option(help: severities.help("How bad it is"), completion: severities.completion)
  var severity: String?

  @Option(help: "The review; not given, the one that is open.")
  var review: String?

  @Option(help: "The finding's id; not given, the next that is free in the review: f-1, f-2 and so on.")
  var finding: String?

  @Option(help: ArgumentHelp("Whose work it is about; may be given again.", valueName: "account"))
  var about: [String] = []

  @Option(help: "The position of an event that shows it; may be given again.")
  var position: [UInt64] = []

  @Option(
    help: ArgumentHelp(
      "A file that it rests on, to be kept beside the log; may be given again.", valueName: "file"),
    completion: .file())
  var evidence: [String] = []

  func run() throws {
    let kind = try Self.kinds.checked(kind, option: "--kind")
    let severity = try severity.map { try Self.severities.checked($0, option: "--severity") }
    try options.record(.reviewFindingRecorded, of: release, evidence: evidence) { reviews in
      let review = try reviews.meant(review)
      try reviews.check(positions: position)
      if let finding { try reviews.check(newFinding: finding, of: review) }
      let id = finding ?? reviews.newFinding(of: review)
      var data = EventData()
      data.set("review", review)
      data.set("finding", id)
      data.set("kind", kind)
      data.set("statement", statement)
      data.set("severity", severity)
      data.set("about", about)
      data.set("positions", position)
      return ReviewOptions.Step(data: data, remark: "finding \(id) of \(review)")
    }
  }
}
