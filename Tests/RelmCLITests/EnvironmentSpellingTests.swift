import Foundation
import Testing

@Suite("A freeze is not passed by another spelling of the environment")
struct EnvironmentSpellingTests {
  private let desk: Desk
  private static let release = "release/payments/1.0"

  init() throws {
    desk = try Desk.withLedger()
    try desk.record("release.planned", Self.release, "class=normal")
  }

  private func refuse(_ words: [String], _ said: String..., sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    let run = try desk.run(Desk.program, words)
    #expect(
      run.status == 65 && run.text.isEmpty, "\(words): \(run.text)\(run.remarks)",
      sourceLocation: sourceLocation)
    for text in said { #expect(run.remarks.contains(text), "\(run.remarks)", sourceLocation: sourceLocation) }
  }

  private func freeze(_ environment: String) throws {
    try desk.done(
      "record", "freeze.declared", "-s", "environment/\(environment)", "freeze=f", "from=2026-01-01",
      "until=2999-01-01", "reason=r")
  }

  private func start(in environment: String) -> [String] {
    ["record", "deployment.started", "-s", Self.release, "deployment=d", "environment=\(environment)"]
  }

  /// Everywhere where a name of an environment can stand.
  private func sayings(of environment: String) -> [[String]] {
    [
      start(in: environment),
      [
        "record", "deployment.finished", "-s", Self.release, "deployment=e", "environment=\(environment)",
        "outcome=succeeded", "backfilled:=true",
      ],
      ["record", "test.started", "-s", Self.release, "test=t", "suite=s", "environment=\(environment)"],
      ["record", "approval.given", "-s", Self.release, "scope=deployment", "environment=\(environment)"],
      [
        "record", "waiver.granted", "-s", Self.release, "waiver=w", "rule=tested", "until=2999-01-01",
        "reason=r", "control=c", "environment=\(environment)/*",
      ],
      [
        "record", "schedule.agreed", "-s", Self.release, "schedule=s", "windows.environment=\(environment)",
        "windows.from=2026-01-01", "windows.until=2999-01-01",
      ],
      [
        "record", "freeze.declared", "-s", "environment/production", "freeze=g", "from=2026-01-01",
        "until=2999-01-01", "reason=r", "except=\(environment)",
      ],
      ["gate", "payments/1.0", "--to", environment],
      ["gate", "payments/1.0", "--to", environment, "--dry-run"],
    ]
  }

  @Test(
    "a new name with an empty part or a space at an end is refused wherever one stands, with the right spelling",
    arguments: [
      "production/eu/", "/production/eu", "production//eu", " production/eu", "production/eu ",
      "production /eu",
      "production/\u{A0}eu", "production/eu\u{200B}",
    ])
  func spelling(_ environment: String) throws {
    let size = try desk.size()
    for words in sayings(of: environment) { try refuse(words, "write production/eu") }
    #expect(try desk.size() == size)
  }

  @Test("a package, a version, a service and a policy's scope have no empty part and no space at an end either")
  func others() throws {
    try refuse(
      ["record", "release.planned", "-s", "release/payments%20/1.0", "class=normal"], "write payments")
    try refuse(["record", "release.planned", "-s", "release/payments/1.0%20", "class=normal"], "write 1.0")
    try refuse(
      ["record", "release.planned", "-s", "release/web/1.0", "class=normal", "services=shop/"], "write shop")
    try refuse(
      ["record", "environment.registered", "-s", "environment/production/eu%20", "context=production"],
      "write production/eu")
    try desk.write(
      """
      id: p
      version: "1"
      title: P
      context: production
      appliesTo:
        environments: ["production//eu"]
      rules:
        - rule: planned
      """, to: "p.yaml")
    try refuse(["policy", "adopt", "p.yaml"], "write production/eu")
  }

  @Test(
    "what differs from a name that is registered in case, in an accent's encoding or in what is not seen is refused"
  )
  func readings() throws {
    for name in ["production/eu", "production/münchen"] {
      try desk.record("environment.registered", "environment/\(name)", "context=production")
    }
    for name in ["Production/EU", "production/EU", "PRODUCTION/eu", "production/e\u{200D}u"] {
      for words in sayings(of: name) { try refuse(words, "reads as “production/eu", "Write production/eu") }
    }
    try refuse(start(in: "production/mu\u{308}nchen"), "reads as “production/münchen”")
    // What is above counts too: a freeze of production would not reach below another spelling of it.
    try refuse(start(in: "Production/asia"), "Write production/asia")
    try refuse(
      ["record", "environment.registered", "-s", "environment/Production", "context=production"],
      "Write production")
    try desk.done(start(in: "production/asia"))
  }

  @Test("also of a name that nobody registered, and that a freeze, a policy, a window or a deployment uses")
  func unregistered() throws {
    try freeze("production/eu")
    try refuse(start(in: "Production/EU"), "Write production/eu")

    try desk.write(
      """
      id: p
      version: "1"
      title: P
      context: production
      appliesTo:
        environments: ["live/*"]
      rules:
        - rule: planned
      """, to: "p.yaml")
    try desk.done("policy", "adopt", "p.yaml")
    try refuse(start(in: "Live/eu"), "Write live/eu")

    try desk.done(
      "record", "schedule.agreed", "-s", Self.release, "schedule=s", "windows.environment=edge/eu",
      "windows.from=2026-01-01", "windows.until=2999-01-01")
    try refuse(start(in: "edge/EU"), "Write edge/eu")

    try desk.done(start(in: "site/berlin"))
    try refuse(start(in: "Site/Berlin"), "Write site/berlin", "register it first")
    // Nobody takes a name from a house by writing it otherwise first; and then the other does not go on.
    try desk.record("environment.registered", "environment/Site/Berlin", "context=production")
    try refuse(start(in: "site/berlin/a"), "Write Site/Berlin/a")
    try refuse(["record", "deployment.started", "-s", Self.release, "deployment=n", "environment=site/berlin"])
    try desk.done(
      "record", "deployment.finished", "-s", Self.release, "deployment=d", "environment=site/berlin",
      "outcome=succeeded")
  }

  @Test("so it is within one batch, where the events before say what is known")
  func batch() throws {
    func event(_ id: Int, _ type: String, _ subject: String, _ data: String) -> String {
      #"{"specversion":"1.0","type":"relm.\#(type)","source":"/test","id":"\#(id)","subject":"\#(subject)","authid":"ana@example.org","data":\#(data)}"#
    }
    let lines = [
      event(1, "deployment.started", Self.release, #"{"deployment":"a","environment":"web"}"#),
      event(2, "environment.registered", "environment/shop", #"{"context":"production"}"#),
      event(3, "deployment.started", Self.release, #"{"deployment":"b","environment":"Web"}"#),
      event(4, "deployment.started", Self.release, #"{"deployment":"c","environment":"SHOP"}"#),
      event(5, "deployment.started", Self.release, #"{"deployment":"d","environment":"shop"}"#),
    ]
    let run = try desk.relm("append", "--keep-going", "--rejects", "bad", input: lines.joined(separator: "\n"))
    #expect(run.status == 65 && run.lines.count == 3, "\(run.text)\(run.remarks)")
    #expect(try String(decoding: desk.bytes(of: "bad"), as: UTF8.self) == lines[2] + "\n" + lines[3] + "\n")
  }
}
