internal import RelmDomain
internal import RelmFiles
internal import RelmLedger
internal import RelmReports

/// A report that is handed out one deployment after the other, however many there are: CSV or NDJSON.
///
/// What goes to a file goes into one beside it, which takes its place when everything was written.
final class ComplianceStream {
  private let rows: ComplianceRows
  private let isTable: Bool
  private let path: String?
  private let file: NewFile?

  /// - Returns: nil for a form that is written whole.
  init?(_ format: ReportFormat, for reader: Reader, to path: String?) throws {
    switch format {
    case .csv: isTable = true
    case .ndjson: isTable = false
    case .text, .json, .markdown, .html, .oscal: return nil
    }
    rows = ComplianceRows(for: reader)
    self.path = path
    do {
      file = try path.map { try NewFile(at: $0, .output) }
    } catch {
      throw CommandFailure(.cannotCreate, "cannot write \(path ?? ""): \(error)")
    }
    if isTable { try print(CSV.record(ComplianceRows.columns)) }
  }

  func write(_ attempt: ComplianceReport.Attempt) throws {
    guard isTable else {
      return try print(ShownPeople.told(attempt.bytes) + "\n")
    }
    try print(rows.rows(of: attempt).map { CSV.record($0) }.joined())
  }

  /// Everything was handed out.
  func finish() throws {
    guard let file else { return }
    try file.putInPlace()
    if let path { try PageOutput.remark(path, holdsNames: ShownPeople.areToldNames(in: !isTable)) }
  }

  private func print(_ text: String) throws {
    guard let file else { return try Terminal.write(Array(text.utf8)) }
    try file.write(Array(text.utf8)[...])
  }
}
