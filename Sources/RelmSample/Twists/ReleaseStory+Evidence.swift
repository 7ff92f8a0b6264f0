internal import RelmDomain

/// What goes otherwise in what is to be shown before a release goes to production.
extension ReleaseStory {
  /// It is built once more after the tests, and that is approved and deployed.
  mutating func buildAnew() {
    build(daysBefore: 1, number: 2)
    let names = environments.map(Self.short)
    say(digest(ofBuild: 2), insteadOf: digest(ofBuild: 1)) { part in
      part.hasPrefix("approved-deployment") || names.contains { part == $0 || part.hasPrefix("\($0)-") }
    }
  }

  /// It is built by somebody on a machine of their own.
  mutating func buildOnLaptop() {
    for part in ["built-begun", "built"] {
      change(part, ["tool": .absent, "mode": "manual"])
      retell(part, by: authors[0])
    }
  }

  /// What the tests came to is told when it is deployed already.
  mutating func tellTestLate() {
    retell("tested-regression-begun", happened: at(0, 8, 20), told: at(0, 8, 21))
    retell("tested-regression", happened: at(0, 8, 55), told: at(0, 12, 30))
  }

  /// More goes into it after its risk was assessed.
  mutating func changeScope() {
    tell(
      "scope", .releaseScopeChanged, by: manager, at: at(-2, 16, 15),
      [
        "reason": "The list of pilots belongs to it",
        "changes": [["system": "desk", "id": "KW-\(chance.number(in: 1000...9999))"]],
      ])
    for place in 1...2 { change("approved-deployment-\(place)", ["plan": self.place("scope")]) }
  }

  /// It requires a release that has never run.
  mutating func requireWhatDoesNotRun() {
    guard let other = team.packages.first(where: { $0 != package }) else { return }
    change("planned", ["requires": ["release/\(other)/99.0.0"]])
  }
}
