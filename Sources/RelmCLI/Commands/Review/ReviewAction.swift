internal import ArgumentParser
internal import RelmDomain

struct ReviewAction: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "action", abstract: "Raise an action: what somebody is to do by a date.",
    discussion: """
      Example: relm review action payments-api/2026.11.3 'Rehearse the rollback' --owner bo@example.org \
      --due 2027-01-15 --finding f-1

      'relm obligations' lists it until it is completed.
      """)

  @OptionGroup var options: ReviewOptions

  @Argument(help: "The release, such as payments-api/2026.11.3.", completion: Completions.subjects)
  var release: String

  @Argument(help: "What is to be done.")
  var task: String

  @Option(help: "Who is to do it: an account.")
  var owner: String

  @Option(help: "By when: a moment (RFC 3339), or a day, which means its end in UTC.")
  var due: String

  @Option(help: "The finding that it is about.")
  var finding: String?

  @Option(help: "The review; not given, the one that is open.")
  var review: String?

  @Option(help: "The action's id; not given, the next that is free in the review: a-1, a-2 and so on.")
  var action: String?

  func run() throws {
    let due = try Moments.due(due, option: "--due")
    try options.record(.reviewActionRaised, of: release) { reviews in
      let review = try reviews.meant(review)
      if let finding { try reviews.check(finding: finding, of: review) }
      let id = action ?? reviews.newAction(of: review)
      var data = EventData()
      data.set("review", review)
      data.set("action", id)
      data.set("task", task)
      data.set("owner", owner)
      data.set("due", due)
      data.set("finding", finding)
      return ReviewOptions.Step(data: data, remark: "action \(id) of \(review)")
    }
  }
}
