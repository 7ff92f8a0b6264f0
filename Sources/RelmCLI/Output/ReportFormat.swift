internal import ArgumentParser

/// In which form a report comes out.
enum ReportFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, ndjson, csv, markdown, html, oscal

  /// The form where none is named: what RELM_FORMAT means for a report.
  static func usual() throws -> ReportFormat {
    switch try FormatOptions.usual() {
    case .json: .json
    case .ndjson: .ndjson
    case .csv: .csv
    case .table: .text
    }
  }
}
