package import RelmDomain
internal import RelmViews
package import RelmProof
package import RelmRules
internal import Testing

extension World {
  package static let environment = "production/eu"

  /// What a rule comes to at a gate, judged over everything that was recorded so far.
  ///
  /// - Parameters:
  ///   - rule: the requirement as JSON, such as `{"rule":"approved","quorum":2}`.
  ///   - line: where the deployment's beginning stands; nil for after everything.
  ///   - begun: when it began; nil for now.
  ///   - lateWithin: how late a fact may be recorded, in hours.
  ///   - seconds: the same in seconds; nil for as many hours.
  ///   - digests: what is deployed; nil for what the release is made of.
  package func verdict(
    _ rule: String, line: Position? = nil, begun: Instant? = nil, lateWithin: Int64 = 0,
    seconds: Int64? = nil, digests: [String]? = nil, critical: String? = nil
  ) throws -> Judgement {
    let policy = try Self.policy(rule)
    let asked = try #require(policy.rules.first)
    let line = line ?? Position(UInt64(events.count))
    let counting = counting(of: events.count)
    let state = RowsBefore(events: counting.filter { $0.position < line })
    let release = state.release("payments-api", "1.0")
    let judged = try Case(
      package: "payments-api", version: "1.0", environment: Self.environment, context: .production,
      digests: digests?.compactMap(ContentDigest.init) ?? release?.digests ?? [], line: line,
      begun: begun ?? now, lateWithinMicroseconds: (seconds ?? lateWithin * 3600) * 1_000_000,
      events: counting.filter { $0.subject?.text == Self.release }, everything: everything, release: release,
      critical: critical, configuration: counting.filter { $0.subject == .environment(Self.environment) },
      neighbours: Self.deployments(among: counting)
    ).judged(by: policy, given: state)
    return try asked.rule.rule.judge(asked, of: judged, given: state)
  }

  /// Those of some events that are about deployments, of whichever release.
  package static func deployments(among events: [RecordedEvent]) -> [RecordedEvent] {
    events.filter { event in
      guard case .release(let said) = event.event else { return false }
      return said.attempt?.kind == .deployment
    }
  }

  /// All events of the release, whether they count or not.
  package var everything: [RecordedEvent] { events.filter { $0.subject?.text == Self.release } }

  package func outcome(_ rule: String) throws -> RuleOutcome { try verdict(rule).outcome }

  /// A policy of these rules, and with these members besides.
  package static func policy(_ rules: String, _ more: String = "") throws -> PolicyDocument {
    let text =
      #"{"context":"production","id":"p","rules":[\#(rules)],"title":"t","version":"1"\#(more)}"#
    let parsed = try JSONDocument(Array(text.utf8))
    return try PolicyDocument(canonical: parsed.canonicalBytes(of: parsed.root))
  }

  /// The first so many events that count, with every annulment among them known.
  package func counting(of size: Int) -> [RecordedEvent] {
    var annulled: Set<Position> = []
    // Whoever annuls stands later: from the end on it is known what counts.
    for event in events.prefix(size).reversed() where !annulled.contains(event.position) {
      if case .ledger(.eventAnnulled(let data)) = event.event { annulled.insert(data.position) }
    }
    return events.prefix(size).filter { !annulled.contains($0.position) }
  }

  /// A recorded deployment as rules see it, and the rows as they stood before.
  package func deployment(
    _ deployment: String = "d-1", size: Int? = nil, at time: Instant? = nil
  ) throws -> (judged: Case, state: RowsBefore) {
    let counting = counting(of: size ?? events.count)
    let own = counting.filter { $0.subject?.text == Self.release }
    let attempt = try #require(Attempt.all(in: own, apart: .none).first { $0.deployment == deployment })
    let line = attempt.line
    let state = RowsBefore(events: counting.filter { $0.position < line })
    let place = counting.filter { $0.subject == .environment(attempt.environment) }
    let judged = Case(
      package: "payments-api", version: "1.0", environment: attempt.environment,
      context: state.environment(attempt.environment)?.currentContext ?? .production, digests: attempt.digests,
      line: line, begun: attempt.begun, events: own, everything: everything,
      ratifications: try Ratification.independent(in: own, given: RowsBefore(events: counting)),
      release: state.release("payments-api", "1.0"),
      deployers: try attempt.deployers(given: state), attempt: attempt, asOf: time ?? now,
      configuration: place, observations: place[...], neighbours: Self.deployments(among: counting))
    return (judged, state)
  }

  /// What the first rule comes to for a recorded deployment, with what sets it aside.
  ///
  /// - Parameters:
  ///   - rule: the requirement as JSON.
  ///   - name: the deployment.
  ///   - size: how many events of the log are looked at; nil for all.
  ///   - time: the as-of time; nil for now.
  ///   - more: further members of the policy, each after a comma.
  package func finding(
    _ rule: String, of name: String = "d-1", size: Int? = nil, at time: Instant? = nil, _ more: String = ""
  ) throws -> Finding {
    let (judged, state) = try deployment(name, size: size, at: time)
    return try #require(Judge(judged, given: state).findings(by: Self.policy(rule, more), adopted: nil).first)
  }

  /// A deployment begins.
  @discardableResult
  package func begin(
    _ deployment: String = "d-1", digests: [String] = [digest], more: String = "", by actor: PersonID? = ana,
    time: Instant? = nil
  ) throws -> Position {
    let named =
      digests.isEmpty ? "" : #","digests":[\#(digests.map { "\"\($0)\"" }.joined(separator: ","))]"#
    return try given(
      "deployment.started", Self.release,
      #"{"deployment":"\#(deployment)","environment":"\#(Self.environment)"\#(named)\#(more)}"#, by: actor,
      time: time?.rfc3339Milliseconds)
  }

  /// It ends; returned is when that happened.
  @discardableResult
  package func end(
    _ deployment: String = "d-1", _ outcome: String = "succeeded", more: String = "", time: Instant? = nil
  ) throws -> Instant {
    let moment = time ?? now
    try given(
      "deployment.finished", Self.release,
      #"{"deployment":"\#(deployment)","environment":"\#(Self.environment)","outcome":"\#(outcome)"\#(more)}"#,
      time: moment.rfc3339Milliseconds)
    return moment
  }

  /// An approval of the deployment as it now stands.
  @discardableResult
  package func approve(_ person: PersonID, scope: String = "deployment") throws -> Position {
    let plan = try #require(views.release("payments-api", "1.0")?.plan?.scope.position.value)
    return try given(
      "approval.given", Self.release,
      #"{"scope":"\#(scope)","plan":\#(plan),"digests":["\#(Self.digest)"],"environment":"\#(Self.environment)"}"#,
      by: person)
  }
}

extension PolicyDocument {
  package init(canonical: [UInt8]) throws(DecodingFailure) {
    var reader = CanonicalReader(canonical)
    try self.init(from: &reader)
  }
}

extension Instant {
  /// So many seconds later, or earlier.
  package func after(seconds: Int64) -> Instant { advanced(byMicroseconds: seconds * 1_000_000) }
  package func after(days: Int64) -> Instant { after(seconds: days * 86_400) }
}
