internal import RelmDomain

/// What the claims of one batch make known themselves.
struct MadeNames {
  var environments: Set<String> = []
  var plans: Set<String> = []
  var capabilities: Set<String> = []
  var sources: Set<String> = []
  var streams: Set<String> = []
  var linked: Set<PersonID> = []

  init(_ claims: [PreparedClaim]) {
    for claim in claims {
      let envelope = claim.claim.envelope
      sources.insert(envelope.source)
      if let subject = envelope.subject { streams.insert(subject) }
      switch claim.event {
      case .environment(.environmentRegistered):
        if case .environment(let name)? = envelope.subject.flatMap(Subject.named) { environments.insert(name) }
      case .release(.releasePlanned): if let subject = envelope.subject { plans.insert(subject) }
      case .capability(.capabilityRegistered):
        if case .capability(let name)? = envelope.subject.flatMap(Subject.named) { capabilities.insert(name) }
      case .person(.personLinked(let data)):
        linked.formUnion(data.accounts)
        if case .person(let person)? = envelope.subject.flatMap(Subject.named) { linked.insert(person) }
      default: break
      }
    }
  }
}
