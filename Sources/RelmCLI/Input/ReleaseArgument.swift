internal import RelmDomain
internal import RelmLedger
internal import RelmViews

/// A release as somebody types it.
enum ReleaseArgument {
  /// Package and version of `release/payments-api/2026.11.3` or `payments-api/2026.11.3`.
  ///
  /// - Throws: a usage failure where it names none.
  static func names(_ text: String) throws -> (package: String, version: String) {
    guard case .release(let package, let version) = try subject(text) else {
      throw CommandFailure(
        .usage, "'\(text)' names no release; name it by package and version, such as payments-api/2026.11.3")
    }
    return (package, version)
  }

  /// Package and version of what a text means: a release's name, a digest of its artifact, an event about it.
  ///
  /// - Throws: as ``names(_:)``; a failure with status 66 where no release has such a digest.
  static func named(_ text: String, in ledger: Ledger) throws -> (package: String, version: String) {
    guard text.contains("/") else { return try NameResolver(ledger).release(text) }
    let (package, version) = try names(text)
    // An event's id may have slashes. Else a name is taken as it is: who asks says what is known about it.
    guard try !ledger.knows(package, version), let event = try ledger.events(withID: text).only,
      case .release(let package, let version)? = event.subject
    else { return (package, version) }
    return (package, version)
  }

  /// The release's stream.
  ///
  /// - Throws: a usage failure where the text names none, with the reason.
  static func subject(_ text: String) throws -> Subject {
    let prefix = "release/"
    let isWhole = text.hasPrefix(prefix) && text.dropFirst(prefix.count).contains("/")
    do {
      return try Subject(isWhole ? text : prefix + text)
    } catch {
      throw CommandFailure(
        .usage, "\(error.reason); name the release by package and version, such as payments-api/2026.11.3")
    }
  }

  /// What to say where nothing is recorded about a release: its package's newest releases, or a package of nearly that
  /// name.
  static func unknown(_ package: String, _ version: String, _ ledger: Ledger) throws -> CommandFailure {
    let what = "nothing is recorded about release \(package)/\(version)"
    var versions: [String] = []
    try ledger.forEachRow(of: Releases.self, under: [package]) { row, _ in
      versions.append(row.version)
      return true
    }
    if let nearest = NearNames.of(version, in: versions, most: 1).first {
      return CommandFailure(.noInput, "\(what); did you mean \(package)/\(nearest)?")
    }
    guard versions.isEmpty else {
      let newest = VersionOrder.sorted(versions, of: package).suffix(5).joined(separator: ", ")
      return CommandFailure(.noInput, "\(what); its package has \(newest)")
    }
    let near = try ledger.names(near: "\(package)/\(version)", of: .release)
    return CommandFailure(
      .noInput, what + (near.isEmpty ? "; 'relm state' lists the releases" : NearNames.hint(near)))
  }
}

extension Array {
  /// The one element, where there is just one.
  fileprivate var only: Element? { count == 1 ? first : nil }
}
