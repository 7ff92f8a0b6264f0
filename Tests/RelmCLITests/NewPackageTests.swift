import Foundation
import Testing

/// A house with authority by service, and a package that is new to it.
@Suite("The first release of a new package")
struct NewPackageTests {
  private let desk: Desk
  private static let release = "release/web/1.0"

  init() throws {
    desk = try Desk.withLedger()
    try desk.record(
      "authority.granted", "person/bo@example.org", "level=5", "contexts=production", "services=toy")
    try desk.write(
      """
      id: toy
      version: "1"
      title: Toys
      context: production
      appliesTo:
        services: [toy]
      rules:
        - rule: approved
      """, to: "toy.policy.yaml")
    try desk.done("policy", "adopt", "toy.policy.yaml")
    try desk.record("environment.registered", "environment/prod", "context=production")
    desk.environment["RELM_ACTOR"] = "ci@example.org"
    try desk.record("release.planned", Self.release, "class=normal", "services=toy")
  }

  private func approve() throws -> Desk.Run {
    try desk.relm(
      "record", "approval.given", "-s", Self.release, "scope=deployment", "--actor", "bo@example.org")
  }

  private func gate() throws -> Desk.Run { try desk.relm("gate", "web/1.0", "--to", "prod") }

  @Test(
    "waits for the word of somebody with level 5, whatever services a pipeline names; what is said tells how")
  func waits() throws {
    let command = "relm record release.scope.changed --subject release/web/1.0 services=… reason=…"
    let refused = try approve()
    #expect(refused.status == 77 && refused.remarks.contains(command), "\(refused.remarks)")
    let closed = try gate()
    #expect(closed.status == 1 && closed.text.contains(command), "\(closed.text)")
    try desk.done(
      "record", "release.scope.changed", "-s", Self.release, "services=toy", "reason=It is the toy", "--actor",
      "bo@example.org")
    #expect(try approve().status == 0)
    #expect(try gate().status == 0)
    // Once for the package: its next release needs it no more.
    try desk.record("release.planned", "release/web/1.1", "class=normal", "services=toy")
    #expect(
      try desk.relm(
        "record", "approval.given", "-s", "release/web/1.1", "scope=deployment", "--actor", "bo@example.org"
      ).status == 0)
  }
}
