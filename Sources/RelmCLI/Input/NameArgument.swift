internal import RelmDomain

/// Names of packages and environments as they are typed.
enum NameArgument {
  /// An environment as it is named or as its subject is.
  static func environment(_ text: String) -> String {
    let prefix = "environment/"
    return text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
  }

  /// What to say of a name under which nothing is recorded.
  ///
  /// - Parameters:
  ///   - kind: of what it would be the name: "package", "environment".
  ///   - name: as it was typed.
  ///   - nearest: the known name that may be meant; nil where none is near.
  ///   - advice: what to say instead of it then.
  static func unknown(_ kind: String, _ name: String, nearest: String?, advice: String) -> CommandFailure {
    unknown(kind, name, near: [nearest].compactMap { $0 }, advice: advice)
  }

  /// - Parameter near: the known names that may be meant.
  static func unknown(_ kind: String, _ name: String, near: [String], advice: String) -> CommandFailure {
    CommandFailure(
      .noInput,
      "nothing is recorded about the \(kind) '\(name)'" + (near.isEmpty ? "; \(advice)" : NearNames.hint(near)))
  }

  static let packagesAdvice = "'relm state' lists the releases"
  static let environmentsAdvice = "'relm state running' lists what runs where"
}
