internal import RelmDomain
internal import RelmProof
internal import RelmReports

/// A table of the compliance report on a terminal: its cells wrapped where they are too wide, and where not even that
/// fits, each row as a few lines of its own. Nothing is left out.
struct ComplianceTextTable {
  private let table: ComplianceTable
  private let layout: TextLayout
  /// The lines of each cell, row by row.
  private let cells: [[[String]]]
  /// Which cells are to be seen as bad.
  private let isBad: [[Bool]]

  init(_ table: ComplianceTable, _ layout: TextLayout) {
    self.table = table
    self.layout = layout
    cells = table.rows.map { row in
      row.cells.map { Self.text($0, between: "\n").split(separator: "\n").map(String.init) }
    }
    isBad = table.rows.map { row in row.cells.map(Self.isBad) }
  }

  var lines: [String] {
    guard let widths = fitted() else { return blocks }
    var lines = [Terminal.bold(row(table.columns.map { [$0.title.uppercased()] }, widths, bad: [])[0])]
    for (cells, bad) in zip(cells, isBad) {
      lines += row(
        zip(cells, widths).map { cell, width in
          cell.flatMap { TextLayout(width: width).wrapped($0) }
        }, widths, bad: bad)
    }
    return lines
  }

  /// One row, as many lines high as its highest cell; numbers stand to the right.
  private func row(_ cells: [[String]], _ widths: [Int], bad: [Bool]) -> [String] {
    (0..<max(cells.map(\.count).max() ?? 0, 1)).map { number in
      var line = ""
      for (place, cell) in cells.enumerated() {
        let words = number < cell.count ? cell[number] : ""
        let room = String(repeating: " ", count: max(0, widths[place] - words.count))
        let styled = bad.indices.contains(place) && bad[place] ? Terminal.red(words) : words
        let isLast = place == cells.count - 1
        line += table.columns[place].kind == .number ? room + styled : styled + (isLast ? "" : room)
        if !isLast { line += "  " }
      }
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// How wide the columns are; nil where the words do not fit beside each other.
  private func fitted() -> [Int]? {
    var widths: [Int] = []
    var least: [Int] = []
    for (place, column) in table.columns.enumerated() {
      let lines = cells.flatMap { $0[place] }
      let natural = max(lines.map(\.count).max() ?? 0, column.title.count)
      let longestWord = lines.flatMap { $0.split(separator: " ").map(\.count) }.max() ?? 0
      widths.append(natural)
      switch column.kind {
      case .number, .whole: least.append(natural)
      case .words: least.append(max(longestWord, column.title.count))
      case .wide: least.append(min(natural, max(longestWord, column.title.count, 24)))
      }
    }
    var excess = widths.reduce(2 * (widths.count - 1), +) - layout.width
    while excess > 0 {
      let elastic = widths.indices.filter { widths[$0] > least[$0] }
      guard let widest = elastic.max(by: { widths[$0] < widths[$1] }) else { return nil }
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  /// Each row with its first cells as a heading and the others named below it.
  private var blocks: [String] {
    zip(cells, isBad).flatMap { row, bad -> [String] in
      let whole = row.map { $0.joined(separator: ", ") }
      let heading = "  " + whole.prefix(3).filter { !$0.isEmpty }.joined(separator: "  ")
      var lines = heading.count <= layout.width ? [heading] : layout.wrapped(heading, indent: 2)
      let rest = zip(table.columns, whole).dropFirst(3).filter { !$1.isEmpty && $1 != "–" }.map {
        column, cell in
        "\(column.title.lowercased()): \(cell)"
      }
      lines += layout.wrapped(rest.joined(separator: "; "), indent: 6)
      return bad.contains(true) ? lines.map(Terminal.red) : lines
    }
  }

  // MARK: Words

  /// The words of a cell or a line.
  ///
  /// - Parameters:
  ///   - parts: what it is made of.
  ///   - separator: what stands where a line ends.
  ///   - isWhole: whether hashes are shown whole.
  static func text(_ parts: [ComplianceTable.Part], between separator: String = ", ", isWhole: Bool = false)
    -> String
  {
    parts.reduce(into: "") { text, part in
      switch part {
      case .words(let words), .quiet(let words), .toned(_, let words), .outcome(_, let words):
        text += Rows.printable(words)
      case .tally(let tally): text += tally.words
      case .typed(let words): text += Rows.printable(words.replacing("`", with: "'"))
      case .help(let command): text += "; what helps: \(Rows.printable(command))"
      case .day(let instant): text += Wording.day(instant)
      case .minute(let instant): text += Wording.minute(instant)
      case .second(let instant): text += Wording.second(instant)
      case .places(let positions, of: _): text += positions.map { "[\($0)]" }.joined(separator: " ")
      case .own(let position), .link(.deployment(let position), _): text += "[\(position)]"
      case .link(_, let words), .section(_, let words): text += Rows.printable(words)
      case .hash(let hash):
        text += Rows.printable(isWhole ? hash : ComplianceWords.shortened(hash: hash))
      case .bar(let count, let most): text += ComplianceTable.bar(count, most: most)
      case .lineEnd: text += text.isEmpty ? "" : separator
      }
    }
  }

  private static func isBad(_ parts: [ComplianceTable.Part]) -> Bool {
    parts.contains { part in
      switch part {
      case .toned(let tone, _): tone == .bad
      case .outcome(let outcome, _): outcome.tone == .bad
      case .words, .quiet, .tally, .day, .minute, .second, .places, .own, .link, .section, .typed, .help, .hash,
        .bar, .lineEnd:
        false
      }
    }
  }
}
