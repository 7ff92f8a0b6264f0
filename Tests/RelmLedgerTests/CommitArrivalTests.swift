import RelmBytes
import RelmDomain
import RelmLedger
import RelmJudging
import RelmProof
import Testing

@Suite("When a commit has arrived")
struct CommitArrivalTests {
  private let test: TestLedger
  private static let start = Instant(microseconds: 1_767_225_600_000_000)

  init() throws {
    test = try TestLedger()
    test.machine.now = Self.day(400)
  }

  private static func day(_ days: Int, minutes: Int = 0) -> Instant {
    start.advanced(byMicroseconds: Int64(days * 1_440 + minutes) * 60_000_000)
  }

  private func tell(_ id: String, _ type: String, _ release: String, _ data: String, at time: Instant) throws
    -> Position
  {
    let told = event(id, type, about: release, data, more: #","time":"\#(time.rfc3339Milliseconds)""#)
    return try #require(try test.ledger.append(told).first?.position)
  }

  private func plan(_ release: String, _ commits: [(id: String, at: Instant?)], day: Int) throws -> Position {
    let list = commits.map { commit in
      #"{"id":"\#(commit.id)""# + (commit.at.map { #","committedAt":"\#($0.rfc3339Milliseconds)""# } ?? "")
        + "}"
    }
    return try tell(
      "plan-\(release)", "release.planned", release,
      #"{"class":"normal"\#(list.isEmpty ? "" : #","commits":[\#(list.joined(separator: ","))]"#)}"#,
      at: Self.day(day))
  }

  private func deploy(
    _ release: String, _ id: String, _ outcome: String = "succeeded", to environment: String = "production",
    at time: Instant
  ) throws -> Position {
    try tell(
      "\(release)-\(id)", "deployment.finished", release,
      #"{"backfilled":true,"deployment":"\#(id)","environment":"\#(environment)","outcome":"\#(outcome)"}"#,
      at: time)
  }

  private func lead(
    _ span: Range<Instant>, package: String? = nil, environment: String? = nil
  ) throws -> MetricsReport.LeadTime {
    let question = MetricsQuestion(package: package, environment: environment, span: span)
    guard case .report(let report) = try test.ledger.metrics(question, at: test.machine.now) else {
      throw LedgerError(.notFound, "no report")
    }
    return report.total.leadTime
  }

  @Test("a commit that went live with an earlier release arrives no more, whatever span is asked")
  func once() throws {
    let old = (id: "a", at: Optional(Self.day(1)))
    _ = try plan("release/api/1", [old], day: 2)
    _ = try plan("release/api/2", [old, ("b", Self.day(39))], day: 30)
    _ = try deploy("release/api/1", "d", at: Self.day(3))
    let first = try deploy("release/api/2", "d", at: Self.day(40))
    #expect(try lead(Self.day(0)..<Self.day(100)).commits == 2)
    let later = try lead(Self.day(30)..<Self.day(100))
    #expect(later.commits == 1 && later.medianSeconds == 86_400)
    // To an environment where only the later release went, both commits arrived with it.
    _ = try deploy("release/api/2", "us", to: "us", at: Self.day(50))
    #expect(try lead(Self.day(45)..<Self.day(100), environment: "us").commits == 2)
    _ = first
  }

  @Test("what did not succeed, went elsewhere, is annulled or was left out of the plan has brought no commit")
  func notBefore() throws {
    let commit = (id: "a", at: Optional(Self.day(1)))
    for (number, release) in ["failed", "staging", "annulled", "dropped", "never"].enumerated() {
      _ = try plan("release/api/\(release)", [commit], day: 2 + number)
    }
    _ = try tell(
      "staging", "environment.registered", "environment/staging", #"{"context":"development"}"#, at: Self.day(1)
    )
    _ = try deploy("release/api/failed", "d", "failed", at: Self.day(10))
    _ = try deploy("release/api/staging", "d", to: "staging", at: Self.day(11))
    let annulled = try deploy("release/api/annulled", "d", at: Self.day(12))
    _ = try tell(
      "annulment", "event.annulled", "ledger", #"{"position":\#(annulled.value),"reason":"r"}"#,
      at: Self.day(13))
    _ = try tell(
      "dropped", "release.scope.changed", "release/api/dropped",
      #"{"reason":"r","commits":[{"id":"z"}]}"#, at: Self.day(13))
    _ = try deploy("release/api/dropped", "d", at: Self.day(14))
    _ = try plan("release/api/2", [commit], day: 20)
    _ = try deploy("release/api/2", "d", at: Self.day(41))
    let lead = try lead(Self.day(40)..<Self.day(100))
    #expect(lead.commits == 1 && lead.medianSeconds == 40 * 86_400)
  }

  @Test(
    "any partition of a span gives the same commits as the whole, each in the part in which it first went live",
    arguments: 1...12 as ClosedRange<UInt64>)
  func partitions(seed: UInt64) throws {
    var chance = SplitMix64(seed: seed)
    let times = (0..<14).map { _ in chance.below(5) == 0 ? nil : Self.day(chance.below(90)) }
    /// What each release holds, and when it was first deployed with success.
    var holds: [String: (commits: [Int], first: Moment?)] = [:]
    for number in 0..<14 {
      let release = "release/\(chance.below(3) == 0 ? "ui" : "api")/\(number)"
      let commits = (0..<14).filter { _ in chance.below(3) == 0 }
      _ = try plan(release, commits.map { (id: "c\($0)", at: times[$0]) }, day: 1)
      var first: Moment?
      for attempt in 0..<chance.below(3) {
        let (time, succeeds) = (Self.day(chance.below(100), minutes: chance.below(1_440)), chance.below(4) > 0)
        let position = try deploy(release, "d\(attempt)", succeeds ? "succeeded" : "failed", at: time)
        let moment = Moment(at: time, position: position)
        if succeeds { first = min(first ?? moment, moment) }
      }
      holds[release] = (commits, first)
    }
    /// When each commit arrived, with the length of its way.
    let arrivals = times.indices.compactMap { commit -> (at: Instant, seconds: Int)? in
      let first = holds.values.filter { $0.commits.contains(commit) }.compactMap(\.first).min()
      guard let first, let made = times[commit] else { return nil }
      return (first.at, Int((first.at.microseconds - made.microseconds) / 1_000_000))
    }
    for _ in 0..<4 {
      let cuts = (0..<chance.below(5)).map { _ in Self.day(chance.below(100), minutes: chance.below(1_440)) }
      let edges = ([Self.day(0)] + cuts.sorted() + [Self.day(101)])
      var told = (commits: 0, negative: 0, deployments: 0)
      for (from, until) in zip(edges, edges.dropFirst()) where from < until {
        let part = try lead(from..<until)
        let expected = arrivals.filter { from <= $0.at && $0.at < until }.map(\.seconds)
        let ways = expected.filter { $0 >= 0 }.sorted()
        #expect(part.commits == ways.count && part.negative == expected.count - ways.count, "seed \(seed)")
        #expect(part.medianSeconds == Percentiles(of: ways).value(50), "seed \(seed)")
        told = (told.commits + part.commits, told.negative + part.negative, told.deployments + part.deployments)
      }
      let whole = try lead(Self.day(0)..<Self.day(101))
      #expect(told == (whole.commits, whole.negative, whole.deployments), "seed \(seed)")
    }
  }
}

extension SplitMix64 {
  fileprivate mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}
