internal import RelmDomain
internal import RelmHistory
internal import RelmLedger
internal import RelmProof
internal import RelmViews

/// An environment for a person to read: what it is, and beside each other what was declared, what was seen and how they
/// differ.
struct EnvironmentPage {
  private let name: String
  private let ledger: Ledger
  private let row: EnvironmentRow?
  private let running: [RunningRow]
  /// Why what runs should not, by package and version, and the rows as JSON with that.
  private let objections: [String: String]
  private let runningBytes: [[UInt8]]
  /// Those of what is above it too.
  private let freezes: [EnvironmentRow.Freeze]
  /// Which digests are of one artifact, among what runs there.
  private let known: DigestSets
  /// What still stands of what was seen, oldest first.
  private let standing: [EnvironmentRow.Observation]

  /// - Throws: a failure with status 66 where nothing is recorded about it.
  init(_ name: String, _ ledger: Ledger) throws {
    self.name = name
    self.ledger = ledger
    (row, running, objections, runningBytes, freezes, known, standing) = try ledger.withViews { rows, _ in
      var running: [RunningRow] = []
      var objections: [String: String] = [:]
      try ledger.forEachRow(of: Running.self, under: [name], in: rows) { row in
        running.append(try Running.shown(row, in: rows))
        for run in row.runs {
          objections["\(row.package)/\(run.version)"] = try row.objection(to: run.version, in: rows)
        }
        return true
      }
      func row(_ name: String) throws -> EnvironmentRow? {
        try Environments.row(Environments.key(name), in: rows)
      }
      let own = try row(name)
      return (
        own, running, objections, try running.map { try $0.bytesWithObjection(in: rows) },
        try EnvironmentRow.freezesReaching(name, row: row),
        try Running.knownDigests(of: running, in: rows),
        try own.map { try ledger.standingObservations(of: $0, rows) } ?? []
      )
    }
    guard row != nil || !running.isEmpty else {
      throw NameArgument.unknown(
        "environment", name, near: try ledger.names(near: name, of: .environment),
        advice: NameArgument.environmentsAdvice)
    }
  }

  func show(_ format: OutputFormat) throws {
    switch format {
    case .table: try print()
    case .json, .ndjson: try Terminal.data(String(decoding: json, as: UTF8.self))
    case .csv: try comparison().write(.csv)
    }
  }

  /// The environment's row, and the rows of what was deployed to it.
  private var json: [UInt8] {
    var writer = CanonicalWriter()
    writer.beginObject()
    if let row {
      writer.key("environment")
      row.write(to: &writer)
    }
    writer.key("running")
    writer.beginArray()
    for row in runningBytes { writer.raw(row) }
    writer.endArray()
    writer.endObject()
    return writer.bytes
  }

  private func print() throws {
    let names = Names(ledger.vault)
    let context = row?.currentContext?.rawValue ?? "not registered, and so counts as production"
    try Terminal.print(Terminal.bold("environment \(Rows.printable(name)): \(context)"))
    if let registration = row?.registration, row?.currentContext != nil {
      let parts = [
        registration.tier.map { "tier \($0)" }, registration.region,
        try registration.owner.map { "owned by \(try names.text($0.text))" }, registration.purpose,
      ].compactMap { $0 }
      if !parts.isEmpty { try Terminal.print("  " + Rows.printable(parts.joined(separator: ", "))) }
    }
    for freeze in freezes where freeze.lifted == nil && freeze.until > ledger.surroundings.now() {
      try Terminal.print(
        "  freeze \(freeze.freeze) from \(Moments.text(freeze.from)) until \(Moments.text(freeze.until)): "
          + Rows.printable(freeze.reason))
    }
    try Terminal.print("")
    try comparison().write(.table)
    try Terminal.print("")
    for row in running {
      for run in row.runs {
        guard let objection = objections["\(row.package)/\(run.version)"] else { continue }
        let words = "\(row.package) \(run.version) runs, though \(objection); since"
        try Terminal.print(Terminal.red("though    " + Rows.printable(words) + "  \(place(run.since))"))
      }
      if let run = row.running, run.byRollback == true {
        let words =
          "\(row.package) \(run.version) was put there by the rollback of deployment \(run.deployment)"
        try Terminal.print("rollback  " + Rows.printable(words) + "  \(place(run.since))")
      }
      for rollout in row.rollouts {
        try Terminal.print(
          "rollout   "
            + Rows.printable(
              "\(row.package) \(rollout.version) at \(rollout.inWords), by deployment \(rollout.deployment), since"
            )
            + "  \(place(rollout.since))")
      }
    }
    try Terminal.print("declared  \(declaredSource)")
    for source in observedSources { try Terminal.print("observed  \(source)") }
    for (label, exchange) in [("sent to", row?.sent), ("got from", row?.received)] {
      guard let exchange else { continue }
      try Terminal.print(
        "\(label)   \(Rows.printable(exchange.database)), \(exchange.outcome.rawValue)  \(place(exchange.moment))"
      )
    }
    for drift in row?.drifts ?? [] {
      let state = drift.resolved == nil ? "OPEN" : drift.resolution ?? "resolved"
      let owner = try drift.owner.map { ", \(try names.text($0.text))" } ?? ""
      try Terminal.print(
        "drift     \(drift.drift), \(Rows.printable(drift.item)): \(state)\(owner)  \(place(drift.detected))")
    }
  }

  private var declaredSource: String {
    guard let after = row?.after else { return "by deployments; no baseline after one" }
    return "by deployments; baseline \(after.baseline)  \(place(after.moment))"
  }

  /// Who has looked, the last first.
  private var observedSources: [String] {
    guard !standing.isEmpty else { return ["never"] }
    return standing.reversed().map { observation in
      "by \(observation.observer), \(observation.coverage.rawValue)  \(place(observation.moment))"
    }
  }

  private func place(_ moment: Moment) -> String { "\(Moments.text(moment.at))  [\(moment.position.value)]" }

  /// One line an item: what was declared, what was seen, and what to make of it.
  private func comparison() -> Rows {
    var table = Rows(
      "item", "declared", "baseline", "observed", "state", whenEmpty: "nothing is known to run there")
    let observed = standing.seenItems
    let baseline = row?.after?.items ?? []
    var names = running.filter { !$0.runs.isEmpty }.map(\.package)
    for item in baseline + observed.map(\.item) where !names.contains(item.name) { names.append(item.name) }
    for name in names.sorted() {
      let declared = running.first { $0.package == name }
      let laid = baseline.filter { $0.name == name }
      let seen = observed.filter { item, look in
        item.name == name && !(declared?.came(after: look) ?? false)
      }
      // Several things may bear one name: two versions beside each other.
      for place in 0..<max(laid.count, seen.count, 1) {
        let item = seen.indices.contains(place) ? seen[place].item : nil
        table.append(
          Cell(name), Cell(place == 0 ? declared?.declaredVersions : nil),
          Cell(laid.indices.contains(place) ? Self.version(laid[place]) : nil), Cell(item.map(Self.version)),
          Cell(item == nil && place > 0 ? nil : state(declared?.runs ?? [], item)))
      }
    }
    return table
  }

  private static func version(_ item: ConfigurationItem) -> String {
    item.version ?? item.digest?.text ?? "there"
  }

  /// What to make of what was seen, beside all that is declared under its name.
  private func state(_ declared: [RunningRow.Run], _ seen: ConfigurationItem?) -> String {
    guard row?.observation != nil else { return "never observed" }
    let states = declared.map { state($0, seen) }
    if let agreed = states.first(where: { $0.hasPrefix("as declared") }) ?? states.first { return agreed }
    return seen == nil ? "absent" : "RUNNING, NOT DECLARED"
  }

  private func state(_ declared: RunningRow.Run, _ seen: ConfigurationItem?) -> String {
    let since = standing.filter { declared.since < $0.moment }
    guard !since.isEmpty else { return "not observed since" }
    guard let seen else {
      return since.contains { $0.coverage == .complete } ? "DECLARED, NOT RUNNING" : "not looked at"
    }
    if let digest = seen.digest, !declared.digests.isEmpty {
      return known.holds(digest, among: declared.digests) ? "as declared" : "OTHER DIGEST"
    }
    guard let version = seen.version else { return "as declared, as far as seen" }
    return version == declared.version ? "as declared" : "OTHER VERSION"
  }
}

extension RunningRow {
  /// What runs, and then what is being rolled out beside it.
  fileprivate var declaredVersions: String? {
    let parts = [running?.version].compactMap { $0 } + rollouts.map { "\($0.version) at \($0.inWords)" }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }
}
