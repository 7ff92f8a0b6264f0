import RelmDomain
import RelmProjections
import RelmProof
import RelmRules
import Testing

extension World {
  static let environment = "production/eu"

  /// What a rule comes to, judged over everything that was recorded so far.
  ///
  /// - Parameters:
  ///   - rule: the requirement as JSON, such as `{"rule":"approved","quorum":2}`.
  ///   - line: where the deployment's beginning stands; nil for after everything.
  ///   - begun: when it began; nil for now.
  ///   - lateWithin: how late a fact may be recorded, in hours.
  func verdict(
    _ rule: String, line: Position? = nil, begun: Instant? = nil, lateWithin: Int64 = 0, critical: String? = nil
  ) throws -> Judgement {
    let policy = #"{"context":"production","id":"p","rules":[\#(rule)],"title":"t","version":"1"}"#
    let parsed = try JSONDocument(Array(policy.utf8))
    let document = try PolicyDocument(canonical: parsed.canonicalBytes(of: parsed.root))
    let asked = try #require(document.rules.first)
    let release = try views.release("payments-api", "1.0")
    let judged = Case(
      package: "payments-api", version: "1.0", environment: Self.environment, context: .production,
      digests: release?.digests ?? [], line: line ?? Position(UInt64(events.count)), begun: begun ?? now,
      lateWithinMicroseconds: lateWithin * 3_600_000_000,
      events: try events.filter { try $0.subject?.text == Self.release && views.counts($0.position) },
      release: release, critical: critical)
    return try #require(asked.rule.rule).judge(asked, of: judged, given: views)
  }

  func outcome(_ rule: String) throws -> RuleOutcome { try verdict(rule).outcome }

  /// An approval of the deployment as it now stands.
  @discardableResult
  func approve(_ person: PersonID, scope: String = "deployment") throws -> Position {
    let plan = try #require(views.release("payments-api", "1.0")?.plan?.scope.position.value)
    return try given(
      "approval.given", Self.release,
      #"{"scope":"\#(scope)","plan":\#(plan),"digests":["\#(Self.digest)"],"environment":"\#(Self.environment)"}"#,
      by: person)
  }
}

extension PolicyDocument {
  init(canonical: [UInt8]) throws(DecodingFailure) {
    var reader = CanonicalReader(canonical)
    try self.init(from: &reader)
  }
}
