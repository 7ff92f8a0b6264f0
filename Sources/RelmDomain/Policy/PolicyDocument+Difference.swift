/// What a version of a policy asks otherwise than the one before it.
extension PolicyDocument {
  /// Each difference in a few words, rules first, in the order of the rules' names: "approved: quorum 1 → 2". What it is called and why
  /// it is there asks nothing.
  package func differences(from old: PolicyDocument) -> [String] {
    rulesDiffering(from: old) + framesDiffering(from: old)
  }

  private func rulesDiffering(from old: PolicyDocument) -> [String] {
    RuleName.allCases.sorted { $0.rawValue < $1.rawValue }.flatMap { rule -> [String] in
      let (was, becomes) = (old.requirements(of: rule), requirements(of: rule))
      guard was != becomes else { return [] }
      if was.isEmpty { return ["now asked: \(Self.list(becomes))"] }
      if becomes.isEmpty { return ["no longer asked: \(rule.rawValue)"] }
      guard was.count == 1, becomes.count == 1 else {
        return ["\(rule.rawValue): \(Self.list(was)) → \(Self.list(becomes))"]
      }
      let changed = RuleParameter.allCases.compactMap { parameter -> String? in
        let (before, after) = (was[0].inWords(parameter), becomes[0].inWords(parameter))
        return before == after ? nil : "\(parameter.rawValue) \(Self.change(before, after))"
      }
      return ["\(rule.rawValue): \(changed.joined(separator: ", "))"]
    }
  }

  private func framesDiffering(from old: PolicyDocument) -> [String] {
    let frames: [(String, String?, String?)] = [
      ("context", old.context.rawValue, context.rawValue),
      ("applies to", old.appliesTo?.inWords ?? "everything", appliesTo?.inWords ?? "everything"),
      ("critical", old.criticalWhen?.inWords, criticalWhen?.inWords),
      ("late within", old.lateWithin?.text, lateWithin?.text),
      ("gate open", old.gateValidity?.text ?? "P1D", gateValidity?.text ?? "P1D"),
      ("overrides last", old.overrideWithin?.text ?? "P7D", overrideWithin?.text ?? "P7D"),
      ("not waived", Self.names(old.nonWaivable), Self.names(nonWaivable)),
      ("review by", old.reviewBy?.text, reviewBy?.text),
    ]
    return frames.compactMap { name, before, after in
      before == after ? nil : "\(name) \(Self.change(before ?? "", after ?? ""))"
    }
  }

  private func requirements(of rule: RuleName) -> [Requirement] { rules.filter { $0.rule == rule } }

  private static func list(_ requirements: [Requirement]) -> String {
    requirements.map(\.inWords).joined(separator: " and ")
  }

  private static func names(_ rules: [RuleName]) -> String? {
    rules.isEmpty ? nil : rules.map(\.rawValue).sorted().joined(separator: ", ")
  }

  private static func change(_ before: String, _ after: String) -> String {
    "\(before.isEmpty ? "none" : before) → \(after.isEmpty ? "none" : after)"
  }
}
