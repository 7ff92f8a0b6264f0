import Testing

extension Desk {
  /// Records an event, which must be accepted; where it stands.
  @discardableResult
  func record(
    _ type: String, _ subject: String, _ fields: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Int {
    let run = try run(Self.program, ["record", type, "--subject", subject, "--format", "json"] + fields)
    try #require(run.status == 0, "\(type): \(run.remarks)", sourceLocation: sourceLocation)
    return try #require(try Self.object(run.text)["position"] as? Int)
  }

  /// Adopts the policy `p` for production.
  @discardableResult
  func adopt(_ rules: String..., version: Int = 1, more: String = "") throws -> Int {
    let asked = rules.map { #"{"rule":"\#($0)"}"# }.joined(separator: ",")
    return try record(
      "policy.adopted", "policy/p",
      #"document:={"id":"p","version":"\#(version)","title":"t","context":"production","rules":[\#(asked)]\#(more)}"#
    )
  }

  /// A ledger with a deployment of each kind: to production before there was a policy (at 2), one that holds (6), one that
  /// was not designed (9), to development (10), and one that claims to be of 2020 (11).
  static func withDeployments() throws -> Desk {
    let desk = try withLedger()
    func begin(_ deployment: String, _ release: String, to environment: String, _ more: String...) throws {
      let words = ["record", "deployment.started", "-s", "release/\(release)", "deployment=\(deployment)"]
      let run = try desk.run(program, words + ["environment=\(environment)"] + more)
      try #require(run.status == 0, "\(run.remarks)")
    }
    try desk.record("environment.registered", "environment/staging", "context=development")
    try begin("d-0", "api/1.0", to: "prod")
    try desk.adopt("planned", "designed")
    try desk.record("release.planned", "release/web/2.0", "class=standard")
    let digest = "sha256:" + String(repeating: "0a", count: 32)
    try desk.record(
      "release.designed", "release/web/2.0", "strategy=canary", "takeBack=rollBack",
      #"evidence:=[{"digest":"\#(digest)","mediaType":"text/plain","name":"design.txt","size":1}]"#)
    try begin("d-1", "web/2.0", to: "prod")
    try desk.record(
      "deployment.finished", "release/web/2.0", "deployment=d-1", "environment=prod", "outcome=succeeded")
    try desk.record("release.planned", "release/web/2.1", "class=normal")
    try begin("d-2", "web/2.1", to: "prod")
    try begin("d-3", "web/2.0", to: "staging")
    try begin("d-4", "web/1.0", to: "prod", "--time", "2020-03-10T23:30:00Z")
    return desk
  }
}
