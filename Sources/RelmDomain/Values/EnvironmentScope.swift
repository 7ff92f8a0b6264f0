/// Which environments an act is about, as it is written where an environment's name can stand: `production/eu` is that one,
/// `production/*` all below `production`, and `*` all there are.
package struct EnvironmentScope: Hashable, Sendable {
  package let text: String

  package init(_ text: String) { self.text = text }

  /// Whether it stands for more than one name.
  package var isPattern: Bool { text == Self.everything || text.hasSuffix("/*") }

  /// Whether it names an environment. What is written without a star names one alone.
  package func contains(_ environment: String) -> Bool {
    if text == Self.everything { return true }
    // Names are compared by bytes, as keys are.
    guard text.hasSuffix("/*") else { return text.utf8.elementsEqual(environment.utf8) }
    return Self.isBelow(environment, text.dropLast(2))
  }

  /// Whether it names an environment or one above it: what forbids reaches down.
  package func reaches(_ environment: String) -> Bool {
    contains(environment) || !isPattern && Self.isBelow(environment, text[...])
  }

  /// Whether there can be an environment that both name.
  package func overlaps(_ other: EnvironmentScope) -> Bool { contains(other.text) || other.contains(text) }

  /// Every way to write what reaches an environment, the nearest first: of `production/eu` these are `production/eu`,
  /// `production/*`, `production` and `*`.
  package static func reaching(_ environment: String) -> [String] {
    var names = [environment]
    var above = environment[...]
    while let slash = above.lastIndex(of: "/") {
      above = above[..<slash]
      for name in [above + "/*", above] where name != environment { names.append(String(name)) }
    }
    if environment != everything { names.append(everything) }
    return names
  }

  private static let everything = "*"

  private static func isBelow(_ environment: String, _ above: Substring) -> Bool {
    environment.utf8.count > above.utf8.count + 1 && environment.utf8.starts(with: above.utf8)
      && environment.utf8.dropFirst(above.utf8.count).first == UInt8(ascii: "/")
  }
}
