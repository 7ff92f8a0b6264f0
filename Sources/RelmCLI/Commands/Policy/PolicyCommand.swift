internal import ArgumentParser

/// What the organisation asks of its releases.
struct PolicyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Write, check, adopt, compare, review and retire what is asked of releases.",
    discussion: """
      A policy is a YAML or JSON file until it is adopted; then the whole of it is an event. It is in force from the later \
      of its effective time and its recording, and never judges what was deployed before. Several may apply to one \
      release: each is judged by itself, and all must hold.
      """,
    subcommands: [
      PolicyInit.self, PolicyCheck.self, PolicyAdopt.self, PolicyList.self, PolicyShow.self, PolicyDiff.self,
      PolicyReview.self, PolicyRetire.self,
    ])

  func run() throws {
    throw CommandFailure(
      .usage,
      "name what to do: init, check, adopt, list, show, diff, review or retire. See 'relm policy --help'")
  }
}
