import Foundation
import Testing

@Suite("What runs, and what speaks against it")
struct RunningWordsTests {
  private let desk: Desk

  init() throws {
    desk = try Desk.withLedger()
    for version in ["1.0", "1.1"] {
      let release = "release/web/\(version)"
      try desk.record("release.planned", release, "class=normal")
      try desk.record("deployment.started", release, "deployment=d-\(version)", "environment=prod")
      try desk.record(
        "deployment.finished", release, "deployment=d-\(version)", "environment=prod", "outcome=succeeded")
    }
  }

  private func running() throws -> [String: Any] {
    try Desk.object(try desk.done("state", "running", "--format", "ndjson"))
  }

  @Test("what a rollback has put there is told so in the environment, in what runs and in what changed")
  func rollback() throws {
    let before = try desk.size() - 1
    try desk.record(
      "deployment.rolledback", "release/web/1.1", "deployment=d-1.1", "environment=prod", "restores=1.0",
      "reason=Slow")
    let page = try desk.done("state", "environment/prod")
    #expect(page.contains("web 1.0 was put there by the rollback of deployment d-1.1"), "\(page)")
    #expect((try running()["running"] as? [String: Any])?["byRollback"] as? Bool == true)
    #expect(try desk.done("state", "running").contains("yes"))
    let changed = try desk.done("diff", "\(before)", "now", "environment/prod")
    #expect(changed.contains("running.byRollback"), "\(changed)")
  }

  @Test("what hinders a deployment speaks against what runs, alike in every list and in what changed")
  func hindered() throws {
    let before = try desk.size() - 1
    try desk.record("approval.refused", "release/web/1.1", "scope=deployment", "environment=prod", "reason=No")
    let words = "its deployment was refused at position \(before + 1)"
    #expect(try desk.done("state", "running").contains(words))
    #expect(try running()["though"] as? String == words)
    #expect(try desk.done("state", "environment/prod").contains("though \(words)"))
    #expect(try desk.done("diff", "\(before)", "now").contains(words))
    try desk.record("environment.registered", "environment/prod", "context=production")
    try desk.record("environment.retired", "environment/prod", "reason=Old")
    let retired = "prod was retired at position \(before + 3)"
    #expect(try desk.done("state", "environment/prod").contains(retired))
    #expect(try desk.done("diff", "\(before + 2)", "now").contains(retired))
  }
}
