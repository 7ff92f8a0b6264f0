internal import RelmDomain
internal import RelmLedger
internal import RelmViews
internal import RelmProof

/// A policy as the ledger knows it, with every version that was ever adopted and counts.
struct AdoptedPolicy {
  /// A version, and the event that adopted it.
  struct Version {
    let document: PolicyDocument
    let adopted: RecordedEvent
    let replaces: String?
    let reason: String?

    /// From when on it is in force.
    var effective: Instant {
      max(document.effectiveFrom?.instant ?? adopted.recorded, adopted.recorded)
    }
  }

  let id: String
  let row: PolicyRow
  /// In the order of their adoption.
  let versions: [Version]

  /// - Throws: a failure with status 66 where nothing of the sort was adopted.
  init(_ text: String, in ledger: Ledger) throws {
    id = Self.id(text)
    let key = Policies.key(id)
    guard let row = try ledger.withViews({ rows, _ in try Policies.row(key, in: rows) }) else {
      throw try Self.unknown(id, in: ledger)
    }
    self.row = row
    versions = try Self.versions(of: id, in: ledger)
  }

  /// The id that somebody means by `policy/ID` or `ID`.
  static func id(_ text: String) -> String {
    guard case .policy(let id)? = Subject.named(text) else { return text }
    return id
  }

  /// Every version; the row holds only the latest.
  private static func versions(of id: String, in ledger: Ledger) throws -> [Version] {
    var filter = EventFilter()
    filter.stream = Subject.policy(id).text
    filter.type = EventType.policyAdopted.rawValue
    let annulled = try ledger.annulled()
    var versions: [Version] = []
    try ledger.forEachEvent(filter) { event in
      guard annulled[event.position] == nil, case .policy(.policyAdopted(let data)) = event.event else {
        return true
      }
      versions.append(
        Version(document: data.document, adopted: event, replaces: data.replaces, reason: data.reason))
      return true
    }
    return versions
  }

  private static func unknown(_ id: String, in ledger: Ledger) throws -> CommandFailure {
    var known: [String] = []
    try ledger.forEachRow(of: Policies.self) { row, _ in
      known.append(row.policy)
      return true
    }
    let hint = EditDistance.nearest(to: id, in: known).map { "did you mean '\($0)'?" }
    return CommandFailure(
      .noInput, "no policy '\(id)' was adopted; \(hint ?? "'relm policy list' shows what there is")")
  }

  /// A version by its name.
  ///
  /// - Throws: a failure with status 66 where there is none.
  func version(_ name: String) throws -> Version {
    guard let version = versions.first(where: { $0.document.version == name }) else {
      let names = versions.map(\.document.version)
      let hint = EditDistance.nearest(to: name, in: names, within: 1).map { "did you mean \($0)?" }
      throw CommandFailure(
        .noInput, "policy \(id) has no version \(name); \(hint ?? "there are \(names.joined(separator: ", "))")"
      )
    }
    return version
  }

  /// The version that is meant where none is named: the one in force, else the latest.
  func current(at now: Instant) throws -> Version {
    if let name = row.inForce(at: now)?.version { return try version(name) }
    guard let last = versions.last else {
      throw CommandFailure(.noInput, "no version of policy \(id) counts; 'relm log policy/\(id)' shows why")
    }
    return last
  }

  /// How a version stands at a time.
  func state(of version: Version, at now: Instant) -> String {
    if row.inForce(at: now)?.version == version.document.version {
      return "in force since \(Moments.text(version.effective))"
    }
    if let retired = row.retired, version.adopted.position < retired.position {
      return "retired at \(Moments.text(retired.at)), position \(retired.position.value)"
    }
    // A later version that is in force by then leaves an earlier one no time of its own.
    let later = versions.drop { $0.adopted.position <= version.adopted.position }
    if version.effective > now, !later.contains(where: { $0.effective <= version.effective }) {
      return "not yet in force; from \(Moments.text(version.effective))"
    }
    return "replaced"
  }
}
