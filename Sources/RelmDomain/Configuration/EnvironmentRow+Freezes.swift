extension EnvironmentRow {
  /// Every freeze that reaches an environment: its own, those of what is above it, and those of all there are.
  ///
  /// - Parameters:
  ///   - environment: the name of the environment.
  ///   - row: the row of an environment, or of a name for many.
  package static func freezesReaching(
    _ environment: String, row: (String) throws -> EnvironmentRow?
  ) rethrows -> [Freeze] {
    let context = try row(environment)?.currentContext ?? .production
    return try EnvironmentScope.reaching(environment).flatMap { name in
      try row(name)?.freezes(reaching: environment, in: context) ?? []
    }
  }

  /// Its freezes that reach an environment.
  ///
  /// Who freezes a registered environment of development has no say over production, and so does not reach it below.
  ///
  /// - Parameter context: what the environment belongs to.
  private func freezes(reaching environment: String, in context: Context) -> [Freeze] {
    guard EnvironmentScope(self.environment).reaches(environment) else { return [] }
    let own = currentContext ?? .production
    guard own == .production || own == context else { return [] }
    return freezes.filter { freeze in
      freeze.context.map { $0 == context } ?? true
        && !freeze.except.contains { EnvironmentScope($0).reaches(environment) }
    }
  }
}
