internal import RelmDomain
internal import RelmLedger
internal import RelmProof

/// A release for a person to read: one line a facet, each with the position that it rests on.
struct ReleasePage {
  private let row: ReleaseRow
  private let names: Names

  init(_ row: ReleaseRow, _ ledger: Ledger) {
    self.row = row
    names = Names(ledger.vault)
  }

  private struct Line {
    let facet: String
    let words: String
    let moment: Moment?
  }

  func print() throws {
    let subject = Subject.release(package: row.package, version: row.version).text
    try Terminal.print("\(Rows.printable(subject)): \(Self.words(row.stage.rawValue))")
    let lines = try lines()
    let width = lines.reduce(0) { max($0, $1.words.count) }
    for line in lines {
      let place = line.moment.map { "  \(Moments.text($0.at))  [\($0.position.value)]" } ?? ""
      try Terminal.print(
        "  " + Self.padded(line.facet, 12)
          + (place.isEmpty ? line.words : Self.padded(line.words, width) + place))
    }
  }

  private func lines() throws -> [Line] {
    var lines: [Line] = []
    if let plan = row.plan { lines += try planLines(plan) }
    if let builds = row.builds {
      let latest = builds.latest
      let words = "\(latest.build) \(Self.words(latest.outcome))" + Self.others(builds.counts, "builds")
      lines.append(Line(facet: "build", words: words, moment: latest.moment))
    }
    if let tests = row.tests {
      for suite in tests.suites {
        lines.append(
          Line(facet: "test", words: "\(suite.suite) \(Self.words(suite.outcome))", moment: suite.moment))
      }
      if tests.suitesLeftOut > 0 {
        lines.append(Line(facet: "test", words: "and \(tests.suitesLeftOut) older suites", moment: nil))
      }
    }
    if let packages = row.packages {
      let digest = packages.latest.digest.text
      let short = digest.count > 26 ? digest.prefix(26) + "…" : digest
      lines.append(
        Line(
          facet: "package", words: "\(packages.latest.name ?? row.package) \(short)",
          moment: packages.latest.moment))
    }
    for approval in row.approvals?.latest ?? [] {
      let target = approval.environment.map { " to \($0)" } ?? ""
      let words = "\(approval.scope.rawValue)\(target), by \(try names.text(approval.by.text))"
      lines.append(Line(facet: "approved", words: words, moment: approval.moment))
    }
    for place in row.deployments?.environments ?? [] {
      let running = place.running ? "runs there" : Self.words(place.status.rawValue)
      lines.append(
        Line(
          facet: "deployed", words: "\(place.environment), \(place.deployment): \(running)",
          moment: place.moment))
    }
    for handover in row.handovers?.latest ?? [] {
      let state = handover.accepted == nil ? "offered to" : "accepted by"
      let words = "\(handover.to.rawValue), \(state) \(try names.text(handover.party.text))"
      lines.append(Line(facet: "handover", words: words, moment: handover.accepted ?? handover.offered))
    }
    if let documents = row.documents {
      let others = documents.attached > 1 ? " and \(documents.attached - 1) more" : ""
      lines.append(
        Line(facet: "document", words: documents.latest.title + others, moment: documents.latest.moment))
    }
    if let activities = row.activities {
      lines.append(
        Line(facet: "activity", words: "\(activities.recorded) recorded", moment: activities.latest.moment))
    }
    lines.append(Line(facet: "events", words: "\(row.events), the last", moment: row.last))
    return lines.map { Line(facet: $0.facet, words: Rows.printable($0.words), moment: $0.moment) }
  }

  private func planLines(_ plan: ReleaseRow.Plan) throws -> [Line] {
    var words = plan.class.rawValue + (plan.critical ? ", critical" : "")
    if let manager = plan.manager { words += ", managed by \(try names.text(manager.text))" }
    var lines = [Line(facet: "plan", words: words, moment: plan.planned)]
    if let purpose = plan.purpose { lines.append(Line(facet: "purpose", words: purpose, moment: nil)) }
    for (facet, values) in [("services", plan.services), ("requires", plan.requires), ("fixes", plan.fixes)]
    where !values.isEmpty {
      lines.append(Line(facet: facet, words: values.joined(separator: ", "), moment: nil))
    }
    return lines
  }

  private static func words(_ outcome: Outcome?) -> String { outcome.map { words($0.rawValue) } ?? "under way" }

  /// `handedOver` as words.
  private static func words(_ name: String) -> String {
    name.reduce(into: "") { words, letter in
      words += letter.isUppercase ? " \(letter.lowercased())" : "\(letter)"
    }
  }

  private static func others(_ counts: ReleaseRow.Counts, _ what: String) -> String {
    let all = counts.succeeded + counts.failed + counts.errored + counts.cancelled
    return all > 1 ? " (\(all) \(what), \(counts.failed + counts.errored) failed)" : ""
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }
}
