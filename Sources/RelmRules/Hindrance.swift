package import RelmDomain
package import RelmProof

/// Why a release is not to be deployed somewhere any more, whatever else is recorded about it: it is over, or was refused, or
/// the environment is.
///
/// What stands in the log counts, by its place: whatever time a deployment claims, it does not get before a withdrawal that
/// was recorded before it.
package struct Hindrance: Sendable, Equatable {
  package enum Kind: Sendable {
    /// Somebody said no: the release was withdrawn or refused, or the environment retired.
    case forbidden
    /// It was superseded or closed: there is nothing wrong with it.
    case over
  }

  package let kind: Kind
  /// In words, as part of a sentence.
  package let reason: String
  package let position: Position
  /// What helps.
  let remedy: Remedy
}

extension Hindrance {
  /// All that hinders a deployment, in the order of the log.
  ///
  /// - Parameters:
  ///   - release: how the release stands.
  ///   - package: what is to be deployed.
  ///   - version: which version of it.
  ///   - environment: where to.
  ///   - state: the ledger's rows as they stand.
  package static func all(
    of release: ReleaseRow?, _ package: String, _ version: String, in environment: String,
    given state: some LedgerState
  ) throws -> [Hindrance] {
    // What is over is over: another version goes.
    let another = Remedy.record(.releasePlanned, about: "release/\(package)/…", ["class=normal"])
    var found = [release?.ending.map { Hindrance($0, remedy: another) }].compactMap { $0 }
    let permissions = try state.approvals(package, version).filter { row in
      row.environment.map { $0 == environment } ?? true
    }
    found += try refusals(among: permissions, given: state)
    if let row = try state.environment(environment), row.currentContext == nil, let retired = row.retired {
      found.append(
        Hindrance(
          kind: .forbidden, reason: "\(environment) was retired", position: retired.position,
          remedy: .record(
            .environmentRegistered, about: .environment(environment), ["context=…", "tier=…"],
            by: "somebody with level 6")))
    }
    return found.sorted { $0.position < $1.position }
  }

  private init(_ ending: ReleaseRow.EndingFacet, remedy: Remedy) {
    let successor = ending.by.map { " by \($0)" } ?? ""
    self.init(
      kind: ending.how == .withdrawn ? .forbidden : .over, reason: "it was \(ending.how.rawValue)\(successor)",
      position: ending.moment.position, remedy: remedy)
  }

  /// What was refused, and still is: by somebody whose last word about the release or its deployment that is, or by the last
  /// decision about an authorisation.
  private static func refusals(
    among permissions: [ApprovalRow], given state: some LedgerState
  ) throws -> [Hindrance] {
    let authority = Authority(state, at: .latest)
    var last: [Word: ApprovalRow] = [:]
    for row in permissions.sorted(by: { $0.moment.position < $1.moment.position })
    where row.kind == .approval && row.ratifies == nil && row.status != .withdrawn {
      guard let scope = row.scope, scope == .release || scope == .deployment, let person = row.by else {
        continue
      }
      last[Word(person: try authority.human(of: person), scope: scope)] = row
    }
    var refused = last.values.filter { $0.status == .refused }.map { row in
      Hindrance(
        kind: .forbidden, reason: "its \(row.scope?.rawValue ?? "release") was refused",
        position: row.moment.position, remedy: .overruling(row))
    }
    let decided = permissions.filter { $0.kind == .authorisation && $0.decided != nil }
      .max { ($0.decided?.position ?? .first) < ($1.decided?.position ?? .first) }
    if let decided, decided.status == .refused, let position = decided.decided?.position {
      refused.append(
        Hindrance(
          kind: .forbidden, reason: "its authorisation was refused", position: position,
          remedy: .record(
            .authorisationRequested, about: .release(package: decided.package, version: decided.version),
            ["authorisation=…", "activity=…", "reason=…"])))
    }
    return refused
  }

  /// What somebody can say the last word on.
  private struct Word: Hashable {
    let person: PersonID
    let scope: ApprovalScope
  }
}

extension Remedy {
  /// Whoever refused something approves it after all: of each person the last statement counts.
  fileprivate static func overruling(_ refusal: ApprovalRow) -> Remedy {
    approval(
      of: .release(package: refusal.package, version: refusal.version), refusal.scope ?? .release,
      in: refusal.environment, by: "whoever refused it")
  }

  /// - Parameter environment: the one that it is for; nil for all.
  static func approval(
    of release: Subject, _ scope: ApprovalScope, in environment: String?, by: String?
  ) -> Remedy {
    record(
      .approvalGiven, about: release,
      ["scope=\(scope.rawValue)"] + [environment.map { "environment=\($0)" }].compactMap { $0 }, by: by)
  }
}

extension Case {
  /// What hinders the deployment, as it stood before.
  func hindrances(given state: some LedgerState) throws -> [Hindrance] {
    try Hindrance.all(of: release, package, version, in: environment, given: state)
  }
}
