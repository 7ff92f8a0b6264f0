internal import ArgumentParser

struct ReviewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review", abstract: "Draft a post-release review, and record it step by step.",
    discussion: """
      'draft' writes the document from the ledger and records nothing. Each other step is one event, as \
      'relm record --help review.opened' and its likes describe them; here the ids are proposed (review-1, f-1, a-1 and \
      so on) and the review is the one that is open. A release is written release/PACKAGE/VERSION, or just \
      PACKAGE/VERSION.
      """,
    subcommands: [
      ReviewDraft.self, ReviewOpen.self, ReviewFinding.self, ReviewAction.self, ReviewComplete.self,
      ReviewClose.self,
    ])

  func run() throws {
    throw CommandFailure(
      .usage, "name the step: draft, open, finding, action, complete or close. See 'relm review --help'")
  }
}
