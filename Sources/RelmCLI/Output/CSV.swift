internal import ArgumentParser
internal import Synchronization

/// Comma-separated values (RFC 4180), as a spreadsheet may open them.
///
/// A spreadsheet runs a cell that begins like a formula. Such a cell gets an apostrophe before it, which a spreadsheet
/// takes for "this is text" and does not show; a number stays a number.
enum CSV {
  /// Whether cells stay as they are, for programs that read them back.
  private static let areRaw = Atomic<Bool>(false)

  /// Leaves the cells of this run as they are.
  static func keepCellsRaw() { areRaw.store(true, ordering: .relaxed) }

  /// One line, with the line end that RFC 4180, section 2, asks for.
  static func record(_ fields: [String]) -> String {
    fields.map { quoted(areRaw.load(ordering: .relaxed) ? $0 : harmless($0)) }.joined(separator: ",") + "\r\n"
  }

  /// A cell that no spreadsheet runs.
  static func harmless(_ field: String) -> String {
    guard let first = field.unicodeScalars.first,
      "=+-@\t\r\n\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars.contains(first),
      field != "-", !isNumber(field)
    else { return field }
    return "'" + field
  }

  /// A number as JSON writes it, with either sign.
  private static func isNumber(_ field: String) -> Bool {
    field.wholeMatch(of: /[-+]?[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil
  }

  private static func quoted(_ field: String) -> String {
    guard field.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else { return field }
    return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
      + "\""
  }
}

/// How cells of CSV come out.
struct CellOptions: ParsableArguments {
  @Flag(
    name: .customLong("raw-cells"),
    help: "In csv, leave cells that a spreadsheet would run as they are; else they begin with an apostrophe.")
  var rawCells = false

  init() {}

  init(_ words: inout PlainLine) {
    rawCells = words.flag("--raw-cells")
    words.check { validate() }
  }

  /// What is asked for holds from here on, before anything is printed.
  func validate() { if rawCells { CSV.keepCellsRaw() } }
}
