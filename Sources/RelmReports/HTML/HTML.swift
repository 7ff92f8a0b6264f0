/// A piece of a page: markup in which every word is escaped (HTML, sections 13.1.2 and 13.3).
///
/// There are two ways to make one, words and elements, and both escape. Names of elements and attributes are part of
/// the program (`StaticString`), so nothing that somebody recorded can become markup.
package struct HTML: Sendable, Equatable {
  /// The markup as it is written.
  package private(set) var markup: String

  /// Nothing.
  package static let empty = HTML(markup: "")

  /// Words, escaped.
  package init(_ words: String) { self.init(markup: Escape.text(words)) }

  fileprivate init(markup: String) { self.markup = markup }

  package static func + (left: HTML, right: HTML) -> HTML { HTML(markup: left.markup + right.markup) }
  package static func += (left: inout HTML, right: HTML) { left.markup += right.markup }
}

extension [HTML] {
  /// All of them, one behind the other.
  package var joined: HTML { reduce(into: .empty) { whole, part in whole += part } }

  /// All of them with words between.
  package func joined(by words: String) -> HTML {
    let between = HTML(words)
    return enumerated().reduce(into: HTML.empty) { whole, part in
      if part.offset > 0 { whole += between }
      whole += part.element
    }
  }
}

/// An element with its attributes and what is in it; an attribute that is nil is left out.
package func tag(
  _ name: StaticString, _ attributes: Attribute?..., @HTMLBuilder content: () throws -> HTML
) rethrows -> HTML {
  let content = try content()
  return element(name, attributes, content)
}

/// An element with attributes that were collected before.
package func tag(
  _ name: StaticString, with attributes: [Attribute?], @HTMLBuilder content: () throws -> HTML
) rethrows -> HTML {
  let content = try content()
  return element(name, attributes, content)
}

/// An element without anything in it.
package func tag(_ name: StaticString, _ attributes: Attribute?...) -> HTML {
  element(name, attributes, .empty)
}

/// An element with words in it.
package func tag(_ name: StaticString, _ attributes: Attribute?..., words: String) -> HTML {
  element(name, attributes, HTML(words))
}

private func element(_ name: StaticString, _ attributes: [Attribute?], _ content: HTML) -> HTML {
  let name = name.description
  precondition(name != "script" && name != "style", "only a page has a script and a style")
  var markup = "<" + name
  for case let attribute? in attributes { attribute.write(to: &markup) }
  markup += ">"
  guard !Layout.void.contains(name) else { return HTML(markup: markup) }
  markup += content.markup
  markup += "</" + name + ">"
  if Layout.lines.contains(name) { markup += "\n" }
  return HTML(markup: markup)
}

private enum Layout {
  /// Elements that have no content and no end (HTML, section 13.1.2).
  static let void: Set<String> = ["br", "hr", "meta"]
  /// Elements after which a new line makes no difference to the page, and one to who reads its source.
  static let lines: Set<String> = [
    "div", "dl", "figcaption", "figure", "footer", "g", "h1", "h2", "h3", "header", "li", "main", "nav", "p",
    "section", "table", "tbody", "thead", "tr", "ul",
  ]
}

/// Puts pieces of a page together: words are escaped, pieces are taken as they are.
@resultBuilder
package enum HTMLBuilder {
  package static func buildExpression(_ words: String) -> HTML { HTML(words) }
  package static func buildExpression(_ piece: HTML) -> HTML { piece }
  package static func buildExpression(_ piece: HTML?) -> HTML { piece ?? .empty }
  package static func buildBlock(_ pieces: HTML...) -> HTML { pieces.joined }
  package static func buildOptional(_ piece: HTML?) -> HTML { piece ?? .empty }
  package static func buildEither(first piece: HTML) -> HTML { piece }
  package static func buildEither(second piece: HTML) -> HTML { piece }
  package static func buildArray(_ pieces: [HTML]) -> HTML { pieces.joined }
}
