/// The kinds of streams, as a subject begins and as `x-relm-stream` in a schema names them.
package enum StreamKind: String, Sendable, CaseIterable {
  case release, service, environment, policy, procedure, capability, person, incident, ledger

  /// The kind for a reader, with its article.
  package var inWords: String {
    switch self {
    case .release: "a release"
    case .service: "a service"
    case .environment: "an environment"
    case .policy: "a policy"
    case .procedure: "a procedure"
    case .capability: "a capability"
    case .person: "a person"
    case .incident: "an incident"
    case .ledger: "the ledger"
    }
  }

  /// How a subject of the kind is written.
  package var pattern: String {
    switch self {
    case .release: "release/<package>/<version>"
    case .service, .environment: "\(rawValue)/<name>"
    case .policy, .procedure, .capability, .incident: "\(rawValue)/<id>"
    case .person: "person/<uuid>"
    case .ledger: "ledger"
    }
  }
}

extension Subject {
  /// The kind of stream.
  package var kind: StreamKind {
    switch self {
    case .release: .release
    case .service: .service
    case .environment: .environment
    case .policy: .policy
    case .procedure: .procedure
    case .capability: .capability
    case .person: .person
    case .incident: .incident
    case .ledger: .ledger
    }
  }
}

extension Event {
  /// The kind of stream in which the event stands; nil for an event that is not ours, or that a newer program wrote.
  package var stream: StreamKind? {
    switch self {
    case .release: .release
    case .service: .service
    case .environment: .environment
    case .policy: .policy
    case .procedure: .procedure
    case .capability: .capability
    case .person: .person
    case .incident: .incident
    case .ledger: .ledger
    case .foreign, .newer: nil
    }
  }
}
