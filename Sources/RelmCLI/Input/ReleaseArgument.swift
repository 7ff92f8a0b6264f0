internal import RelmDomain
internal import RelmLedger
internal import RelmProjections

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
    if let nearest = EditDistance.nearest(to: version, in: versions) {
      return CommandFailure(.noInput, "\(what); did you mean \(package)/\(nearest)?")
    }
    guard versions.isEmpty else {
      return CommandFailure(.noInput, "\(what); its package has \(versions.suffix(5).joined(separator: ", "))")
    }
    return CommandFailure(.noInput, "\(what); 'relm state' lists the releases")
  }
}
