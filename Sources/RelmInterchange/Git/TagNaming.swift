internal import RelmDomain

/// Which release a tag names: of the repository's package the version that the tag is called, unless a pattern takes
/// package and version out of its name.
package struct TagNaming {
  package let repository: String
  private let pattern: Regex<AnyRegexOutput>?

  /// - Parameter pattern: a regular expression whose groups `package` and `version`, or else whose first two groups, are
  ///   that: `^(?<package>.+)-v(?<version>.+)$` takes both out of `proj1-v1.2`. Nil for one package.
  /// - Throws: where it is no regular expression, or has no such groups.
  package init(repository: String, pattern: String? = nil) throws(InterchangeError) {
    precondition(!repository.isEmpty, "a repository has a name")
    self.repository = repository
    guard let pattern else {
      self.pattern = nil
      return
    }
    let regex: Regex<AnyRegexOutput>
    do {
      regex = try Regex(pattern)
    } catch {
      throw InterchangeError(at: "the pattern '\(pattern)'", "it is no regular expression: \(error)")
    }
    guard Self.groups(in: pattern) >= 2 else {
      throw InterchangeError(
        at: "the pattern '\(pattern)'", "it needs two groups, for package and version, such as ^(.+)-v(.+)$")
    }
    self.pattern = regex
  }

  /// The package and version that a tag stands for.
  ///
  /// - Returns: nil for one that the pattern does not match, which is the repository's own.
  package func named(by tag: String) -> TagRelease? {
    guard let pattern, let match = tag.wholeMatch(of: pattern) ?? tag.firstMatch(of: pattern) else {
      return nil
    }
    func group(_ name: String, _ place: Int) -> String? {
      let found = match.output.first { $0.name == name } ?? match.output.dropFirst(place).first
      return found?.substring.map(String.init)
    }
    guard let package = group("package", 1), let version = group("version", 2), !package.isEmpty,
      !version.isEmpty, Subject.named(Subject.release(package: package, version: version).text) != nil
    else { return nil }
    return TagRelease(package: package, version: version)
  }

  /// How many groups it has that are counted: a parenthesis, but for an escaped one and for `(?:`.
  private static func groups(in pattern: String) -> Int {
    var count = 0
    var (isEscaped, isInClass) = (false, false)
    let letters = Array(pattern)
    for (place, letter) in letters.enumerated() {
      defer { isEscaped = letter == "\\" && !isEscaped }
      guard !isEscaped else { continue }
      if letter == "[" { isInClass = true }
      if letter == "]" { isInClass = false }
      guard letter == "(", !isInClass else { continue }
      let rest = letters[(place + 1)...].prefix(3)
      if rest.first != "?" || (rest.starts(with: "?<") && rest.last != "=" && rest.last != "!") { count += 1 }
    }
    return count
  }
}

/// The release that a tag names where a pattern says so.
package struct TagRelease: Sendable, Equatable {
  package let package: String
  package let version: String

  package init(package: String, version: String) {
    self.package = package
    self.version = version
  }
}
