/// How far one word is from another, for "did you mean".
package enum EditDistance {
  /// The name nearest to a word, where one is within a few edits; of equally near names the first.
  ///
  /// An edit inserts, deletes or replaces a character, or swaps two neighbours. A name that shares nothing with the
  /// word is never proposed, so "id" does not become "to".
  package static func nearest(to word: String, in names: some Sequence<String>, within limit: Int = 2)
    -> String?
  {
    let letters = Array(word.unicodeScalars)
    var nearest: String?
    var least = limit + 1
    for name in names {
      let others = Array(name.unicodeScalars)
      guard abs(letters.count - others.count) < least else { continue }
      let distance = distance(letters, others)
      guard distance < least, distance < max(letters.count, others.count) else { continue }
      least = distance
      nearest = name
    }
    return nearest
  }

  /// The optimal string alignment distance, by its table, three rows of it at a time.
  static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var before = [Int](repeating: 0, count: right.count + 1)
    var above = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      current.reserveCapacity(right.count + 1)
      for column in right.indices {
        var best = min(above[column + 1], current[column]) + 1
        best = min(best, above[column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          best = min(best, before[column - 1] + 1)
        }
        current.append(best)
      }
      (before, above) = (above, current)
    }
    return above[right.count]
  }
}
