/// One line of a dpkg log, as `dpkg(1)` documents it under `--log`.
enum DpkgLine: Equatable {
  /// Something is begun with a package: "upgrade curl:amd64 7.88.1-10 7.88.1-11". A missing version is nil.
  case action(Action, package: String, from: String?, to: String?)
  /// A package reached a state: "status installed curl:amd64 7.88.1-11".
  case status(Status, package: String, version: String?)
  /// A configuration file was kept or replaced, or dpkg itself began: nothing for a release ledger.
  case other

  /// What is begun.
  enum Action: String, CaseIterable {
    case install, upgrade, configure, trigproc, disappear, remove, purge
  }

  /// The states of a package.
  enum Status: String, CaseIterable {
    case notInstalled = "not-installed"
    case configFiles = "config-files"
    case halfInstalled = "half-installed"
    case unpacked
    case halfConfigured = "half-configured"
    case triggersAwaited = "triggers-awaited"
    case triggersPending = "triggers-pending"
    case installed
  }

  /// Reads a line without its newline.
  ///
  /// - Returns: when, as the wall clock showed it, and what.
  static func parse(_ line: String, at place: String) throws(InterchangeError) -> (CivilTime, DpkgLine) {
    guard !line.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
      throw InterchangeError(
        at: place, "it holds control characters, as a disk leaves them after a power cut: mend or drop the line"
      )
    }
    let words = Self.words(of: line)
    guard words.count >= 3, let time = CivilTime(date: words[0], time: words[1]) else {
      throw InterchangeError(
        at: place, "a line begins with YYYY-MM-DD HH:MM:SS and a word; here stands '\(line)'")
    }
    switch words[2] {
    case "startup", "conffile":
      return (time, .other)
    case "status":
      guard words.count == 6, !words[4].isEmpty, !words[5].isEmpty else {
        throw InterchangeError(
          at: place, "status is followed by a state, a package and a version; here stands '\(line)'")
      }
      guard let status = Status(rawValue: String(words[3])) else {
        throw InterchangeError(at: place, "'\(words[3])' is not a state of a package that dpkg knows")
      }
      return (time, .status(status, package: String(words[4]), version: version(words[5])))
    default:
      guard let action = Action(rawValue: String(words[2])) else {
        throw InterchangeError(at: place, "'\(words[2])' is not an action that dpkg logs")
      }
      guard words.count == 6, !words[3].isEmpty, !words[4].isEmpty, !words[5].isEmpty else {
        throw InterchangeError(
          at: place, "\(action.rawValue) is followed by a package and two versions; here stands '\(line)'")
      }
      return (time, .action(action, package: String(words[3]), from: version(words[4]), to: version(words[5])))
    }
  }

  /// No version has an angle bracket (deb-version(7)); dpkg translates the word for none that stands in them.
  private static func version(_ word: Substring) -> String? { word.hasPrefix("<") ? nil : String(word) }

  /// The words between single spaces; what stands in angle brackets is one, as of several words it can be: "<bat ere ez>".
  private static func words(of line: String) -> [Substring] {
    var words: [Substring] = []
    var begin = line.startIndex
    while true {
      let rest = line[begin...]
      let isBracket = rest.first == "<"
      let end = isBracket ? rest.firstIndex(of: ">").map(line.index(after:)) : rest.firstIndex(of: " ")
      let word = rest[..<(end ?? rest.endIndex)]
      words.append(word)
      guard word.endIndex < line.endIndex, line[word.endIndex] == " " else {
        // Something right behind a bracket belongs to no word that dpkg writes.
        if word.endIndex < line.endIndex { words.append(line[word.endIndex...]) }
        return words
      }
      begin = line.index(after: word.endIndex)
    }
  }
}
