import RelmTestSupport

extension Probe {
  static var path: String { path(of: "StorageProbe") }

  /// Starts `StorageProbe`, below the words of `wrapper` if there are any (`unshare --pid …`).
  convenience init(_ arguments: String..., below wrapper: [String] = []) throws {
    try self.init(arguments, below: wrapper, program: "StorageProbe")
  }
}
