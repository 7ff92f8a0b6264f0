/// Which attempt of a release is meant: builds, tests, handovers, support and reviews by their ids, a deployment by its
/// environment too, as one job deploys to several under its own id.
package struct AttemptID: Hashable, Sendable {
  package let kind: AttemptRow.Kind
  /// As the caller gave it.
  package let id: String
  /// Where, of a deployment; nil of anything else.
  package let environment: String?

  package init(_ kind: AttemptRow.Kind, _ id: String, in environment: String? = nil) {
    self.kind = kind
    self.id = id
    self.environment = kind == .deployment ? environment : nil
  }
}

extension AttemptEvent {
  /// The attempt that it is a step of.
  package var attemptID: AttemptID { AttemptID(kind, id, in: environment) }
}
