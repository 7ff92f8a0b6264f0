extension LedgerState {
  /// Every freeze that reaches an environment: its own, those of what is above it, and those of all there are.
  package func freezes(reaching environment: String) throws -> [EnvironmentRow.Freeze] {
    try EnvironmentRow.freezesReaching(environment) { try self.environment($0) }
  }
}
