internal import RelmProof

/// The scalars of `schemas/common.v1.json`, each refused with its reason.
extension CanonicalReader {
  /// A name or id: not empty, without control characters, so that it can be shown on a terminal as it stands.
  mutating func name() throws(DecodingFailure) -> String {
    var name = try nonEmptyString()
    guard isStored || !name.withUTF8({ $0.hasControlCharacter }) else {
      throw DecodingFailure(reason: "a name has no control characters and no line breaks")
    }
    return name
  }

  /// The name of what has a stream, as its subject has it. What an earlier version took stays readable.
  mutating func entityName() throws(DecodingFailure) -> String {
    let name = try name()
    if !isStored, let objection = EntityName.objection(to: name) { throw DecodingFailure(reason: objection) }
    return name
  }

  /// Words for a reader: not empty.
  mutating func text() throws(DecodingFailure) -> String { try nonEmptyString() }

  mutating func contentDigest() throws(DecodingFailure) -> ContentDigest {
    let text = try string()
    guard let digest = ContentDigest(text) else {
      throw DecodingFailure(
        reason: "a digest is needed here, algorithm:hex in lower case such as sha256:9f86…, not “\(text)”")
    }
    return digest
  }

  mutating func person() throws(DecodingFailure) -> PersonID {
    let (content, _) = try stringContent()
    let person = bytes.withUnsafeBufferPointer { PersonID.named(UnsafeBufferPointer(rebasing: $0[content])) }
    guard let person else {
      throw DecodingFailure(
        reason: "a person's pseudonym is needed here, person:<uuid>, not “\(text(of: content))”")
    }
    return person
  }

  /// RFC 3339, kept as it was written.
  mutating func timestamp() throws(DecodingFailure) -> Timestamp {
    let text = try string()
    guard let timestamp = Timestamp(text) else {
      throw DecodingFailure(reason: "\(Timestamp.requirement); here stands “\(text)”")
    }
    return timestamp
  }

  /// A moment in a view's row. Rows are read for every event that is folded, so no text is made of it.
  mutating func instant() throws(DecodingFailure) -> Instant {
    let (content, _) = try stringContent()
    guard let instant = RFC3339.instant(of: bytes, content) else {
      throw DecodingFailure(reason: "\(Timestamp.requirement); here stands “\(text(of: content))”")
    }
    return instant
  }

  /// RFC 3986; not empty.
  mutating func uriReference() throws(DecodingFailure) -> String {
    let text = try nonEmptyString()
    guard URIReference.isValid(text) else {
      throw DecodingFailure(reason: "a URI is needed here, not “\(text)”")
    }
    return text
  }

  /// RFC 6838, with parameters where it has some.
  mutating func mediaType() throws(DecodingFailure) -> String {
    let text = try string()
    guard MediaType.isValid(text) else {
      throw DecodingFailure(reason: "a media type is needed here, such as application/pdf, not “\(text)”")
    }
    return text
  }

  /// A package URL. What an earlier version took stays readable.
  mutating func packageURL() throws(DecodingFailure) -> String {
    let text = try string()
    if !isStored, let objection = PackageURL.objection(to: text) {
      throw DecodingFailure(
        reason: "a package URL is needed here, such as pkg:deb/debian/curl; “\(text)” is none: \(objection)")
    }
    return text
  }

  /// The stream of a release, spelt as a subject is, so that references compare as they stand.
  mutating func releaseSubject() throws(DecodingFailure) -> String {
    let (text, subject) = try spelledSubject()
    guard case .release = subject else {
      throw DecodingFailure(reason: "a release is needed here, release/<package>/<version>, not “\(text)”")
    }
    return text
  }

  /// Any stream, spelt as a subject is.
  mutating func subject() throws(DecodingFailure) -> String {
    try spelledSubject().text
  }

  private mutating func spelledSubject() throws(DecodingFailure) -> (text: String, subject: Subject) {
    let text = try name()
    let subject = try Subject(text)
    if !isStored, let failure = subject.unprintable ?? subject.misread { throw failure }
    return (text, subject)
  }

  /// A length of time as ISO 8601 writes it.
  mutating func timeSpan() throws(DecodingFailure) -> TimeSpan {
    let text = try string()
    guard let span = TimeSpan(text) else {
      throw DecodingFailure(reason: "a length of time is needed here, such as PT4H, P5D or P2W, not “\(text)”")
    }
    return span
  }

  /// A whole number within bounds.
  mutating func number(in bounds: ClosedRange<Int64>) throws(DecodingFailure) -> Int {
    Int(try integer(in: bounds))
  }

  /// A share in percent.
  mutating func percentage() throws(DecodingFailure) -> Percentage {
    let (start, value) = (index, try number())
    guard let percentage = Percentage(text(of: start..<index)) else {
      throw DecodingFailure(reason: "\(value) is not between 0 and 100")
    }
    return percentage
  }

  /// RFC 4648 section 4, with padding.
  mutating func base64() throws(DecodingFailure) -> String {
    let text = try nonEmptyString()
    guard text.utf8.isBase64 else { throw DecodingFailure(reason: "base64 with its padding is needed here") }
    return text
  }

  /// A whole number from 0 that every JSON reader holds exactly.
  mutating func count() throws(DecodingFailure) -> Int { Int(try integer(in: 0...9_007_199_254_740_991)) }

  mutating func position() throws(DecodingFailure) -> Position { Position(UInt64(try count())) }

  /// A list, never empty: what would be empty is left out.
  mutating func list<Item>(
    _ item: (inout CanonicalReader) throws(DecodingFailure) -> Item
  ) throws(DecodingFailure) -> [Item] {
    var items: [Item] = []
    try array { (reader) throws(DecodingFailure) in items.append(try item(&reader)) }
    guard !items.isEmpty else { throw DecodingFailure(reason: "the list is empty; leave it out instead") }
    return items
  }
}
