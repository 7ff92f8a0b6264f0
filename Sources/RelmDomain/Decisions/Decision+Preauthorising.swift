internal import RelmProof

/// What a procedure preauthorises goes out without anybody's word: so who publishes it says for all of that what approvers say of
/// one release, and needs their level.
extension Decision {
  /// The level that the policies in force ask of approvers of what some versions of a procedure preauthorise, and 5 at least, as there
  /// may be what none of them is about; 0 where they preauthorise nothing.
  ///
  /// Which classes a policy is about makes no difference: what a procedure makes a standard release of would be a normal one.
  static func preauthorisingLevel(
    _ documents: [ProcedureDocument], _ question: Question<some LedgerState>
  ) throws -> Int {
    let permitting = documents.filter { $0.preauthorises ?? false }
    guard !permitting.isEmpty else { return 0 }
    let policies = try question.state.policies().compactMap { $0.inForce(at: question.time)?.document }.filter {
      policy in permitting.contains { policy.appliesTo.meets($0.appliesTo) }
    }
    return policies.flatMap(\.rules).filter { $0.rule == .approved }.compactMap(\.level).reduce(5, max)
  }

  /// The level for making an event of a procedure count no more, or again: that of all that would preauthorise then.
  static func preauthorisingLevel(
    around undoing: Undoing, _ question: Question<some LedgerState>
  ) throws -> Int {
    guard case .procedure(let name)? = undoing.target.subject else { return 0 }
    var documents = try (question.state.procedure(name)?.versions ?? []).filter {
      $0.published.position != undoing.target.position
    }.map(\.document)
    if undoing.countsAgain, case .procedure(.procedurePublished(let data)) = undoing.target.event {
      documents.append(data.document)
    }
    return try preauthorisingLevel(documents, question)
  }

  /// The policies in force that ask for a procedure to be applied, where it gets another version: what they ask for it then says, so that
  /// is for who may say it for all of their releases.
  static func policiesAsking(
    for event: Event, _ question: Question<some LedgerState>
  ) throws -> [PolicyDocument] {
    let named: String
    switch (event, question.subject) {
    case (.procedure(.procedurePublished), .procedure(let id)): named = id
    case (.ledger(.eventAnnulled(let data)), _):
      guard case .procedure(let id)? = try undoing(of: data.position, question.state)?.target.subject else {
        return []
      }
      named = id
    default: return []
    }
    return try question.state.policies().compactMap { $0.inForce(at: question.time)?.document }.filter {
      $0.rules.contains { $0.rule == .procedureApplied && $0.procedures.contains(named) }
    }
  }
}

extension Applicability? {
  /// Whether there may be a release that both are about, by its package and its services. What one does not say narrows nothing.
  fileprivate func meets(_ other: Self) -> Bool {
    func meet(_ one: [String]?, _ two: [String]?) -> Bool {
      guard let one, let two, !one.isEmpty, !two.isEmpty else { return true }
      return ConcernedServices(one).meet(two)
    }
    return meet(self?.packages, other?.packages) && meet(self?.services, other?.services)
  }
}
