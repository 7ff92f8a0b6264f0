/// What a policy says that cannot be meant, though every field is as its schema has it.
extension PolicyDocument {
  package typealias Problem = DocumentProblem

  /// All that is wrong, in the order of the document's fields. Empty where it may be adopted.
  package var problems: [Problem] {
    var found: [Problem] = []
    if let trouble = Self.troubleOfName(id) {
      found.append(Problem(pointer: "/id", reason: trouble, advice: "Give it another id"))
    }
    if let risk = criticalWhen?.residualRisk { found += Self.risk(risk, at: "/criticalWhen/residualRisk") }
    found += Problem.repeated(nonWaivable.map(\.rawValue), at: "/nonWaivable")
    for (place, requirement) in rules.enumerated() {
      found += requirement.problems(at: "/rules/\(place)")
      if let earlier = rules[..<place].firstIndex(where: { $0.isAboutTheSame(as: requirement) }) {
        found.append(
          Problem(
            pointer: "/rules/\(place)/rule",
            reason: "\(requirement.rule.rawValue) is asked by /rules/\(earlier) already, about the same",
            advice: "Make one rule of the two, or let each be about something else"))
      }
    }
    if let effectiveFrom, let reviewBy, reviewBy.instant <= effectiveFrom.instant {
      found.append(
        Problem(
          pointer: "/reviewBy", reason: "the review would be due before the policy is in force",
          advice: "Correct effectiveFrom or reviewBy"))
    }
    return found
  }

  /// Why an id cannot be a policy's name in a subject; nil where it can.
  private static func troubleOfName(_ id: String) -> String? {
    do throws(DecodingFailure) {
      _ = try Subject(Subject.policy(id).text)
      return nil
    } catch {
      return error.reason
    }
  }

  fileprivate static func risk(_ value: Int, at pointer: String) -> [Problem] {
    guard !(1...25).contains(value) else { return [] }
    return [
      Problem(
        pointer: pointer, reason: "a residual risk is likelihood times impact, from 1 to 25, not \(value)",
        advice: "Give a number from 1 to 25")
    ]
  }
}

extension PolicyDocument.Requirement {
  /// What is wrong with one rule's parameters.
  fileprivate func problems(at place: String) -> [PolicyDocument.Problem] {
    let (given, taken) = (parameters, rule.parameters)
    var found: [PolicyDocument.Problem] = strayParameters.map { parameter in
      PolicyDocument.Problem(
        pointer: "\(place)/\(parameter.rawValue)",
        reason: "\(rule.rawValue) has no parameter \(parameter.rawValue); it takes "
          + (taken.isEmpty ? "none" : taken.map(\.rawValue).joined(separator: ", ")),
        advice: "Leave it out, or set the rule that takes it: "
          + RuleName.allCases.filter { $0.parameters.contains(parameter) }.map(\.rawValue).joined(
            separator: ", "),
        isAboutName: true)
    }
    found += rule.requiredParameters.filter { !given.contains($0) }.map { parameter in
      PolicyDocument.Problem(
        pointer: place, reason: "\(rule.rawValue) needs \(parameter.rawValue), without which it asks nothing",
        advice: "Add \(parameter.rawValue)")
    }
    if quorum == 0 {
      found.append(
        PolicyDocument.Problem(
          pointer: "\(place)/quorum", reason: "a quorum of 0 asks for nobody",
          advice: "Give at least 1, or leave the rule out"))
    }
    if let maximumResidual { found += PolicyDocument.risk(maximumResidual, at: "\(place)/maximumResidual") }
    if by?.isEmpty == true {
      found.append(
        PolicyDocument.Problem(
          pointer: "\(place)/by", reason: "it says of nobody that they may bring the evidence",
          advice: "Name kinds, accounts, capabilities or independentOf, or leave it out"))
    }
    if let by {
      let lists = [
        ("kinds", by.kinds.map(\.rawValue)), ("accounts", by.accounts.map(\.text)),
        ("capabilities", by.capabilities), ("independentOf", by.independentOf.map(\.rawValue)),
      ]
      for (name, words) in lists { found += PolicyDocument.Problem.repeated(words, at: "\(place)/by/\(name)") }
    }
    for parameter in given where parameter != .by {
      found += PolicyDocument.Problem.repeated(words(of: parameter), at: "\(place)/\(parameter.rawValue)")
    }
    return found
  }

  /// Whether another requirement asks the same rule about the same things, so that one of the two says nothing or both
  /// contradict each other. Whose duties are kept apart and who brings the evidence is how it is asked, not what about.
  fileprivate func isAboutTheSame(as other: Self) -> Bool {
    guard rule == other.rule else { return false }
    return rule.parameters.filter { $0 != .separate && $0 != .by }.allSatisfy { parameter in
      Set(words(of: parameter)) == Set(other.words(of: parameter))
    }
  }
}

extension PolicyDocument {
  /// What its schema says about its fields, for readers of other notations.
  package static var schema: [FieldDescription] { SchemaDocument.fields(of: "PolicyDocument") }
}
