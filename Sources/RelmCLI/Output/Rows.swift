internal import ArgumentParser
internal import RelmDomain

/// How rows are written out.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case table, json, ndjson, csv
}

/// One cell: what a person reads, and what a program reads.
struct Cell {
  let text: String
  /// The value as canonical JSON.
  let json: [UInt8]
  /// Whether it is shown whole however narrow the terminal is: a part of a number or a time would be wrong.
  private(set) var isWhole = false

  init(_ text: String?) {
    self.text = text ?? ""
    var writer = CanonicalWriter()
    if let text { writer.string(text) } else { writer.null() }
    json = writer.bytes
  }

  /// A text of which a part would be wrong, such as a length of time.
  init(whole text: String) {
    self.init(text)
    isWhole = true
  }

  init(_ number: UInt64) {
    text = String(number)
    json = Array(text.utf8)
    isWhole = true
  }

  /// A moment, to the second.
  init(_ instant: Instant) {
    self.init(Moments.text(instant))
    isWhole = true
  }
}

/// Rows with named columns, written as a table, JSON, NDJSON or CSV (RFC 4180).
struct Rows {
  let columns: [String]
  /// What is told where there are none.
  let whenEmpty: String
  private(set) var rows: [[Cell]] = []
  /// Each row as JSON, where that is more than its cells: a view's whole row; nil for a further line of the row before.
  private var objects: [[UInt8]?]?

  var isEmpty: Bool { rows.isEmpty }

  init(_ columns: String..., whenEmpty: String) {
    self.columns = columns
    self.whenEmpty = whenEmpty
  }

  mutating func append(_ cells: Cell...) {
    precondition(
      cells.count == columns.count && objects == nil, "a row has a cell for every column, or is whole")
    rows.append(cells)
  }

  /// Appends a row that JSON shows whole; nil for a further line of the row before.
  mutating func append(_ cells: Cell..., whole object: [UInt8]?) {
    precondition(
      cells.count == columns.count && (objects != nil) == !rows.isEmpty, "every row is whole, or none is")
    rows.append(cells)
    objects = (objects ?? []) + [object]
  }

  /// The rows that have this text in a column.
  func keeping(_ column: String, _ text: String) -> Rows {
    guard let place = columns.firstIndex(of: column) else { return self }
    let kept = rows.indices.filter { rows[$0][place].text == text }
    var table = self
    table.rows = kept.map { rows[$0] }
    table.objects = objects.map { objects in kept.map { objects[$0] } }
    return table
  }

  /// The rows in another order.
  ///
  /// - Parameter places: where each row stands now, in the order in which they are to be.
  func reordered(_ places: [Int]) -> Rows {
    var copy = self
    copy.rows = places.map { rows[$0] }
    copy.objects = objects.map { objects in places.map { objects[$0] } }
    return copy
  }

  func write(_ format: OutputFormat) throws {
    switch format {
    case .table: try writeTable()
    case .json:
      try Terminal.data("[" + rows.indices.compactMap(object).joined(separator: ",\n ") + "]")
    case .ndjson:
      try Terminal.write(Array(rows.indices.compactMap(object).map { $0 + "\n" }.joined().utf8))
    case .csv:
      try Terminal.write(Array((CSV.record(columns) + rows.map { CSV.record($0.map(\.text)) }.joined()).utf8))
    }
  }

  /// A row as JSON; nil for a further line of the row before.
  private func object(_ place: Int) throws -> String? {
    if let objects { return try objects[place].map(ShownPeople.told) }
    let members = zip(columns, rows[place]).map { name, cell in
      "\"\(name)\":" + String(decoding: cell.json, as: UTF8.self)
    }
    return "{" + members.joined(separator: ",") + "}"
  }

  /// Columns as wide as their widest cell; on a terminal narrower, where they would not fit, and their cells in several lines.
  private func writeTable() throws {
    guard !rows.isEmpty else { return Terminal.remark(whenEmpty) }
    let cells = rows.map { row in row.map { Self.printable($0.text) } }
    var widths = columns.map(\.count)
    for row in cells {
      for (index, cell) in row.enumerated() { widths[index] = max(widths[index], cell.count) }
    }
    if let available = Terminal.columns {
      let whole = columns.indices.filter { column in rows.contains { $0[column].isWhole } }
      widths = TextLayout(width: available).fitted(widths, whole: Set(whole))
    }
    let titles = TextLayout.row(columns.map { $0.uppercased() }, widths).map(Terminal.bold)
    let lines = titles + cells.flatMap { TextLayout.row($0, widths) }
    try Terminal.tell(lines.map { $0 + "\n" }.joined())
  }

  /// Somebody's text on one line, with everything shown that could steer the terminal.
  static func printable(_ text: String) -> String { LegibleText.line(text) }
}
