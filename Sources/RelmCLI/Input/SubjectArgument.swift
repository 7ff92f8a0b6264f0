internal import RelmDomain
internal import RelmLedger
internal import RelmHistory
internal import RelmViews

/// What a question is about, as somebody types it: resolved as ``NameResolver`` does, into what the question needs.
enum SubjectArgument {
  /// The one subject that a text means; of an event what it is about.
  ///
  /// - Throws: a failure with status 66 where nothing is recorded about it, 64 where it means a whole package.
  static func subject(_ text: String, _ ledger: Ledger) throws -> Subject {
    switch try NameResolver(ledger).meaning(of: text) {
    case .stream(let stream):
      if let subject = Subject.named(stream) { return subject }
      throw CommandFailure(
        .usage,
        "'\(text)' is no subject; write one such as release/payments-api/2026.11.3 or environment/production/eu"
      )
    case .event(let event):
      if let subject = event.subject { return subject }
      throw CommandFailure(.usage, "'\(text)' is an event that is about nothing of relm's")
    case .package(let package): throw try isPackage(package, ledger)
    }
  }

  /// The stream that a text means.
  ///
  /// - Throws: as ``subject(_:_:)``.
  static func stream(_ text: String, _ ledger: Ledger) throws -> String {
    switch try NameResolver(ledger).meaning(of: text) {
    case .stream(let stream): return stream
    case .event(let event): return event.record.envelope.stream
    case .package(let package): throw try isPackage(package, ledger)
    }
  }

  /// A stream, or what several begin with: `release/payments-api` for all releases of a package, `environment/production`
  /// for all environments below it.
  ///
  /// - Throws: a failure with status 66 where nothing is recorded about any.
  static func beginning(_ text: String, _ ledger: Ledger) throws -> String {
    do {
      switch try NameResolver(ledger).meaning(of: text) {
      case .stream(let stream): return stream
      case .event(let event): return event.record.envelope.stream
      case .package(let package): return "release/" + package
      }
    } catch let failure as CommandFailure where failure.status == .noInput {
      let whole = text.hasPrefix("environment/") ? text : "environment/" + text
      let environment = String(whole.dropFirst("environment/".count))
      guard
        try ledger.names(near: environment, of: .environment).contains(where: {
          $0.hasPrefix(environment + "/")
        })
      else { throw failure }
      return whole
    }
  }

  /// The rows about a subject, or about all releases of a package.
  ///
  /// - Throws: a failure with status 66 where nothing is recorded about it.
  static func rows(_ text: String, _ ledger: Ledger) throws -> SubjectRows {
    if case .package(let package) = try NameResolver(ledger).meaning(of: text) {
      return SubjectRows(package: package)
    }
    return SubjectRows(try subject(text, ledger))
  }

  private static func isPackage(_ package: String, _ ledger: Ledger) throws -> CommandFailure {
    let releases = try ledger.names(near: package + "/", of: .release)
    return CommandFailure(
      .usage,
      "'\(package)' is a package; name a release of it"
        + (releases.isEmpty ? "" : ", such as \(releases.joined(separator: " or "))"))
  }
}
