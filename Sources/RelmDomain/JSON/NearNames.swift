/// Names that somebody may have meant who wrote one that nobody knows.
package enum NearNames {
  /// The most probable ones, the nearest first.
  ///
  /// Nearest is what differs in the case of its letters alone, then what is a few edits away, then what lies below the
  /// word in a path of names, or ends in it, then what has it in it.
  ///
  /// - Parameters:
  ///   - word: what was written.
  ///   - names: those that there are.
  ///   - most: how many to name.
  package static func of(_ word: String, in names: some Sequence<String>, most: Int = 3) -> [String] {
    let lower = word.lowercased()
    let letters = Array(lower.unicodeScalars)
    guard !letters.isEmpty else { return [] }
    var found: [(name: String, rank: Int)] = []
    for name in names {
      guard let rank = rank(of: name.lowercased(), for: lower, letters) else { continue }
      found.append((name, rank))
    }
    found.sort { $0.rank != $1.rank ? $0.rank < $1.rank : NameOrder.precedes($0.name, $1.name) }
    return found.prefix(most).map(\.name)
  }

  private static func rank(of name: String, for word: String, _ letters: [Unicode.Scalar]) -> Int? {
    if name.utf8.elementsEqual(word.utf8) { return 0 }
    let others = Array(name.unicodeScalars)
    if abs(letters.count - others.count) <= 2, !(letters.count < 3 && others.count < 3) {
      let distance = EditDistance.distance(letters, others)
      if distance <= 2, distance < differing(word, name) { return distance }
    }
    if name.hasPrefix(word + "/") || name.hasSuffix("/" + word) { return 3 }
    return letters.count >= 3 && name.contains(word) ? 4 : nil
  }

  /// How many letters are in those parts of two paths of names in which they differ: `us` is no slip for `eu`, though most of
  /// `production/us` and `production/eu` is the same.
  private static func differing(_ word: String, _ name: String) -> Int {
    let (parts, others) = (word.split(separator: "/"), name.split(separator: "/"))
    let same = zip(parts, others).prefix { $0 == $1 }.count
    func length(_ parts: [Substring]) -> Int { parts.dropFirst(same).map(\.unicodeScalars.count).reduce(0, +) }
    return max(length(parts), length(others))
  }

  /// Whether a new name is more probably a slip for a known one than a name of its own: it differs in the case of its
  /// letters, or by an edit or two of a long name. What differs in its digits alone is another of a kind.
  package static func isSlip(_ word: String, for name: String) -> Bool {
    guard !word.utf8.elementsEqual(name.utf8) else { return false }
    let (first, second) = (word.lowercased(), name.lowercased())
    if first.utf8.elementsEqual(second.utf8) { return true }
    let (letters, others) = (Array(first.unicodeScalars), Array(second.unicodeScalars))
    let limit = min(letters.count, others.count) < 8 ? 1 : 2
    guard min(letters.count, others.count) >= 4, abs(letters.count - others.count) <= limit else {
      return false
    }
    let digits = Unicode.Scalar("0")...Unicode.Scalar("9")
    guard letters.filter({ !digits.contains($0) }) != others.filter({ !digits.contains($0) }) else {
      return false
    }
    let distance = EditDistance.distance(letters, others)
    return distance <= limit && distance < differing(first, second)
  }

  /// The names that may be meant, for the end of a sentence: "; did you mean a, b or c?"; nothing where none is near.
  package static func hint(_ names: [String]) -> String {
    guard let last = names.last else { return "" }
    let others = names.dropLast().map { "'\($0)'" }.joined(separator: ", ")
    return "; did you mean \(others.isEmpty ? "" : others + " or ")'\(last)'?"
  }
}
