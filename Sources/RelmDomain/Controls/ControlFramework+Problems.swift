/// What a framework says that cannot be meant, though every field is as its schema has it.
extension ControlFramework {
  /// All that is wrong, in the order of the document's fields. Empty where it may be used.
  ///
  /// - Parameter known: the frameworks that are known already. One that has the id of one of these adds clauses to it: it
  ///   is then called the same, is of the same edition, and has none of its clauses.
  package func problems(beside known: [ControlFramework] = []) -> [DocumentProblem] {
    var found: [DocumentProblem] = []
    if !Self.isID(id) {
      found.append(
        DocumentProblem(
          pointer: "/id",
          reason: "an id has small letters, digits, dots and hyphens, and begins with a letter or a digit",
          advice: "Write it so"))
    }
    let extended = known.first { $0.id == id }
    if let extended { found += differences(from: extended) }
    for (place, clause) in clauses.enumerated() {
      let pointer = "/clauses/\(place)"
      if let earlier = clauses[..<place].firstIndex(where: { $0.id == clause.id }) {
        found.append(
          DocumentProblem(
            pointer: pointer + "/id",
            reason: "the clause “\(clause.id)” stands twice, first at /clauses/\(earlier)",
            advice: "Leave one out"))
      } else if extended?.clauses.contains(where: { $0.id == clause.id }) == true {
        found.append(
          DocumentProblem(
            pointer: pointer + "/id",
            reason: "\(id) has a clause “\(clause.id)” already, and a file only adds to it",
            advice: "Leave it out, or give your framework an id of its own"))
      }
      found += clause.problems(at: pointer)
    }
    return found
  }

  /// What is not as it is in the framework that this one adds to.
  private func differences(from extended: ControlFramework) -> [DocumentProblem] {
    var found: [DocumentProblem] = []
    for (field, own, other) in [("title", title, extended.title), ("edition", edition, extended.edition)]
    where own != other {
      found.append(
        DocumentProblem(
          pointer: "/\(field)", reason: "\(id) is known already, with the \(field) “\(other)”",
          advice: "Write the same to add clauses to it, or give your framework an id of its own"))
    }
    if source != nil, source != extended.source {
      found.append(
        DocumentProblem(
          pointer: "/source", reason: "\(id) is known already, with another source", advice: "Leave it out",
          isAboutName: true))
    }
    return found
  }

  private static func isID(_ text: String) -> Bool {
    func isWord(_ scalar: Unicode.Scalar) -> Bool {
      ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
    }
    guard let first = text.unicodeScalars.first, isWord(first) else { return false }
    return text.unicodeScalars.allSatisfy { isWord($0) || $0 == "-" || $0 == "." }
  }
}

extension ControlFramework.Clause {
  /// What is wrong within the clause.
  fileprivate func problems(at pointer: String) -> [DocumentProblem] {
    var found: [DocumentProblem] = []
    let hasEvidence = !rules.isEmpty || !evidence.isEmpty
    switch coverage {
    case .evidenced:
      if why != nil {
        found.append(
          DocumentProblem(
            pointer: pointer + "/why",
            reason: "why says what the ledger cannot show, and all of this is evidenced",
            advice: "Leave it out, or make the coverage partly", isAboutName: true))
      }
    case .partly, .outside:
      if why == nil {
        found.append(
          DocumentProblem(
            pointer: pointer + "/coverage", reason: "a clause that is \(coverage.rawValue) says why",
            advice: "Add why: what the ledger cannot show of it"))
      }
    }
    switch coverage {
    case .evidenced, .partly:
      if !hasEvidence {
        found.append(
          DocumentProblem(
            pointer: pointer + "/coverage",
            reason: "nothing is named that is evidence, and the clause is said to be \(coverage.rawValue)",
            advice: "Add rules or evidence, or make the coverage outside"))
      }
    case .outside:
      if hasEvidence {
        found.append(
          DocumentProblem(
            pointer: pointer + "/coverage",
            reason: "what is evidence for it is named, and the clause is said to be outside",
            advice: "Make the coverage partly, or leave rules and evidence out"))
      }
    }
    found += DocumentProblem.repeated(rules.map(\.rawValue), at: pointer + "/rules")
    found += DocumentProblem.repeated(evidence.map(\.rawValue), at: pointer + "/evidence")
    return found
  }
}

extension ControlFramework {
  /// What its schema says about its fields, for readers of other notations.
  package static var schema: [FieldDescription] { SchemaDocument.fields(of: "ControlFramework") }
}
