internal import RelmDomain
internal import RelmLedger
internal import RelmProjections

/// What a question is about, as somebody types it.
enum SubjectArgument {
  /// The subject that a text names; a release may be named without its kind.
  ///
  /// - Throws: a usage failure where it names none.
  static func subject(_ text: String, _ ledger: Ledger) throws -> Subject {
    let stream = try ledger.stream(named: text)
    for name in [stream, "release/" + stream] { if let subject = Subject.named(name) { return subject } }
    throw CommandFailure(
      .usage,
      "'\(text)' is no subject; write one such as release/payments-api/2026.11.3 or environment/production/eu")
  }

  /// The rows about a subject, or about all releases of a package.
  ///
  /// - Throws: a failure with status 66 where nothing is recorded about it.
  static func rows(_ text: String, _ ledger: Ledger) throws -> SubjectRows {
    let stream = try ledger.stream(named: text)
    if let subject = Subject.named(stream) { return SubjectRows(subject) }
    if case .release(let package, let version)? = Subject.named("release/" + text) {
      let row = try ledger.withViews { rows, _ in
        try Releases.row(Releases.key(package: package, version: version), in: rows)
      }
      if row != nil { return SubjectRows(.release(package: package, version: version)) }
    }
    var isPackage = false
    try ledger.forEachRow(of: Releases.self, under: [text]) { _, _ in
      isPackage = true
      return false
    }
    guard isPackage else {
      throw CommandFailure(.noInput, "nothing is recorded about '\(text)'; 'relm state' lists what there is")
    }
    return SubjectRows(package: text)
  }
}
