/// A table that scrolls by itself where it is wider than the window.
enum PageTable {
  /// - Parameters:
  ///   - caption: what it shows.
  ///   - heads: of its columns.
  ///   - rows: its rows, each whole.
  ///   - style: how its rows are shown where the window is narrow: `stacked` as small blocks of six columns, `cards` as
  ///     one labelled line a cell; nil for a table as it is.
  static func of(_ caption: String, _ heads: [ColumnHead], rows: [HTML], style: String? = nil) -> HTML {
    // On paper a short table is not torn apart.
    tag(
      "div", .class(rows.count <= 8 ? "scroll short" : "scroll"), Attribute("role", "region"),
      Attribute("tabindex", "0"),
      Attribute("aria-label", caption)
    ) {
      tag("table", style.map(Attribute.class)) {
        tag("caption") { tag("span", words: caption) }
        tag("thead") {
          tag("tr") {
            for head in heads { tag("th", Attribute("scope", "col"), head.attribute, words: head.words) }
          }
        }
        tag("tbody") { rows.joined }
      }
    }
  }
}

/// The head of a column.
struct ColumnHead: ExpressibleByStringLiteral {
  let words: String
  var attribute: Attribute?

  init(stringLiteral words: String) { self.words = words }

  init(_ words: String, attribute: Attribute?) {
    self.words = words
    self.attribute = attribute
  }

  static func number(_ words: String) -> ColumnHead { ColumnHead(words, attribute: .class("number")) }
}
