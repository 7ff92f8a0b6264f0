import Foundation
import Testing

@Suite("What a gate asks for, and in which order")
struct GateAdviceTests {
  private static let web = "release/web/1.0"
  private let desk: Desk

  init() throws { desk = try Desk.withLedger() }

  private func adopt(_ rules: String) throws {
    try desk.record(
      "policy.adopted", "policy/p",
      #"document:={"id":"p","version":"1","title":"t","context":"production","rules":[\#(rules)]}"#)
  }

  private func gate(_ words: String...) throws -> Desk.Run {
    try desk.run(Desk.program, ["gate", Self.web, "--to", "prod", "--dry-run"] + words)
  }

  @Test("what helps is told in the order in which it has to be done, whatever the order of the rules")
  func course() throws {
    try adopt(
      #"""
      {"rule":"communicated","audiences":["users"]},{"rule":"approved"},{"rule":"scheduled"},{"rule":"tested","suites":["all"]},
      {"rule":"built"},{"rule":"risk-assessed"},{"rule":"designed"},{"rule":"classified"}
      """#)
    try desk.record("release.planned", Self.web, "class=emergency")
    let run = try gate()
    #expect(run.status == 1)
    let told = run.remarks.split(separator: "\n").compactMap { $0.firstMatch(of: /relm record ([a-z.]+)/)?.1 }
    #expect(
      told == [
        "release.scope.changed", "risk.assessed", "release.designed", "build.finished", "test.finished",
        "schedule.agreed", "approval.given", "communication.sent",
      ], "\(run.remarks)")
  }

  @Test(
    "a baseline of the deployment that is to come counts where the gate is asked for that one, and else is told of"
  )
  func baseline() throws {
    try adopt(#"{"rule":"baselined"}"#)
    try desk.record("release.planned", Self.web, "class=normal")
    try desk.record(
      "baseline.recorded", "environment/prod", "baseline=b", "moment=before", "release=\(Self.web)",
      "deployment=d-9",
      #"items:=[{"name":"web","version":"0.9"}]"#)
    let unnamed = try gate()
    #expect(unnamed.status == 1)
    #expect(
      unnamed.text.contains("baseline b is of deployment d-9, and the gate is asked for none by name"),
      "\(unnamed.text)")
    let command = try #require(unnamed.remarks.firstMatch(of: /relm (gate .*)/)?.1)
    let named = try desk.run(Desk.program, command.split(separator: " ").map(String.init))
    #expect(named.status == 0, "\(named.text)")
    let other = try gate("--deployment", "d-10")
    #expect(
      other.status == 1 && other.text.contains("of deployment d-9, and the gate is asked for d-10"),
      "\(other.text)")
  }
}
