internal import RelmDomain

/// Markdown (CommonMark, with the tables of GitHub) put together from texts that may hold anything.
enum Markdown {
  /// A text as it is to be read: nothing in it is markup, and it stays on its line.
  static func text(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "#", "~", "&": escaped += "\\\(scalar)"
      // A line break or a tab parts words; what steers, turns round or has no width is shown.
      case "\n", "\r", "\t": escaped += " "
      case _ where LegibleText.isHidden(scalar): escaped += "\\" + LegibleText.line(String(scalar))
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    // A line that begins like a list is one.
    guard let first = escaped.first, "-+".contains(first) || first.isNumber else { return escaped }
    return first.isNumber ? escaped : "\\" + escaped
  }

  /// A table whose cells are Markdown already; nothing where it has no rows.
  static func table(_ columns: [String], _ rows: [[String]]) -> [String] {
    guard !rows.isEmpty else { return [] }
    func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
    return [line(columns), line(columns.map { _ in "---" })] + rows.map(line)
  }

  /// Positions in brackets: "[12], [14]".
  static func positions(_ positions: [String]) -> String {
    positions.map { "\\[\($0)\\]" }.joined(separator: ", ")
  }
}
