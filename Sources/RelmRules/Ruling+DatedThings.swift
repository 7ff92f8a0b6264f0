internal import RelmDomain
internal import RelmProof

/// What is dated around a gate's verdict: it may come to something else when one of these begins or ends.
extension Ruling {
  struct DatedThing {
    let time: Instant
    let words: String
  }

  /// Everything dated by which a rule could come to something else later, in no particular order; what lies in the past among it.
  func datedThings(_ state: some LedgerState) throws -> [DatedThing] {
    try said + frozenLater(state) + permitted(state) + granted(state) + relied(state) + governed(state)
  }

  /// Windows, waivers, overrides, and what is told to happen a little later.
  private var said: [DatedThing] {
    judged.events.flatMap { event -> [DatedThing] in
      var found = [
        DatedThing(
          time: event.happened, words: "what position \(event.position.value) tells will have happened")
      ]
      guard case .release(let said) = event.event else { return found }
      switch said {
      case .scheduleAgreed(let data):
        for window in data.windows where EnvironmentScope(window.environment).contains(judged.environment) {
          found.append(DatedThing(time: window.until.instant, words: "the agreed window ends"))
        }
      case .waiverGranted(let data):
        found.append(DatedThing(time: data.until.instant, words: "waiver \(data.waiver) ends"))
      case .overrideDeclared(let data):
        let place = "the override at position \(event.position.value)"
        for policy in policies.map(\.document) {
          let longest = policy.longestOverrideMicroseconds
          found.append(DatedThing(time: event.end(of: data, lasting: longest), words: "\(place) ends"))
          let due = event.ratificationDue(data, lasting: longest).advanced(byMicroseconds: 1)
          found.append(DatedThing(time: due, words: "\(place) was to be ratified"))
        }
      default: break
      }
      return found
    }
  }

  private func frozenLater(_ state: some LedgerState) throws -> [DatedThing] {
    try state.freezes(reaching: judged.environment).filter { $0.lifted == nil }.flatMap { freeze in
      [
        DatedThing(time: freeze.from, words: "freeze \(freeze.freeze) begins"),
        DatedThing(time: freeze.until, words: "freeze \(freeze.freeze) ends"),
      ]
    }
  }

  private func permitted(_ state: some LedgerState) throws -> [DatedThing] {
    try state.approvals(judged.package, judged.version).filter { $0.kind == .authorisation }.compactMap { row in
      row.until.map { DatedThing(time: $0, words: "\(row.id.replacing("/", with: " ")) ends") }
    }
  }

  /// The authority of everybody who said something of the release, their own, lent to them, and what theirs is delegated from.
  private func granted(_ state: some LedgerState) throws -> [DatedThing] {
    let people = Set(judged.events.compactMap(\.person))
    let authority = Authority(state, at: judged.begun)
    var rows: [PersonRow] = []
    for person in people.sorted() {
      guard let row = try state.person(person) else { continue }
      rows.append(row)
      for link in row.links {
        if let other = try state.person(link.account), !people.contains(other.person) { rows.append(other) }
      }
    }
    return try rows.flatMap { row in
      try row.grants.flatMap { grant -> [DatedThing] in
        var ends = [grant.until]
        if let origin = grant.delegatedFrom { ends.append(try authority.grant(at: origin)?.grant.until) }
        return ends.compactMap { $0 }.map {
          DatedThing(time: $0, words: "the authority of \(row.person.text) at level \(grant.level) ends")
        } + [DatedThing(time: grant.from, words: "authority of \(row.person.text) begins")]
      }
    }
  }

  /// The capabilities that are asked for, and those by which something was made.
  private func relied(_ state: some LedgerState) throws -> [DatedThing] {
    let asked = policies.flatMap(\.document.rules).flatMap { $0.capabilities + ($0.by?.capabilities ?? []) }
    let used = judged.events.compactMap { $0.event.tool?.capability }
    return try Set(asked + used).sorted().compactMap { name in
      try state.capability(name)?.validUntil.map {
        DatedThing(time: $0, words: "capability \(name) is valid no longer")
      }
    }
  }

  /// The policies that come into force, whether they would apply or not.
  private func governed(_ state: some LedgerState) throws -> [DatedThing] {
    try state.policies().flatMap { row in
      row.versions.map { version in
        DatedThing(
          time: version.effective, words: "policy \(row.policy) version \(version.version) comes into force")
      }
        + [row.retired].compactMap { $0 }.map {
          DatedThing(time: $0.at, words: "policy \(row.policy) is retired")
        }
    }
  }
}
