internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger

/// What benchmarks do in one process with the ledger linked in.
@main
struct RelmBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "relm-bench", abstract: "Parts of benchmarks that are done in one process.",
    subcommands: [AppendBench.self, HistoryBench.self], defaultSubcommand: AppendBench.self)
}

extension Ledger {
  /// Checks one commit's lines, as often as it takes until nobody else has met the same new people meanwhile.
  func taken(_ lines: ArraySlice<[UInt8]>) throws -> [PreparedClaim] {
    while true {
      var intake = intake()
      let claims = try lines.map { try intake.take(JSONDocument($0).root).get() }
      if try intake.commitPeople() { return claims }
    }
  }
}
