/// The scalars of `schemas/common.v1.json`, by their names there.
enum ScalarKind: String, CaseIterable {
  case name
  case entityName
  case text
  case digest
  case person
  case keyHolder
  case timestamp
  case uriReference
  case mediaType
  case purl
  case releaseSubject
  case base64
  case count
  case position
  case duration
  case subject
  case level
  case rating
  case percentage
  case instant
  case boolean
  /// Given as words, stored sealed.
  case personalText

  /// What JSON value it is.
  var shape: FieldDescription.Shape {
    switch self {
    case .count, .position, .level, .rating: .integer
    case .percentage: .number
    case .boolean: .boolean
    case .personalText: .personalText
    default: .string
    }
  }

  /// What it may hold, in words.
  var words: String {
    switch self {
    case .name: "a name"
    case .entityName: "a name"
    case .text: "words"
    case .digest: "a digest, algorithm:hex"
    case .person: "a person"
    case .keyHolder: "a person's pseudonym"
    case .timestamp: "a time as in RFC 3339"
    case .uriReference: "a URI"
    case .mediaType: "a media type"
    case .purl: "a package URL"
    case .releaseSubject: "a release, release/package/version"
    case .base64: "bytes in base64"
    case .count: "a whole number from 0"
    case .position: "a position in the log"
    case .duration: "a length of time, such as PT4H or P5D"
    case .subject: "a subject, such as service/payments"
    case .level: "a level from 3 to 6"
    case .rating: "a rating from 1 to 5"
    case .percentage: "a percentage from 0 to 100"
    case .instant: "a time in UTC"
    case .boolean: "true or false"
    case .personalText: "words, sealed"
    }
  }
}
