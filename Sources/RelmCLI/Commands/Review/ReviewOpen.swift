internal import ArgumentParser
internal import RelmDomain

struct ReviewOpen: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open a review of a release.",
    discussion: """
      Example: relm review open payments-api/2026.11.3 'The deployment on 22 November' --lead ana@example.org \
      --participant bo@example.org:tester --due 2026-12-04
      """)

  @OptionGroup var options: ReviewOptions

  @Argument(help: "The release, such as payments-api/2026.11.3.", completion: Completions.subjects)
  var release: String

  @Argument(help: "What the review looks at.")
  var scope: String

  @Option(help: "Its id; not given, the next that is free: review-1, review-2 and so on.")
  var review: String?

  @Option(help: "Who leads it: an account.")
  var lead: String?

  @Option(help: ArgumentHelp("Who takes part, and as what; may be given again.", valueName: "account:part"))
  var participant: [String] = []

  @Option(help: "When it is to be closed: a moment (RFC 3339), or a day, which means its end in UTC.")
  var due: String?

  func run() throws {
    let due = try due.map { try Moments.due($0, option: "--due") }
    let participants = try participant.map(Self.participant)
    try options.record(.reviewOpened, of: release) { reviews in
      let id = review ?? reviews.newReview()
      var data = EventData()
      data.set("review", id)
      data.set("scope", scope)
      data.set("lead", lead)
      data.set("due", due)
      data.set("participants", objects: participants)
      return ReviewOptions.Step(data: data, remark: "review \(id)")
    }
  }

  /// A person and a part, from `ACCOUNT:PART`.
  private static func participant(_ text: String) throws -> [UInt8] {
    guard PersonID(text) == nil, let colon = text.lastIndex(of: ":"), colon != text.startIndex,
      text.index(after: colon) != text.endIndex
    else {
      throw CommandFailure(
        .usage, "--participant is '\(text)'; write ACCOUNT:PART, such as bo@example.org:tester")
    }
    var data = EventData()
    data.set("person", String(text[..<colon]))
    data.set("part", String(text[text.index(after: colon)...]))
    return data.bytes
  }
}
