internal import RelmProof

/// What helps where authority for some services does not do, as nobody who may has said which a package concerns.
extension Decision {
  /// A refusal with what to do about that besides, where it is why somebody with the level may not act.
  static func advising(
    on refusal: Refusal, at level: Int, by actor: PersonID, _ scope: ActScope,
    _ question: Question<some LedgerState>
  ) throws -> Refusal {
    guard case .release(let package, let version) = question.subject, scope.services == nil,
      let context = scope.contexts.first,
      try question.state.services(of: package, in: context).said.isEmpty,
      // No service in particular: what they hold for any.
      let held = try question.authority.held(
        by: actor, for: ActScope(contexts: scope.contexts, services: [], packages: scope.packages)),
      held.level >= level
    else { return refusal }
    let subject = Subject.release(package: package, version: version).text
    return Refusal(
      refusal.code, at: refusal.pointer, refusal.reason,
      advice:
        "\(refusal.advice). Nobody with level 5 has said yet which services \(package) concerns, and until then it may "
        + "be any; who has level 5 for them says it: relm record release.scope.changed --subject \(subject) "
        + "services=… reason=…")
  }
}
