/// Words laid out for a person: wrapped at a width, or cut to one.
struct TextLayout {
  /// The most columns of a line.
  let width: Int

  /// Breaks a text into lines at its spaces; a word longer than a line stays whole.
  ///
  /// - Parameter indent: how far all lines are indented.
  func wrapped(_ text: String, indent: Int = 0) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      if !line.isEmpty, indent + line.count + 1 + word.count > width {
        lines.append(margin + line)
        line = ""
      }
      line += line.isEmpty ? String(word) : " " + word
    }
    return line.isEmpty ? lines : lines + [margin + line]
  }

  /// A text in no more columns than these: its middle goes, because names begin and versions end.
  static func elided(_ text: String, to columns: Int) -> String {
    let count = text.count
    guard count > columns else { return text }
    guard columns > 1 else { return String(text.prefix(columns)) }
    let tail = (columns - 1) / 2
    return text.prefix(columns - 1 - tail) + "…" + text.suffix(tail)
  }

  /// A text in lines of no more columns than these: broken at its spaces, else behind what divides a name, else anywhere.
  /// Beyond so many lines the middle of what is left goes.
  static func folded(_ text: String, to columns: Int, lines limit: Int = 8) -> [String] {
    guard text.count > columns, columns > 0 else { return [text] }
    var rest = text[...]
    var lines: [String] = []
    while rest.count > columns, lines.count < limit - 1 {
      let end = rest.index(rest.startIndex, offsetBy: columns)
      // A space that is left at the end of a line is not seen.
      let space = rest[...end].lastIndex(of: " ").flatMap { $0 > rest.startIndex ? $0 : nil }
      let divider = rest[..<end].lastIndex { "/-:,;@.".contains($0) }.map { rest.index(after: $0) }
      let cut = space ?? divider.flatMap { $0 > rest.startIndex ? $0 : nil } ?? end
      lines.append(String(rest[..<cut]))
      rest = rest[cut...].drop { $0 == " " }
    }
    return rest.isEmpty ? lines : lines + [elided(String(rest), to: columns)]
  }

  /// A row of a table in as many lines as its highest cell has.
  static func row(_ cells: [String], _ widths: [Int]) -> [String] {
    let folded = zip(cells, widths).map { Self.folded($0, to: $1) }
    let height = folded.map(\.count).max() ?? 0
    return (0..<height).map { place in
      let line = line(folded.map { $0.indices.contains(place) ? $0[place] : "" }, widths)
      return place == 0 ? line : String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The beginning of a line that may hold escapes for style, in no more columns than these.
  static func cut(_ line: String, to columns: Int) -> String {
    var cut = ""
    var count = 0
    var isEscape = false
    for character in line {
      if character == "\u{1B}" { isEscape = true }
      if !isEscape {
        guard count < columns else { continue }
        count += 1
      }
      cut.append(character)
      if isEscape, character.isLetter { isEscape = false }
    }
    return cut
  }

  /// Takes from the widest columns until all fit, two spaces between each, none narrower than eight.
  ///
  /// - Parameter whole: columns that stay as wide as they are: half a number or half a time is wrong.
  func fitted(_ widths: [Int], whole: Set<Int> = []) -> [Int] {
    var widths = widths
    var excess = widths.reduce(2 * (widths.count - 1), +) - width
    let elastic = widths.indices.filter { !whole.contains($0) }
    while excess > 0, let widest = elastic.max(by: { widths[$0] < widths[$1] }), widths[widest] > 8 {
      widths[widest] -= 1
      excess -= 1
    }
    return widths
  }

  /// One line of a table.
  static func line(_ cells: [String], _ widths: [Int]) -> String {
    var line = ""
    for (place, cell) in cells.enumerated() {
      let cell = elided(cell, to: widths[place])
      line +=
        place == cells.count - 1 ? cell : cell + String(repeating: " ", count: widths[place] - cell.count + 2)
    }
    return line
  }
}
