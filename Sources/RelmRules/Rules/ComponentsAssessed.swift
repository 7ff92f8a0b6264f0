internal import RelmDomain
internal import RelmProof

/// `components-assessed`: each component of the plan was assessed for everything that is asked, and none is unacceptable.
/// What somebody found unacceptable stays that until they say otherwise, or a service account that has an owner, or somebody with the
/// level of approvers.
///
/// Parameter: `assessments`; without it one assessment of any kind is enough.
enum ComponentsAssessed: Rule {
  static let version = 1

  static func judge(
    _ asked: PolicyDocument.Requirement, of judged: Case, given state: some LedgerState
  ) throws -> Judgement {
    let declared = judged.declaredComponents
    guard !declared.isEmpty else { return Judgement(.violated, "the plan names no component") }
    let scope = [judged.release?.plan?.scope.position].compactMap { $0 }
    let assessed = judged.facts { if case .componentAssessed(let data) = $0 { data } else { nil } }
    var used: [Fact<ComponentAssessed>] = []
    var defects: [Judgement] = []
    for component in declared {
      let own = try judged.standing(assessed.filter { $0.data.component.isSame(as: component) }, given: state)
      for kind in asked.assessments.isEmpty ? [nil] : asked.assessments.map(Optional.some) {
        let what = kind.map { " for \($0.rawValue)" } ?? ""
        guard let latest = own.last(where: { kind == nil || $0.data.kind == kind }) else {
          defects.append(
            Judgement(.violated, "component \(component.name) was not assessed\(what)", at: scope))
          continue
        }
        used.append(latest)
      }
      // The latest of each kind counts, asked for or not: what is known to be unacceptable is not passed over.
      for kind in AssessmentKind.allCases {
        guard let latest = own.last(where: { $0.data.kind == kind }), latest.data.verdict == .unacceptable
        else {
          continue
        }
        defects.append(
          Judgement(
            .violated, "component \(component.name) is unacceptable for \(kind.rawValue)",
            at: [latest.position]))
      }
    }
    if let broken = Judgement.broken(defects) { return broken }
    return .satisfied(by: used, "\(declared.count) of \(declared.count) components are assessed")
  }
}

extension Case {
  /// Those of some assessments of a component that count beside the ones before them.
  fileprivate func standing(
    _ assessed: [Fact<ComponentAssessed>], given state: some LedgerState
  ) throws -> [Fact<ComponentAssessed>] {
    var latest: [AssessmentKind: Fact<ComponentAssessed>] = [:]
    return try assessed.filter { fact in
      if let before = latest[fact.data.kind], before.data.verdict == .unacceptable,
        fact.data.verdict != .unacceptable, try !goesOver(before.event, fact.event, given: state)
      {
        return false
      }
      latest[fact.data.kind] = fact
      return true
    }
  }

  private func goesOver(
    _ before: RecordedEvent, _ event: RecordedEvent, given state: some LedgerState
  ) throws -> Bool {
    if let person = event.person, try state.person(person)?.kind == .service {
      return try person == before.person || state.person(person)?.owner != nil
    }
    return try takesBack(event, before, given: state)
  }
}

extension Component {
  /// Whether two entries are about the same thing: by digest where both have one, else by name and version.
  fileprivate func isSame(as other: Component) -> Bool {
    if let digest, let otherDigest = other.digest { return digest == otherDigest }
    return name == other.name && (version == nil || other.version == nil || version == other.version)
  }
}
