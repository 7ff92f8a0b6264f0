/// The order of a package's versions: Semantic Versioning 2.0.0 where all of them are such, else that of Debian's `dpkg`.
///
/// A total order has to be one order, so which of the two it is goes by the package and not by the pair. Among dpkg's, what
/// is a semantic version keeps its place: its pre-releases come before it. A `v` before a digit tells nothing. Versions
/// that are as good as each other, such as two builds of one, stand in the order of their bytes.
package enum VersionOrder {
  /// Sorts what has a version, the oldest first.
  package static func sorted<Item>(
    _ items: [Item], of package: String, by version: (Item) -> String
  ) -> [Item] {
    guard items.count > 1 else { return items }
    let parsed = items.map { (item: $0, text: version($0), semantic: SemanticVersion(version($0))) }
    if !isDebian(package), parsed.allSatisfy({ $0.semantic != nil }) {
      return parsed.sorted { left, right in
        guard let first = left.semantic, let second = right.semantic else { return false }
        return precedes(first.compared(to: second), left.text, right.text)
      }.map(\.item)
    }
    return parsed.map {
      (item: $0.item, text: $0.text, version: DebianVersion($0.text, isDebian(package) ? nil : $0.semantic))
    }
    .sorted { precedes($0.version.compared(to: $1.version), $0.text, $1.text) }.map(\.item)
  }

  /// Sorts versions, the oldest first.
  package static func sorted(_ versions: [String], of package: String) -> [String] {
    sorted(versions, of: package) { $0 }
  }

  /// Whether a package is Debian's by its name: as the import of a dpkg log names it, or by its purl.
  private static func isDebian(_ package: String) -> Bool {
    if package.hasPrefix("pkg:") { return package.hasPrefix("pkg:deb/") }
    return package.split(separator: "/").last?.contains(":") ?? false
  }

  private static func precedes(_ order: Int, _ left: String, _ right: String) -> Bool {
    order != 0 ? order < 0 : left.utf8.lexicographicallyPrecedes(right.utf8)
  }

  /// How two numbers in decimal compare, however long they are.
  static func compare(decimal left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Int {
    let left = Array(left.drop { $0 == UInt8(ascii: "0") })
    let right = Array(right.drop { $0 == UInt8(ascii: "0") })
    if left.count != right.count { return left.count < right.count ? -1 : 1 }
    return left == right ? 0 : left.lexicographicallyPrecedes(right) ? -1 : 1
  }

  static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

  /// Whether two versions are written otherwise and mean one: by their case, or a `v` before them.
  package static func isSpelling(_ version: String, of other: String) -> Bool {
    !version.utf8.elementsEqual(other.utf8) && bare(version).lowercased() == bare(other).lowercased()
  }

  /// A version without the `v` that some write before it.
  static func bare(_ version: String) -> Substring {
    guard let first = version.utf8.first, first | 0x20 == UInt8(ascii: "v"),
      version.utf8.dropFirst().first.map(isDigit) ?? false
    else { return version[...] }
    return version.dropFirst()
  }
}

/// A version after Semantic Versioning 2.0.0.
struct SemanticVersion {
  private let numbers: [[UInt8]]
  /// The identifiers of a pre-release; none of a release.
  private let early: [[UInt8]]
  /// The same for dpkg's order, where a tilde comes before the end.
  let debian: String

  /// - Returns: nil where the text is none.
  init?(_ text: String) {
    let bare = VersionOrder.bare(text)
    let core = bare.prefix { $0 != "-" && $0 != "+" }
    let numbers = core.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map {
      Array($0)
    }
    guard numbers.count == 3, numbers.allSatisfy(Self.isNumber) else { return nil }
    var rest = bare.dropFirst(core.count)
    var early: [[UInt8]] = []
    if rest.first == "-" {
      let said = rest.dropFirst().prefix { $0 != "+" }
      early = said.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).map { Array($0) }
      guard
        early.allSatisfy({
          Self.isIdentifier($0) && (!$0.allSatisfy(VersionOrder.isDigit) || Self.isNumber($0))
        })
      else { return nil }
      rest = rest.dropFirst(said.count + 1)
    }
    if rest.first == "+" {
      let build = rest.dropFirst().utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      guard build.allSatisfy({ Self.isIdentifier(Array($0)) }) else { return nil }
    } else {
      guard rest.isEmpty else { return nil }
    }
    self.numbers = numbers
    self.early = early
    debian = early.isEmpty ? String(bare) : "\(core)~\(bare.dropFirst(core.count + 1))"
  }

  /// Below 0 where it comes before the other, 0 where neither precedes (section 11).
  func compared(to other: SemanticVersion) -> Int {
    for (left, right) in zip(numbers, other.numbers) {
      let order = VersionOrder.compare(decimal: left, right)
      if order != 0 { return order }
    }
    if early.isEmpty || other.early.isEmpty { return (early.isEmpty ? 1 : 0) - (other.early.isEmpty ? 1 : 0) }
    for (left, right) in zip(early, other.early) where left != right {
      switch (left.allSatisfy(VersionOrder.isDigit), right.allSatisfy(VersionOrder.isDigit)) {
      case (true, true): return VersionOrder.compare(decimal: left, right)
      case (true, false): return -1
      case (false, true): return 1
      case (false, false): return left.lexicographicallyPrecedes(right) ? -1 : 1
      }
    }
    return early.count - other.early.count
  }

  private static func isNumber(_ part: [UInt8]) -> Bool {
    !part.isEmpty && part.allSatisfy(VersionOrder.isDigit) && (part.count == 1 || part[0] != UInt8(ascii: "0"))
  }

  private static func isIdentifier(_ part: [UInt8]) -> Bool {
    !part.isEmpty
      && part.allSatisfy {
        VersionOrder.isDigit($0) || UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20
          || $0 == UInt8(ascii: "-")
      }
  }
}

/// A version as dpkg compares it (deb-version(7)): epoch, upstream version, Debian revision.
struct DebianVersion {
  private let epoch: [UInt8]
  private let upstream: [UInt8]
  private let revision: [UInt8]

  /// - Parameter semantic: what it is as a semantic version, where its hyphen begins a pre-release and no revision.
  init(_ text: String, _ semantic: SemanticVersion?) {
    if let semantic {
      (epoch, upstream, revision) = ([], Array(semantic.debian.utf8), [])
      return
    }
    var rest = Array(VersionOrder.bare(text).utf8)[...]
    let colon = rest.firstIndex(of: UInt8(ascii: ":"))
    if let colon, rest[..<colon].allSatisfy(VersionOrder.isDigit) {
      epoch = Array(rest[..<colon])
      rest = rest[(colon + 1)...]
    } else {
      epoch = []
    }
    let hyphen = rest.lastIndex(of: UInt8(ascii: "-")) ?? rest.endIndex
    upstream = Array(rest[..<hyphen])
    revision = Array(rest[hyphen...].dropFirst())
  }

  /// Below 0 where it comes before the other.
  func compared(to other: DebianVersion) -> Int {
    let order = VersionOrder.compare(decimal: epoch, other.epoch)
    if order != 0 { return order }
    let upstream = Self.compare(self.upstream, other.upstream)
    return upstream != 0 ? upstream : Self.compare(revision, other.revision)
  }

  /// Texts without digits and numbers by turns.
  private static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var (left, right) = (left[...], right[...])
    while !left.isEmpty || !right.isEmpty {
      let (leftText, rightText) = (
        left.prefix { !VersionOrder.isDigit($0) }, right.prefix { !VersionOrder.isDigit($0) }
      )
      for place in 0..<max(leftText.count, rightText.count) {
        let order = weight(leftText, place) - weight(rightText, place)
        if order != 0 { return order }
      }
      (left, right) = (left.dropFirst(leftText.count), right.dropFirst(rightText.count))
      let (leftNumber, rightNumber) = (
        left.prefix(while: VersionOrder.isDigit), right.prefix(while: VersionOrder.isDigit)
      )
      let order = VersionOrder.compare(decimal: leftNumber, rightNumber)
      if order != 0 { return order }
      (left, right) = (left.dropFirst(leftNumber.count), right.dropFirst(rightNumber.count))
    }
    return 0
  }

  /// A tilde comes before the end of the text, letters after it, and everything else after letters.
  private static func weight(_ text: ArraySlice<UInt8>, _ place: Int) -> Int {
    guard place < text.count else { return 0 }
    let byte = text[text.startIndex + place]
    if byte == UInt8(ascii: "~") { return -1 }
    return UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 ? Int(byte) : Int(byte) + 256
  }
}
