internal import RelmDomain

/// Names of environments and of what is above them, by how they read.
struct KnownSpellings {
  /// The spellings that read so.
  private var names: [String: [String]] = [:]

  init(_ names: some Sequence<String> = []) { for name in names { insert(name) } }

  /// - Parameter name: an environment's, or a scope such as `production/*`.
  mutating func insert(_ name: String) {
    for name in Self.line(of: name) {
      let reading = MixedAlphabets.reading(of: name)
      guard names[reading]?.contains(where: { $0.utf8.elementsEqual(name.utf8) }) != true else { return }
      names[reading, default: []].append(name)
    }
  }

  func contains(_ name: String) -> Bool {
    guard let name = Self.line(of: name).first else { return true }
    return names[MixedAlphabets.reading(of: name)]?.contains { $0.utf8.elementsEqual(name.utf8) } ?? false
  }

  /// How a name that is not known is probably to be written: as a known one that it reads as, or below one that the name
  /// above it reads as. nil where it reads as none.
  func twin(of name: String) -> String? {
    for above in Self.line(of: name) {
      guard let spellings = names[MixedAlphabets.reading(of: above)], let first = spellings.first else {
        continue
      }
      if spellings.contains(where: { $0.utf8.elementsEqual(above.utf8) }) { return nil }
      return first + String(decoding: name.utf8.dropFirst(above.utf8.count), as: UTF8.self)
    }
    return nil
  }

  /// A name and all above it, the longest first, without the star of a scope.
  private static func line(of name: String) -> [String] {
    let stem = name == "*" ? "" : name.hasSuffix("/*") ? String(name.dropLast(2)) : name
    let parts = stem.split(separator: "/")
    return parts.indices.reversed().map { parts[...$0].joined(separator: "/") }
  }
}
