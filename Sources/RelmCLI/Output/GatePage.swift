internal import RelmDomain
internal import RelmLedger
internal import RelmProof
internal import RelmRules

/// What a gate said: a line for a person with the reasons, an object for a pipeline.
struct GatePage {
  private let answer: GateAnswer
  private let ledger: Ledger

  init(_ answer: GateAnswer, _ ledger: Ledger) {
    self.answer = answer
    self.ledger = ledger
  }

  /// - Parameter explain: whether to tell what every rule came to, with the events that it rests on.
  func write(_ format: OutputFormat, explain: Bool) throws {
    switch format {
    case .table: try writeText(explain)
    case .json, .ndjson: try Terminal.data(json())
    case .csv: try writeRules()
    }
    if let override = answer.data.override {
      Terminal.remark(
        "OVERRIDDEN: opened by the override at position \(override.value), which is to be ratified and reviewed"
      )
      Terminal.remark(
        Rows.printable(
          "afterwards: relm record approval.given --subject \(answer.question.release) scope=deployment "
            + "ratifies=\(override.value), by somebody else; relm review close "
            + "\(answer.question.package)/\(answer.question.version) --outcome … --override \(override.value)"))
    }
  }

  private func writeText(_ explain: Bool) throws {
    let data = answer.data
    var words = "gate \(data.outcome.rawValue): \(answer.question.release) to \(answer.question.environment)"
    if let until = data.until {
      words += ", until \(Moments.text(until.instant))" + (data.ends.map { ", when \($0)" } ?? "")
    }
    if let decision = answer.decision {
      words += answer.wasKnown ? ", as recorded at \(decision.value)" : ", recorded at \(decision.value)"
    } else {
      words += ", not recorded"
    }
    try Terminal.print(Terminal.bold(Rows.printable(words)))
    let names = Names(ledger.vault)
    if let earlier = data.earlier {
      try Terminal.print("  it was decided otherwise at \(earlier.value), under the same id")
      for change in answer.changes { try Terminal.print("    " + Rows.printable(names.sentence(change))) }
    }
    let shown = explain ? data.findings : data.findings.filter(\.isNotable)
    if shown.isEmpty || data.outcome == .open && !explain {
      try Terminal.print("  " + Rows.printable(names.sentence(data.reason)))
    }
    for finding in shown {
      let policies = data.policies.count > 1 ? " (\(finding.policy))" : ""
      try Terminal.print(
        Rows.printable(
          "  \(finding.outcome.words.uppercased()) \(finding.rule.rawValue)\(policies): "
            + names.sentence(finding.reason)))
      guard explain else { continue }
      for position in finding.positions { try Terminal.print("      " + Rows.printable(line(of: position))) }
    }
    try remarkHelp()
    if !explain, data.outcome == .closed, !data.findings.isEmpty {
      Terminal.remark(
        "--explain tells what each of \(PlainWords.count(data.findings.count, "rule")) came to, and on what it rests"
      )
    }
  }

  /// The commands that help, for every rule that keeps the gate closed: as they are typed, with accounts.
  private var commands: [String] {
    get throws {
      let names = Names(ledger.vault, ofErrors: true)
      return try answer.remedies.map { try names.command($0.command) }
    }
  }

  private func remarkHelp() throws {
    let helps = try commands
    guard !helps.isEmpty else { return }
    Terminal.remark("what helps:")
    for help in helps { Terminal.remark(Rows.printable("  \(help)")) }
  }

  /// An event that a rule rests on, in a line.
  private func line(of position: Position) throws -> String {
    guard let event = try ledger.recorded(position) else { return "\(position.value)" }
    let names = Names(ledger.vault)
    let by = try event.person.map { " by \(try names.text($0.text))" } ?? ""
    return
      "\(position.value) \(EventType.short(event.record.envelope.type)) \(Moments.text(event.happened))\(by)"
  }

  private func writeRules() throws {
    var table = Rows("policy", "rule", "outcome", "reason", "positions", whenEmpty: "no rule was asked")
    let names = Names(ledger.vault)
    for finding in answer.data.findings {
      table.append(
        Cell(finding.policy), Cell(finding.rule.rawValue), Cell(finding.outcome.rawValue),
        Cell(try names.sentence(finding.reason)),
        Cell(finding.positions.map { String($0.value) }.joined(separator: " ")))
    }
    try table.write(.csv)
  }

  /// The decision as it is recorded, with where, what has changed since the one before and which commands help:
  /// `{"changes":[…],"decision":{…},"helps":[…],"position":…,"release":…}`.
  private func json() throws -> String {
    var writer = CanonicalWriter()
    writer.beginObject()
    write(answer.changes, as: "changes", to: &writer)
    writer.key("decision")
    answer.data.write(to: &writer)
    write(try commands, as: "helps", to: &writer)
    if let decision = answer.decision {
      writer.key("position")
      writer.integer(Int64(decision.value))
    }
    writer.key("release")
    writer.string(answer.question.release)
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  private func write(_ lines: [String], as name: String, to writer: inout CanonicalWriter) {
    guard !lines.isEmpty else { return }
    writer.key(name)
    writer.beginArray()
    for line in lines { writer.string(line) }
    writer.endArray()
  }
}

extension GateDecided.Finding {
  /// Whether it is told without being asked: what keeps the gate closed, and what was set aside.
  fileprivate var isNotable: Bool {
    switch outcome {
    case .violated, .pending, .overdue, .overridden, .waived: true
    case .satisfied, .satisfiedLate, .notApplicable: false
    }
  }
}
