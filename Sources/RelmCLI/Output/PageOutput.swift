internal import ArgumentParser
internal import RelmLedger

/// In which form a page comes out.
enum PageFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, markdown, html

  /// The form where none is named: what RELM_FORMAT means for a page.
  static func usual() throws -> PageFormat {
    switch try FormatOptions.usual() {
    case .json, .ndjson: .json
    case .table, .csv: .text
    }
  }
}

/// Where a page goes: to a file, whole or not at all, or to standard output.
struct PageOutput {
  /// Nil for standard output.
  let path: String?

  func write(_ text: String) throws {
    guard let path else { return try Terminal.write(Array(text.utf8)) }
    guard !path.isEmpty else { throw CommandFailure(.usage, "--output is empty; name a file") }
    do {
      try Files.write(Array(text.utf8), to: path)
    } catch {
      throw CommandFailure(.cannotCreate, "cannot write \(path): \(error)")
    }
    Terminal.remark("wrote \(path)")
  }
}
