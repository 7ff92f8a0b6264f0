package import RelmDomain

/// One deployment that has ended, with all that the delivery metrics need of it.
package struct Delivery: Sendable, Equatable {
  /// A commit that came with a release.
  package struct Commit: Sendable, Equatable {
    package let id: String
    /// When it was committed, where anybody has said so.
    package let at: Instant?
    /// Whether it had come with another release before the span: then it has arrived, and does not again.
    package var cameBefore: Bool

    package init(id: String, at: Instant?, cameBefore: Bool = false) {
      self.id = id
      self.at = at
      self.cameBefore = cameBefore
    }
  }

  /// What a release says that its deployments are for.
  package enum Purpose: Sendable, Equatable {
    /// Its class is emergency, or it fixes an incident.
    case remedial
    case planned
    /// Nothing was planned.
    case unknown
  }

  package let name: DeploymentName
  package let environment: String
  /// When it ended: by its finish, or where none is recorded by its rollback.
  package let ended: Moment
  /// Nil where no finish is recorded.
  package let outcome: Outcome?
  package let rolledBack: Moment?
  /// Whether it is the first successful deployment of its release, at any time, among all that are counted.
  package var isFirst: Bool
  /// The next successful deployment of the package there, whenever.
  package var nextSuccess: Moment?
  package var purpose: Purpose
  /// The commits of its release; needed of a first deployment only.
  package var commits: [Commit]

  package init(
    name: DeploymentName, environment: String, ended: Moment, outcome: Outcome?, rolledBack: Moment? = nil,
    isFirst: Bool = false, nextSuccess: Moment? = nil, purpose: Purpose = .unknown, commits: [Commit] = []
  ) {
    self.name = name
    self.environment = environment
    self.ended = ended
    self.outcome = outcome
    self.rolledBack = rolledBack
    self.isFirst = isFirst
    self.nextSuccess = nextSuccess
    self.purpose = purpose
    self.commits = commits
  }
}

/// Which deployment of which release, and where: one job may deploy to several environments under its own id.
package struct DeploymentName: Hashable, Sendable {
  package let package: String
  package let version: String
  package let deployment: String
  package let environment: String

  package init(package: String, version: String, deployment: String, environment: String) {
    self.package = package
    self.version = version
    self.deployment = deployment
    self.environment = environment
  }

  /// The release's stream.
  package var release: String { Subject.release(package: package, version: version).text }
}

extension AttemptRow {
  /// When a deployment ended: by its finish, or where none is recorded by its rollback; and never before it began.
  package var deploymentEnd: Mark? {
    guard var end = ended ?? rolledBack else { return nil }
    end.at = max(end.at, begun?.at ?? end.at)
    return end
  }
}
