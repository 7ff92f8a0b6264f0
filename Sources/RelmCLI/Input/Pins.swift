internal import RelmDomain
internal import RelmLedger
internal import RelmProof
internal import RelmViews

/// What an approval covers, filled in from the state: the plan and the artifacts as they are now. The append is taken
/// only if they still are when it is decided.
struct Pins {
  /// The fields as they would be typed.
  let fields: [String]
  /// What is filled in, in words; nil where nothing is.
  let remark: String?

  /// - Parameters:
  ///   - type: the type that is recorded.
  ///   - subject: the release.
  ///   - fields: what was typed; what is named there is left alone.
  init(_ type: EventType, subject: String, given fields: [String], _ ledger: Ledger) throws {
    if type == .deploymentStarted, let used = try Self.override(subject, fields, ledger) {
      self.fields = ["override=\(used.value)"]
      remark = "goes by the override at position \(used.value), by which the gate is open"
      return
    }
    let names = Self.pinned(by: type).filter { name in
      !fields.contains { $0.hasPrefix(name + "=") || $0.hasPrefix(name + ":=") }
    }
    guard !names.isEmpty, case .release(let package, let version)? = Subject.named(subject) else {
      self.fields = []
      remark = nil
      return
    }
    let row = try ledger.withViews { rows, _ in
      try Releases.row(Releases.key(package: package, version: version), in: rows)
    }
    var found: [String] = []
    var words: [String] = []
    if names.contains("plan"), let plan = row?.plan?.scope.position {
      found.append("plan=\(plan.value)")
      words.append("the plan of position \(plan.value)")
    }
    if names.contains("digests"), let digests = row?.digests, !digests.isEmpty {
      found += digests.map { "digests=\($0.text)" }
      words.append(digests.map(\.text).joined(separator: ", "))
    }
    self.fields = found
    remark = words.isEmpty ? nil : "covers " + words.joined(separator: " and ")
  }

  /// The override by which the gate is open that a deployment relies on, where it names neither.
  private static func override(_ subject: String, _ fields: [String], _ ledger: Ledger) throws -> Position? {
    func named(_ name: String) -> String? {
      fields.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
    }
    guard case .release(let package, let version)? = Subject.named(subject), named("override") == nil,
      named("gateDecision") == nil, let environment = named("environment"),
      !fields.contains(where: { $0.hasPrefix("override:=") || $0.hasPrefix("gateDecision:=") })
    else { return nil }
    let row = try ledger.withViews { rows, _ in
      try Releases.row(Releases.key(package: package, version: version), in: rows)
    }
    guard let gate = row?.gates.first(where: { $0.environment == environment }), gate.isOpen else { return nil }
    return gate.override
  }

  /// The fields that are filled in for a type.
  private static func pinned(by type: EventType) -> [String] {
    switch type {
    case .approvalGiven, .approvalRefused, .authorisationRequested, .authorisationGranted, .overrideDeclared:
      ["plan", "digests"]
    case .releaseDesigned, .riskAssessed: ["plan"]
    default: []
    }
  }
}
