/// A whole year of the service `payments`, and of the people who release it: everything that a ledger is there
/// for, in the order in which it was recorded.
///
/// The ledger itself is opened first, by ana@example.org at ``opened``.
package enum Year {
  package static let owner = "ana@example.org"
  /// When the ledger is opened (RFC 3339).
  package static let opened = "2026-01-02T08:00:00Z"

  /// Every event, in the order of recording.
  package static let events: [YearEvent] = {
    let chapters = [
      foundations, procedures, cleanPlanning, cleanBuilding, cleanDeployment, cleanHandover, cleanReview,
      emergency,
      failure, critical, canary, upkeep, corrections, endings,
    ]
    // Chapters overlap; within one, events of the same minute keep their order.
    return chapters.joined().enumerated().sorted {
      ($0.element.recorded, $0.offset) < ($1.element.recorded, $1.offset)
    }.map(\.element)
  }()

  /// Everybody who is named by an account, so that a telling can make them known beforehand.
  package static let accounts = [
    "ana", "bo", "bo-admin", "ci", "cyd", "dee", "eli", "fay", "gus", "iva", "uma",
  ].map { $0 + "@example.org" }

  /// What only a command of its own writes: the type, and the words that make that command write it. `itself`
  /// is written by the ledger alone, when its clock stands wrong, and no command makes it.
  package static let ownVerbs: [(type: String, words: [String])] = [
    ("ledger.opened", ["init"]),
    ("gate.decided", ["gate", v211, "--to", "production/eu"]),
    (
      "person.named",
      ["person", "name", "uma@example.org", "Uma Ochre", "--reason", "as the directory has it"]
    ),
    ("ledger.key.rotated", ["key", "rotate", "--reason", "once a year"]),
    ("evidence.disposed", ["dispose", "DIGEST", "--ground", "its keeping time is over"]),
    (
      "subject.erased",
      ["person", "erase", "uma@example.org", "--ground", "GDPR art. 17", "--request", "dsr-4"]
    ),
    ("ledger.sealed", ["seal", "--reason", "the year ends"]),
    ("ledger.clock.suspect", []),
  ]

  static let v100 = "release/payments-api/1.0.0"
  static let v110 = "release/payments-api/1.1.0"
  static let v120 = "release/payments-api/1.2.0"
  static let v121 = "release/payments-api/1.2.1"
  static let v200 = "release/payments-api/2.0.0"
  static let v210 = "release/payments-api/2.1.0"
  static let v211 = "release/payments-api/2.1.1"
  static let v220 = "release/payments-api/2.2.0"
  static let eu = "environment/production/eu"

  /// A digest that is told from others by its two hexadecimal digits.
  static func digest(_ byte: String) -> String { "sha256:" + String(repeating: byte, count: 32) }

  /// Evidence as JSON.
  static func evidence(_ byte: String, _ name: String, size: Int = 4096, type: String = "application/pdf")
    -> String
  {
    #"{"digest":"\#(digest(byte))","mediaType":"\#(type)","name":"\#(name)","size":\#(size)}"#
  }
}
