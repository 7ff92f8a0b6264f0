/// The kinds of streams, as a subject begins and as `x-relm-stream` in a schema names them.
package enum StreamKind: String, Sendable, CaseIterable {
  case release = "release"
  case ledger = "ledger"

  /// The kind for a reader, with its article.
  package var inWords: String {
    switch self {
    case .release: "a release"
    case .ledger: "the ledger"
    }
  }

  /// How a subject of the kind is written.
  package var pattern: String {
    switch self {
    case .release: "release/<package>/<version>"
    case .ledger: "ledger"
    }
  }
}

extension Subject {
  /// The kind of stream; nil for one that no event type knows yet.
  package var kind: StreamKind? {
    switch self {
    case .release: .release
    case .ledger: .ledger
    case .service, .environment, .policy, .procedure, .capability, .person, .incident: nil
    }
  }
}
