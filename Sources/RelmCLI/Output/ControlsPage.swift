internal import RelmDomain

/// A framework of controls, or one of its clauses, for a person or a program.
struct ControlsPage {
  private let framework: ControlFramework

  init(_ framework: ControlFramework) {
    self.framework = framework
  }

  /// Writes the framework with its clauses.
  func write(_ format: OutputFormat) throws {
    switch format {
    case .table:
      try Self.write([
        ("framework", [framework.id]), ("title", [framework.title]), ("edition", [framework.edition]),
        ("source", framework.source.map { [$0] } ?? []), ("coverage", [coverage]),
      ])
      try Terminal.print("")
      var table = Rows("clause", "coverage", "title", whenEmpty: "it has no clauses")
      for clause in framework.clauses {
        table.append(Cell(whole: clause.id), Cell(whole: clause.coverage.rawValue), Cell(clause.title))
      }
      try table.write(.table)
    case .json, .ndjson: try Terminal.data(CanonicalWriter.text(framework.write))
    case .csv: try Self.clauses(framework.clauses.map { (framework, $0) }).write(.csv)
    }
  }

  /// Writes one clause.
  func write(_ clause: ControlFramework.Clause, _ format: OutputFormat) throws {
    switch format {
    case .table:
      try Self.write([
        ("framework", ["\(framework.id), \(framework.title), \(framework.edition)"]), ("clause", [clause.id]),
        ("title", [clause.title]), ("asks", [clause.description]), ("coverage", [clause.coverage.rawValue]),
        ("why", clause.why.map { [$0] } ?? []),
        ("rules", clause.rules.isEmpty ? [] : [clause.rules.map(\.rawValue).joined(separator: ", ")]),
        ("evidence", clause.evidence.map { "\($0.rawValue): \($0.meaning)" }),
      ])
    case .json, .ndjson: try Terminal.data(CanonicalWriter.text(clause.write))
    case .csv: try Self.clauses([(framework, clause)]).write(.csv)
    }
  }

  private var coverage: String {
    ControlFramework.Coverage.allCases.map { "\(framework.count(of: $0)) \($0.rawValue)" }.joined(
      separator: ", ")
  }

  /// Frameworks as rows, with how many of their clauses are covered how.
  static func frameworks(_ frameworks: [ControlFramework]) -> Rows {
    var table = Rows(
      "framework", "title", "edition", "clauses", "evidenced", "partly", "outside",
      whenEmpty: "there is no framework")
    for framework in frameworks {
      func count(_ coverage: ControlFramework.Coverage) -> Cell { Cell(UInt64(framework.count(of: coverage))) }
      table.append(
        Cell(whole: framework.id), Cell(framework.title), Cell(framework.edition),
        Cell(UInt64(framework.clauses.count)), count(.evidenced), count(.partly), count(.outside))
    }
    return table
  }

  /// Clauses as rows; as JSON each is whole.
  static func clauses(_ clauses: [(ControlFramework, ControlFramework.Clause)]) -> Rows {
    var table = Rows(
      "framework", "clause", "coverage", "title", "rules", "evidence",
      whenEmpty: "no clause is evidenced by that")
    for (framework, clause) in clauses {
      var writer = CanonicalWriter()
      writer.beginObject()
      writer.key("clause")
      clause.write(to: &writer)
      writer.key("framework")
      writer.string(framework.id)
      writer.endObject()
      table.append(
        Cell(whole: framework.id), Cell(whole: clause.id), Cell(whole: clause.coverage.rawValue),
        Cell(clause.title),
        Cell(clause.rules.map(\.rawValue).joined(separator: ", ")),
        Cell(clause.evidence.map(\.rawValue).joined(separator: ", ")), whole: writer.bytes)
    }
    return table
  }

  private static let labelWidth = 12

  /// Writes labels and what stands beside them, wrapped; a label with nothing beside it is left out.
  private static func write(_ entries: [(label: String, texts: [String])]) throws {
    let layout = TextLayout(width: Terminal.helpColumns)
    for (label, texts) in entries {
      let lines = texts.flatMap { layout.wrapped(Rows.printable($0), indent: labelWidth) }
      for (place, line) in lines.enumerated() {
        let name = place == 0 ? label : ""
        let margin = String(repeating: " ", count: labelWidth - name.count)
        try Terminal.print(name + margin + line.dropFirst(labelWidth))
      }
    }
  }
}

extension CanonicalWriter {
  /// What something writes, as text.
  fileprivate static func text(_ write: (inout CanonicalWriter) -> Void) -> String {
    var writer = CanonicalWriter()
    write(&writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}
