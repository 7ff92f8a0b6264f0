/// The tags of a repository, as `git for-each-ref` lists them.
package struct GitTags: Sendable, Equatable {
  /// What to ask Git: `git -C REPO for-each-ref --sort=creatordate --format=<this> refs/tags`.
  ///
  /// Each field ends in NUL, which no name, date or message can hold, and each tag in a newline.
  package static let format = fields.map { "%(\($0))%00" }.joined()

  private static let fields = [
    "refname", "objecttype", "objectname", "*objecttype", "*objectname",
    "taggeremail", "taggerdate:raw", "committeremail", "committerdate:raw", "contents:subject",
    "*committeremail", "*committerdate:raw", "*contents:subject",
  ]

  /// The tags that name a commit, oldest first.
  package let tags: [GitTag]
  /// The names of the others, which name a file or a folder: no releases.
  package let others: [String]

  /// What to ask Git of a tag of a tag, which it peels to the commit that is meant in the end:
  /// `git -C REPO log -1 --format=<this> --date=raw <tag>^{commit}`.
  package static let commitFormat = ["%H", "%ce", "%cd", "%s"].joined(separator: "%x00") + "%x00"

  /// Reads what Git printed.
  ///
  /// - Parameter peeling: what Git says in ``commitFormat`` of the commit that a tag of a tag leads to; nil where it leads to
  ///   none.
  /// - Throws: where it is not in ``format``, or a tag's date cannot be a date; with the tag's place in the list.
  package init(
    _ output: [UInt8], peeling: (_ reference: String) -> [UInt8]? = { _ in nil }
  ) throws(InterchangeError) {
    var tags: [GitTag] = []
    var others: [String] = []
    var rest = output[...]
    var number = 1
    while !rest.isEmpty {
      var values: [String] = []
      for field in Self.fields {
        guard let end = rest.firstIndex(of: 0) else {
          throw InterchangeError(at: "tag \(number)", "it ends before its \(field): the list is not whole")
        }
        // Messages may be in any encoding; what is not UTF-8 is shown as U+FFFD.
        values.append(String(decoding: rest[..<end], as: UTF8.self))
        rest = rest[(end + 1)...]
      }
      guard rest.first == UInt8(ascii: "\n") else {
        throw InterchangeError(at: "tag \(number)", "a newline belongs after its last field")
      }
      rest = rest.dropFirst()
      if values[3] == "tag" {
        // What Git lists of it is the tag that it points to.
        guard let peeled = peeling(values[0]).map(Self.peeled), peeled.count == 4 else {
          others.append(values[0])
          number += 1
          continue
        }
        values[3] = "commit"
        values[4] = peeled[0]
        values.replaceSubrange(10...12, with: peeled[1...])
      }
      if let tag = try Self.tag(values, number) { tags.append(tag) } else { others.append(values[0]) }
      number += 1
    }
    self.tags = tags
    self.others = others
  }

  private static func peeled(_ output: [UInt8]) -> [String] {
    output.split(separator: 0, omittingEmptySubsequences: false).dropLast().map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  /// - Returns: nil for a tag that does not name a commit.
  private static func tag(_ values: [String], _ number: Int) throws(InterchangeError) -> GitTag? {
    let prefix = "refs/tags/"
    guard values[0].hasPrefix(prefix), values[0].utf8.count > prefix.utf8.count else {
      throw InterchangeError(at: "tag \(number)", "'\(values[0])' is not below \(prefix)")
    }
    let name = String(values[0].dropFirst(prefix.count))
    guard !name.unicodeScalars.contains("\u{FFFD}") else {
      throw InterchangeError(at: "tag \(number)", "its name '\(name)' is not UTF-8")
    }
    let isAnnotated = values[1] == "tag"
    guard (isAnnotated ? values[3] : values[1]) == "commit" else { return nil }
    let commit = isAnnotated ? values[4] : values[2]
    for hash in [values[2], commit] where !isHash(hash) {
      throw InterchangeError(at: "tag \(name)", "'\(hash)' is not the hash of an object")
    }
    let committer = isAnnotated ? (email: values[10], date: values[11]) : (email: values[7], date: values[8])
    let committed = try moment(committer.date, of: name)
    // Tag objects of Git's first months have no tagger.
    let isTagged = isAnnotated && !values[6].isEmpty
    return GitTag(
      name: name, object: values[2], commit: commit, isAnnotated: isAnnotated,
      account: account(isTagged ? values[5] : committer.email),
      tagged: isTagged ? try moment(values[6], of: name) : committed, committed: committed,
      summary: isAnnotated && values[9].isEmpty ? values[12] : values[9])
  }

  private static func isHash(_ text: String) -> Bool {
    [40, 64].contains(text.utf8.count)
      && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  /// "<ana@example.org>" without its brackets; nil where nothing that can be an account is in them.
  private static func account(_ text: String) -> String? {
    var text = text[...]
    if text.hasPrefix("<") { text = text.dropFirst() }
    if text.hasSuffix(">") { text = text.dropLast() }
    let words = text.split(whereSeparator: \.isWhitespace)
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  /// "1700000000 +0100": Unix seconds, and hours and minutes ahead of UTC.
  private static func moment(_ text: String, of name: String) throws(InterchangeError) -> GitTag.Moment {
    let words = text.split(separator: " ")
    guard words.count == 2, let seconds = Int64(words[0]), let zone = Int(words[1]), words[1].utf8.count == 5,
      (-62_000_000_000...253_000_000_000).contains(seconds)
    else { throw InterchangeError(at: "tag \(name)", "'\(text)' is not a date of Git's") }
    let minutes = zone / 100 * 60 + zone % 100
    // Commits exist with zones that no clock has; RFC 3339 goes no further than 23:59.
    let isPossible = abs(zone % 100) < 60 && abs(zone) < 2400
    return GitTag.Moment(unixSeconds: seconds, offsetMinutes: isPossible ? minutes : 0)
  }
}
