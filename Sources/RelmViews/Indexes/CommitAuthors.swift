package import RelmDomain
package import RelmProof

/// Who wrote a commit, by what any release was told of it: whoever is named once has written it, whichever release it goes
/// out with.
package enum CommitAuthors {
  /// An author, and the first event that counts and names them.
  package struct Entry: Sendable {
    package let person: PersonID
    package let position: Position
  }

  /// Everybody whom events name as an author of a commit.
  package static func all(of commit: String, in rows: any RowReading) throws -> [Entry] {
    let prefix = IndexKey.authors(ofCommit: commit)
    return try FirstTouch.all(under: prefix, in: rows).compactMap { touch in
      guard let high = RowBytes.uint64(touch.key, at: prefix.count),
        let low = RowBytes.uint64(touch.key, at: prefix.count + 8)
      else { return nil }
      return Entry(person: PersonID(UUIDText(high: high, low: low)), position: touch.position)
    }
  }
}
