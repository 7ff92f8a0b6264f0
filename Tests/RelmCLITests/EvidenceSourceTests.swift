import Foundation
import Testing

/// A policy that says who may bring evidence.
@Suite("A policy's by")
struct EvidenceSourceTests {
  private let desk: Desk

  init() throws {
    desk = try Desk.withLedger()
    try desk.done("person", "link", "bo@example.org")
    try desk.done("person", "link", "--service", "ci@example.org", "--owner", "bo@example.org")
  }

  private func write(_ by: String) throws {
    let text = "id: p\nversion: 1\ntitle: t\ncontext: production\nrules:\n  - rule: tested\n    by: \(by)\n"
    try Data(text.utf8).write(to: desk.folder.appending(path: "p.yaml"))
  }

  @Test("accounts are written as accounts, stored as pseudonyms, and written as accounts again")
  func accounts() throws {
    try write("{accounts: [ci@example.org, bo@example.org]}")
    #expect(try desk.done("policy", "check", "p.yaml").contains("by ci@example.org, bo@example.org"))
    try desk.done("policy", "adopt", "p.yaml")
    #expect(try !desk.done("log", "--raw").contains("ci@example.org"))
    let yaml = try desk.done("policy", "show", "p", "--format", "yaml")
    #expect(yaml.contains(#"accounts: ["ci@example.org", "bo@example.org"]"#), "\(yaml)")
    try Data(yaml.replacing("version: \"1\"", with: "version: \"2\"").utf8).write(
      to: desk.folder.appending(path: "again.yaml"))
    try desk.done("policy", "adopt", "again.yaml")
  }

  @Test("an account that nobody has here is named with its line, and nobody is made of it")
  func unknown() throws {
    try write("{accounts: [cy@example.org]}")
    let run = try desk.relm("policy", "check", "p.yaml")
    #expect(run.status == 65)
    #expect(
      run.remarks.contains("p.yaml:7:") && run.remarks.contains("nobody here has the account 'cy@example.org'"))
    #expect(try !desk.done("person").contains("cy@example.org"))
  }

  @Test("a by that names nobody is a mistake")
  func empty() throws {
    try write("{}")
    #expect(try desk.relm("policy", "check", "p.yaml").status == 65)
  }

  @Test("the starting policies take tests from the house's service account, and not from the author's")
  func startingPolicies() throws {
    for name in ["separation-of-duties", "regulated"] {
      let desk = try Desk.withLedger()
      try desk.done("policy", "init", name)
      #expect(try desk.done("policy", "check", "\(name).policy.yaml").contains("not the author"))
      try desk.done("policy", "adopt", "\(name).policy.yaml")
    }
  }

  @Test("only the author's own service account ran the tests: the gate says so, and names it")
  func ownServiceAccount() throws {
    let digest = "sha256:" + String(repeating: "0a", count: 32)
    try desk.done("person", "link", "cyd@example.org")
    try desk.done("person", "link", "--service", "hers@example.org", "--owner", "cyd@example.org")
    try write("{kinds: [human, service], independentOf: [author]}")
    try desk.done("policy", "adopt", "p.yaml")
    try desk.record(
      "release.planned", "release/web/1.0", "class=normal",
      #"commits:=[{"id":"c","authors":["cyd@example.org"]}]"#)
    try desk.record(
      "build.finished", "release/web/1.0", "build=b", "outcome=succeeded", "backfilled:=true",
      #"artifacts:=[{"name":"web","digest":"\#(digest)"}]"#)
    desk.environment["RELM_ACTOR"] = "hers@example.org"
    try desk.record(
      "test.finished", "release/web/1.0", "test=t-1", "suite=s", "outcome=succeeded", "backfilled:=true",
      "digests=\(digest)")
    let closed = try desk.relm("gate", "web/1.0", "--to", "prod", "--dry-run")
    #expect(closed.status == 1 && closed.text.contains("by hers@example.org"), "\(closed.text)")
    desk.environment["RELM_ACTOR"] = "ci@example.org"
    try desk.record(
      "test.finished", "release/web/1.0", "test=t-2", "suite=s", "outcome=succeeded", "backfilled:=true",
      "digests=\(digest)")
    #expect(try desk.relm("gate", "web/1.0", "--to", "prod", "--dry-run").status == 0)
  }

  @Test(
    "whom the beginning of a build names has set it going as well, and the tests of their account are left out")
  func initiatorByTheBeginning() throws {
    let digest = "sha256:" + String(repeating: "0a", count: 32)
    try desk.done("person", "link", "cyd@example.org")
    try desk.done("person", "link", "--service", "hers@example.org", "--owner", "cyd@example.org")
    try write("{kinds: [human, service], independentOf: [initiator]}")
    try desk.done("policy", "adopt", "p.yaml")
    try desk.record("release.planned", "release/web/1.0", "class=normal")
    desk.environment["RELM_ACTOR"] = "ci@example.org"
    try desk.record("build.started", "release/web/1.0", "build=b", "initiator=cyd@example.org")
    try desk.record(
      "build.finished", "release/web/1.0", "build=b", "outcome=succeeded",
      #"artifacts:=[{"name":"web","digest":"\#(digest)"}]"#)
    desk.environment["RELM_ACTOR"] = "hers@example.org"
    try desk.record(
      "test.finished", "release/web/1.0", "test=t-1", "suite=s", "outcome=succeeded", "backfilled:=true",
      "digests=\(digest)")
    let closed = try desk.relm("gate", "web/1.0", "--to", "prod", "--dry-run")
    #expect(
      closed.status == 1 && closed.text.contains("by hers@example.org, whose owner is its initiator"),
      "\(closed.text)")
  }
}
