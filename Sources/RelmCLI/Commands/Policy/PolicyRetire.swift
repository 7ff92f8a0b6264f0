internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger

struct PolicyRetire: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retire", abstract: "Retire a policy: from now on it asks nothing.",
    discussion: """
      An act of level 6. What was deployed under it stays judged by it. Where no other policy applies to production, \
      nothing goes there any more.

      Example: relm policy retire night-windows --reason 'Nobody deploys by night any more'
      """)

  @OptionGroup var options: PolicyEventOptions

  @Argument(help: "The policy's id.", completion: Completions.policies)
  var policy: String

  @Option(help: "Why, without anything personal; that goes into --note.")
  var reason: String

  @Option(
    name: .customLong("replaced-by"), help: "The policy that takes its place.", completion: Completions.policies
  )
  var replacedBy: String?

  func run() throws {
    let opened = try options.ledger.open()
    let known = try AdoptedPolicy(policy, in: opened)
    let successor = try replacedBy.map { try AdoptedPolicy($0, in: opened).id }
    try options.record(.policyRetired, of: known.id, in: opened) { _ in
      var data = EventData()
      data.set("reason", reason)
      data.set("replacedBy", successor)
      return (
        data, "policy \(known.id) is retired" + (successor.map { "; policy \($0) takes its place" } ?? "")
      )
    }
  }
}
