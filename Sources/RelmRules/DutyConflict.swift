package import RelmDomain
package import RelmProof

/// An approval by somebody who had another duty in the same release: told whether a policy keeps the two apart or not.
package struct DutyConflict: Sendable, Equatable {
  /// Where the approval stands.
  package let approval: Position
  /// By which pseudonym.
  package let person: PersonID
  package let duty: Duty

  /// A duty besides approving.
  package enum Duty: Sendable, CaseIterable {
    /// Who asked for the release.
    case requester
    /// Who wrote a commit of it.
    case author
    /// Who set a build going.
    case initiator
    /// Who set the deployment going.
    case deployer
  }

  /// All of a deployment: of every approval for its environment that stood before it, in the order of the log.
  package static func all(in judged: Case, given state: some LedgerState) throws -> [DutyConflict] {
    let approvals = judged.acts { event -> ApprovalGiven? in
      guard case .approvalGiven(let data) = event, data.ratifies == nil else { return nil }
      return data.environment.map { $0 == judged.environment } ?? true ? data : nil
    }
    guard !approvals.isEmpty else { return [] }
    let authority = Authority(state, at: judged.begun)
    var humans: [(duty: Duty, humans: Set<PersonID>)] = []
    for duty in Duty.allCases {
      humans.append((duty, Set(try judged.known(having: duty).map { try authority.human(of: $0) })))
    }
    return try approvals.flatMap { approval -> [DutyConflict] in
      guard let person = approval.event.person else { return [] }
      let human = try authority.human(of: person)
      return humans.filter { $0.humans.contains(human) }.map {
        DutyConflict(approval: approval.position, person: person, duty: $0.duty)
      }
    }
  }
}

extension Case {
  /// Who is known to have had a duty.
  fileprivate func known(having duty: DutyConflict.Duty) -> [PersonID] {
    switch duty {
    case .requester: [release?.plan?.requestedBy].compactMap { $0 }
    case .author: commits.flatMap(\.authors)
    case .initiator:
      facts { if case .buildFinished(let data) = $0 { data.initiator } else { nil } }.map(\.data)
    case .deployer: deployers ?? []
    }
  }
}
