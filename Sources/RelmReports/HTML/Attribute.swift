internal import RelmDomain

/// An attribute of an element.
///
/// What could run or load something is no attribute here: handlers (`on…`), `style` and `src` are refused, and a link
/// leads only to a place in the same page.
package struct Attribute: Sendable {
  private let name: String
  private let value: String

  package init(_ name: StaticString, _ value: String) {
    self.name = name.description
    self.value = value
    let mayAct =
      self.name.hasPrefix("on") || ["style", "src", "srcset", "srcdoc", "action"].contains(self.name)
    precondition(!mayAct, "an attribute that runs or loads something")
    precondition(self.name != "href" || value.hasPrefix("#"), "a link out of the page")
  }

  /// A length or place in a drawing, to a tenth.
  package init(_ name: StaticString, _ value: Double) { self.init(name, Escape.number(value)) }

  package static func `class`(_ names: String) -> Attribute { Attribute("class", names) }
  package static func id(_ id: String) -> Attribute { Attribute("id", id) }
  /// A link to a place in this page.
  package static func link(to id: String) -> Attribute { Attribute("href", "#" + id) }

  func write(to markup: inout String) {
    markup += " " + name + "=\"" + Escape.attribute(value) + "\""
  }
}

/// How words are written so that they stay words.
enum Escape {
  static func text(_ words: String) -> String { escaped(words, quotes: false) }
  static func attribute(_ words: String) -> String { escaped(words, quotes: true) }

  private static func escaped(_ words: String, quotes: Bool) -> String {
    var result = ""
    result.reserveCapacity(words.utf8.count + 16)
    for scalar in words.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"" where quotes: result += "&quot;"
      // A new line would be changed by some readers of attributes.
      case "\n" where quotes: result += "&#10;"
      case "\t", "\n": result.unicodeScalars.append(scalar)
      // Control characters are no characters of a page (HTML, section 13.2.3.5); what turns the direction of writing
      // round or has no width could make a reader see other words than are there.
      case _ where LegibleText.isHidden(scalar): result += LegibleText.line(String(scalar))
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// A number to a tenth, without a point where it needs none: "12.5", "3".
  static func number(_ value: Double) -> String {
    // A place in a drawing of nothing, or of all time.
    let value = value.isFinite ? min(max(value, -1e12), 1e12) : 0
    let tenths = Int((value * 10).rounded())
    let sign = tenths < 0 ? "-" : ""
    let (whole, rest) = abs(tenths).quotientAndRemainder(dividingBy: 10)
    return rest == 0 ? "\(sign)\(whole)" : "\(sign)\(whole).\(rest)"
  }
}
