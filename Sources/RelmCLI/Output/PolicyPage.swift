internal import RelmDomain

/// What a policy is and asks, for a person or a program.
struct PolicyPage {
  private let document: PolicyDocument
  private let names: Names?

  /// - Parameters:
  ///   - document: the policy.
  ///   - names: who names the people in it; nil where nobody does.
  init(_ document: PolicyDocument, _ names: Names?) {
    self.document = document
    self.names = names
  }

  func write(_ format: OutputFormat, heading: [(String, String)] = []) throws {
    switch format {
    case .table:
      for (name, value) in Self.lines(of: document) + heading {
        try Terminal.print(
          name + String(repeating: " ", count: max(1, 12 - name.count)) + Rows.printable(value))
      }
      try Terminal.print("")
      try rules().write(.table)
    case .json, .ndjson: try Terminal.data(String(decoding: document.bytes, as: UTF8.self))
    case .csv: try rules().write(.csv)
    }
  }

  private static func lines(of document: PolicyDocument) -> [(String, String)] {
    var lines = [("policy", "\(document.id) version \(document.version)"), ("title", document.title)]
    if let purpose = document.purpose { lines.append(("purpose", purpose)) }
    lines.append(("context", document.context.rawValue))
    lines.append(("applies to", document.appliesTo?.inWords ?? "everything in its context"))
    if let critical = document.criticalWhen?.inWords { lines.append(("critical", critical)) }
    if !document.nonWaivable.isEmpty {
      lines.append(("not waived", document.nonWaivable.map(\.rawValue).joined(separator: ", ")))
    }
    if let span = document.lateWithin { lines.append(("late within", span.text)) }
    if let span = document.gateValidity { lines.append(("gate open", span.text)) }
    if let span = document.overrideWithin { lines.append(("overrides last", span.text)) }
    lines.append(("in force", document.effectiveFrom.map { "from \($0.text)" } ?? "from its adoption"))
    if let reviewBy = document.reviewBy { lines.append(("review by", reviewBy.text)) }
    return lines
  }

  private func rules() throws -> Rows {
    var table = Rows("rule", "parameters", "waivable", whenEmpty: "it asks nothing")
    for requirement in document.rules {
      table.append(
        Cell(requirement.rule.rawValue),
        Cell(
          try requirement.parameters.map { parameter in
            let words = "\(parameter.rawValue) \(requirement.inWords(parameter))"
            return try names?.sentence(words) ?? words
          }.joined(separator: "; ")),
        Cell(document.nonWaivable.contains(requirement.rule) ? "no" : "yes"))
    }
    return table
  }
}
