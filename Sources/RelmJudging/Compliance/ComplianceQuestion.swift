package import RelmDomain
internal import RelmProof

/// What a compliance report is asked about.
package struct ComplianceQuestion: Sendable {
  /// Only this package.
  package var package: String?
  /// Only this version of it.
  package var version: String?
  /// Only deployments to environments of this context, as they were when each began.
  package var context: ContextChoice
  /// Only deployments to this environment.
  package var environment: String?
  /// Only deployments that began, by their claim, at this moment or later.
  package var from: Instant?
  /// Only deployments that began before this moment.
  package var until: Instant?
  /// In which time zone the ends of the period were given.
  package var zone: String?
  /// The draft of a policy to judge by in place of its own versions, as if it had always been in force.
  package var draft: PolicyDocument?

  package init(
    package: String? = nil, version: String? = nil, context: ContextChoice = .all,
    environment: String? = nil, from: Instant? = nil, until: Instant? = nil, zone: String? = nil,
    draft: PolicyDocument? = nil
  ) {
    self.package = package
    self.version = version
    self.context = context
    self.environment = environment
    self.from = from
    self.until = until
    self.zone = zone
    self.draft = draft
  }

  /// Whether a moment lies in the period: from its beginning to before its end.
  package func spans(_ moment: Instant) -> Bool {
    (from.map { $0 <= moment } ?? true) && (until.map { moment < $0 } ?? true)
  }
}
