package import RelmDomain
internal import RelmProof

/// Who had which duty in a release, as far as it is recorded.
extension Case {
  /// Those who had a duty.
  struct Holders {
    /// Who is known to have had it.
    let known: [PersonID]
    /// Whether that is everybody who had it: a build that a machine began for nobody leaves somebody out.
    let isWhole: Bool

    /// Everybody who had it; nil where somebody is not known.
    var all: [PersonID]? { isWhole ? known : nil }

    /// Of something that each of several events tells, or leaves out.
    init(of told: [[PersonID]]) {
      known = Set(told.joined()).sorted { $0.text < $1.text }
      isWhole = !told.isEmpty && told.allSatisfy { !$0.isEmpty }
    }

    /// Of a duty that nobody has besides.
    static let nobody = Holders([], isWhole: true)

    init(_ known: [PersonID], isWhole: Bool) {
      self.known = Set(known).sorted { $0.text < $1.text }
      self.isWhole = isWhole
    }
  }

  func holders(of duty: PolicyDocument.Separate) -> Holders {
    switch duty {
    // Whoever ever asked for it has asked for it, whoever is named now.
    case .requester: Holders(requesters, isWhole: release?.plan?.requestedBy != nil)
    case .author: authors
    case .initiator:
      Holders(
        of: facts { if case .buildFinished(let data) = $0 { data } else { nil } }.map {
          // Who records a build and names another has set it going all the same, where that is known to be a human.
          guard let named = $0.data.initiator else { return [] }
          return [named] + [$0.event.person].compactMap { $0 }.filter(humanRecorders.contains)
        })
    case .deployer: deployers?.isEmpty == true ? .nobody : Holders(of: [deployers ?? []])
    // An approver is no other approver: a quorum counts humans.
    case .approver: .nobody
    }
  }

  /// Who wrote its commits. A build names a commit by its id; who wrote it is told once, often by the plan. What another
  /// release says of a commit adds to that; that every commit's author is known has to be shown by this release.
  private var authors: Holders {
    let told = Holders(of: Dictionary(grouping: commits, by: \.id).values.map { $0.flatMap(\.authors) })
    return Holders(
      told.known + builtCommits.flatMap(\.authors) + authorsElsewhere, isWhole: told.isWhole)
  }

  /// Everybody whom a plan that stood before named as who asked for it, be it annulled since.
  private var requesters: [PersonID] {
    everything.compactMap { event in
      guard event.position < line, case .release(.releasePlanned(let data)) = event.event else { return nil }
      return data.requestedBy
    }
  }

  /// The commits of the plan, as last changed, and of the builds.
  var commits: [Commit] {
    let declared = Set(declaredCommits)
    return facts { $0.commits.isEmpty ? nil : $0.commits }.flatMap(\.data).filter {
      declared.isEmpty || declared.contains($0.id)
    }
  }

  /// The commits of the builds that made what is deployed, whether the plan declares them or not: what it leaves out is in there
  /// all the same. What was built and is not deployed has none in it.
  var builtCommits: [Commit] {
    guard !declaredCommits.isEmpty else { return [] }
    let origins = lineage.origins(of: meant)
    let builds = facts { if case .buildFinished(let data) = $0 { data } else { nil } }.filter { build in
      meant.isEmpty
        || build.data.artifacts.contains { artifact in
          ([artifact.digest] + artifact.digests).contains(where: origins.contains)
        }
    }
    let names = Set(builds.map(\.data.build))
    return facts { said -> [Commit]? in
      switch said {
      case .buildStarted(let data): names.contains(data.build) ? data.commits : nil
      case .buildFinished(let data): names.contains(data.build) ? data.commits : nil
      default: nil
      }
    }.flatMap(\.data)
  }

  /// The level of approvers where no policy asks for another.
  static let usualLevel = 5

  /// The duties that approvers of the deployment had besides, told whether a policy keeps them apart or not: of every
  /// approval for the environment that stood before, in the order of the log.
  package func dutyConflicts(given state: some LedgerState) throws -> [ComplianceReport.Conflict] {
    let approvals = acts { event -> ApprovalGiven? in
      guard case .approvalGiven(let data) = event, data.ratifies == nil else { return nil }
      return data.environment.map { $0 == environment } ?? true ? data : nil
    }
    guard !approvals.isEmpty else { return [] }
    let authority = Authority(state, at: begun)
    let judged = try scoped(byLevel: Self.usualLevel, state)
    let humans = try ComplianceReport.Duty.allCases.map { duty in
      (duty, Set(try judged.holders(of: duty.separate).known.map { try authority.human(of: $0) }))
    }
    return try approvals.flatMap { approval -> [ComplianceReport.Conflict] in
      guard let person = approval.event.person else { return [] }
      let human = try authority.human(of: person)
      return humans.filter { $0.1.contains(human) }.map {
        ComplianceReport.Conflict(approval: approval.position, person: person, duty: $0.0)
      }
    }
  }
}

extension ComplianceReport.Duty {
  /// The duty as policies name it.
  fileprivate var separate: PolicyDocument.Separate {
    switch self {
    case .requester: .requester
    case .author: .author
    case .initiator: .initiator
    case .deployer: .deployer
    }
  }
}
