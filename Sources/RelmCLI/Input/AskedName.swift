internal import RelmDomain

/// A name by which rows of a view are asked for that do not stand under it: the package of what runs, or the part of an
/// environment's name before its slash.
struct AskedName {
  private let word: String

  init(_ word: String) {
    let prefix = word.prefix { $0 != "/" } + "/"
    self.word =
      StreamKind(rawValue: String(prefix.dropLast())) == nil ? word : String(word.dropFirst(prefix.count))
  }

  /// Whether a row is of what was asked for.
  func isIn(_ row: any ViewRow) -> Bool {
    switch row {
    case let row as RunningRow: isIn(row.environment) || row.package == word
    case let row as EnvironmentRow: isIn(row.environment)
    case let row as ReleaseRow: isIn(row.package)
    case let row as ApprovalRow: isIn(row.package)
    case let row as EscalationRow: isIn(row.package)
    case let row as ServiceRow: isIn(row.service)
    case let row as CapabilityRow: isIn(row.capability)
    case let row as ObligationRow:
      row.subject == word || row.subject.hasPrefix(word + "/")
        || row.subject.hasPrefix("release/\(word)/") || row.subject == "release/\(word)"
    default: false
    }
  }

  /// Whether a name is the word, or lies below it.
  private func isIn(_ name: String) -> Bool { name == word || name.hasPrefix(word + "/") }
}

extension NameResolver {
  /// The keys under which the rows of a view can stand for a word, the most special first.
  func keys(of word: String) throws -> [[String]] {
    var keys: [[String]] = []
    for text in [word, "release/" + word] {
      switch Subject.named(text) {
      case .release(let package, let version): keys.append([package, version])
      case .service(let name), .environment(let name), .policy(let name), .procedure(let name),
        .capability(let name), .incident(let name):
        keys.append([name])
      case .person(let person): keys.append([person.text])
      case .ledger, nil: break
      }
    }
    keys.append([word])
    if let person = try account(word) { keys.append([person.text]) }
    return keys
  }

  /// What to say where a view has no row for a word.
  ///
  /// - Parameter kind: of the names under which its rows stand.
  func nothing(under word: String, in view: String, _ kind: StreamKind?) throws -> CommandFailure {
    let what = "'relm state \(view)' has nothing about '\(word)'"
    do {
      _ = try meaning(of: word, usually: kind)
      return CommandFailure(.noInput, "\(what), although that is known; 'relm state \(view)' lists what it has")
    } catch let failure as CommandFailure where failure.status == .noInput {
      let ofKind = try near(word, kind)
      let near = try ofKind.isEmpty ? near(word, nil) : ofKind
      return CommandFailure(
        .noInput, what + (near.isEmpty ? "; 'relm state \(view)' lists what it has" : NearNames.hint(near)))
    }
  }
}
