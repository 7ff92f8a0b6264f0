import RelmDomain
import RelmJudging
import RelmProof
import RelmTestWorld
import RelmRules

/// A question about a part of a history: what stands in it, when it is asked, and by which draft of a policy.
struct JudgedPart {
  let size: Int
  let time: Instant
  let draft: String?
}

extension Scene {
  /// A whole history, of one release or two.
  static func played(_ seed: UInt64) throws -> Scene {
    let scene = try Scene(seed: seed)
    try scene.setUp()
    let first = Story(scene, "payments-api", "1.0")
    var steps = first.steps().map { (first, $0) }
    if scene.percent(25) {
      let other = Story(scene, scene.any("payments-api", "ledger-ui"), "1.1")
      // The steps of both in their orders, one here and one there.
      var place = 0
      for step in other.steps() {
        place = min(place + scene.chance.below(3), steps.count)
        steps.insert((other, step), at: place)
        place += 1
      }
    }
    for (story, step) in steps { try step(story) }
    return scene
  }

  /// What is asked: the whole, and sometimes a part of it or by a draft.
  func parts() -> [JudgedPart] {
    let all = world.events.count
    var parts = [JudgedPart(size: all, time: time(of: all), draft: nil)]
    if percent(30) {
      let size = 1 + chance.below(all)
      parts.append(JudgedPart(size: size, time: time(of: size), draft: nil))
    }
    if percent(20) { parts.append(JudgedPart(size: all, time: time(of: all), draft: draft())) }
    return parts
  }

  /// A time at which a part is asked about: when its last record was made, when something becomes due, or long after.
  private func time(of size: Int) -> Instant {
    let last = world.events[size - 1].recorded
    let ahead = lines.filter { last <= $0 }
    switch chance.below(10) {
    case ..<3: return last
    case ..<7: return max(last, (ahead.isEmpty ? last : any(ahead)).after(seconds: any(-1, 0, 0, 1)))
    default: return last.after(seconds: span().seconds * 3)
    }
  }

  /// A part as the plain evaluator reads it.
  func bytes(of part: JudgedPart) -> [UInt8] {
    var bytes = Array("# \(part.time.rfc3339Milliseconds)\(part.draft.map { " " + $0 } ?? "")\n".utf8)
    for event in world.events.prefix(part.size) { bytes += event.record.bytes + [UInt8(ascii: "\n")] }
    return bytes
  }

  /// What the report says of a part, in the lines of the plain evaluator, sorted.
  func judged(_ part: JudgedPart, log: Int) throws -> [String] {
    try report(part).flatMap { attempt in
      let line = object([
        "annulled": attempt.annulled.map { "\($0.position.value)" }, "attempt": "\(attempt.position.value)",
        "governance": quoted(attempt.governance.rawValue),
        "independent": attempt.annulled.map { "\($0.independent)" }, "log": "\(log)",
        "unreleasable": attempt.unreleasable.map { quoted($0.outcome.rawValue) },
      ])
      return [line] + attempt.findings.map { $0.line(of: attempt, log: log) }
    }.sorted()
  }

  func report(_ part: JudgedPart) throws -> [ComplianceReport.Attempt] {
    let question = ComplianceQuestion(draft: try part.draft.map { try World.document($0) })
    return try world.report(part.size, at: part.time, question)
  }
}

extension World {
  static func document(_ text: String) throws -> PolicyDocument {
    let parsed = try JSONDocument(Array(text.utf8))
    return try PolicyDocument(canonical: parsed.canonicalBytes(of: parsed.root))
  }
}

extension ComplianceReport.Finding {
  /// As the plain evaluator says it.
  fileprivate func line(of attempt: ComplianceReport.Attempt, log: Int) -> String {
    let isOwed = outcome.closesGate || outcome == .waived || outcome == .overridden
    return object([
      "attempt": "\(attempt.position.value)", "due": isOwed ? due.map { quoted($0.rfc3339Milliseconds) } : nil,
      "log": "\(log)", "outcome": quoted(outcome.rawValue), "override": override.map { "\($0.value)" },
      "place": "\(place)", "policy": quoted(policy), "policyVersion": quoted(policyVersion),
      "rule": quoted(rule.rawValue), "waiver": waiver.map { "\($0.position.value)" },
    ])
  }
}
