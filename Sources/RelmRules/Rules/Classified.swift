internal import RelmDomain
internal import RelmProof

/// `classified`: a standard release follows a procedure in force that preauthorises it, all of it, an emergency names the incident
/// that it answers, and every other is normal.
enum Classified: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) throws -> Judgement {
    guard let plan = judged.release?.plan else { return Judgement(.violated, "the release was not planned") }
    // Who changed the class without the authority for it has not rid the release of what it was.
    return .worst(of: try judged.scope.classes.map { try judgement(of: $0, plan, judged, state) })
  }

  private static func judgement(
    of releaseClass: ReleaseClass, _ plan: ReleaseRow.Plan, _ judged: Case, _ state: some LedgerState
  ) throws -> Judgement {
    let place = plan.scope.position
    switch releaseClass {
    case .normal: return Judgement(.satisfied, "it is a normal release", at: [plan.planned.position, place])
    case .standard:
      guard let name = plan.procedure else {
        return Judgement(
          .violated, "a standard release names its procedure, and this one does not", at: [place])
      }
      guard let current = try state.procedure(name)?.current else {
        return Judgement(.violated, "procedure \(name) is not in force", at: [place])
      }
      guard current.document.preauthorises == true else {
        return Judgement(
          .violated, "procedure \(name) preauthorises nothing", at: [place, current.published.position])
      }
      guard current.document.appliesTo.map({ judged.isWhole(within: $0) }) ?? true else {
        return Judgement(
          .violated, "procedure \(name) preauthorises other releases than this",
          at: [place, current.published.position])
      }
      return Judgement(
        .satisfied, "procedure \(name) preauthorises it", at: [place, current.published.position])
    case .emergency:
      for incident in plan.fixes {
        guard let opened = try state.incident(incident)?.opened else { continue }
        return Judgement(.satisfied, "it answers incident \(incident)", at: [place, opened.position])
      }
      let named = plan.fixes.isEmpty ? "names none" : "names none that was opened"
      let release = Subject.release(package: judged.package, version: judged.version)
      let remedy: Remedy =
        plan.fixes.first.map {
          .record(.incidentOpened, about: .incident($0), ["severity=…", "summary=…"])
        } ?? .record(.releaseScopeChanged, about: release, ["fixes=…", "reason=…"])
      return Judgement(
        .violated, "an emergency answers an incident, and this one \(named)", at: [place], remedies: [remedy])
    }
  }
}

extension Case {
  /// Whether all of it is taken in by what applies to some releases.
  fileprivate func isWhole(within applicability: Applicability) -> Bool {
    applicability.takesIn(package, services)
      && (applicability.environments.isEmpty
        || applicability.environments.contains { EnvironmentScope($0).contains(environment) })
  }
}
