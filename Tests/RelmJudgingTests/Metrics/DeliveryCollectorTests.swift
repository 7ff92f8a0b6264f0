import RelmDomain
import RelmJudging
import RelmViews
import RelmProof
import Testing

@Suite("Deployments collected from attempts")
struct DeliveryCollectorTests {
  private static let span = Instant(microseconds: 100)..<Instant(microseconds: 200)

  private static func mark(_ at: Int, _ position: Int) -> AttemptRow.Mark {
    AttemptRow.Mark(at: Instant(microseconds: Int64(at)), position: Position(UInt64(position)))
  }

  /// Attempts of a few packages, in the order of their keys.
  private static func rows(_ chance: inout SeededNumbers) -> [AttemptRow] {
    let rows = (0..<150).map { number in
      // Names of which one begins another: their rows must still be told apart.
      let package = ["api", "api2", "api/x", "web"][chance.below(4)]
      let kind: AttemptRow.Kind = chance.below(6) == 0 ? .handover : .deployment
      var row = AttemptRow(
        package: package, version: ["1", "1.0", "2"][chance.below(3)], kind: kind, id: "d\(number)",
        environment: chance.below(10) == 0 ? nil : ["eu", "us"][chance.below(2)])
      if chance.below(8) > 0 {
        row.outcome = Outcome.allCases[chance.below(4)]
        row.ended = mark(chance.below(300), number)
      }
      if chance.below(5) == 0 { row.rolledBack = mark(chance.below(300), 1000 + number) }
      return row
    }
    return rows.sorted { key($0).lexicographicallyPrecedes(key($1)) }
  }

  private static func key(_ row: AttemptRow) -> [UInt8] {
    Attempts.key(
      package: row.package, version: row.version, AttemptID(row.kind, row.id, in: row.environment)
    ).bytes
  }

  private static func end(_ row: AttemptRow) -> Moment? {
    (row.ended ?? row.rolledBack).map { Moment(at: $0.at, position: $0.position) }
  }

  @Test(
    "what is collected in one pass is what the whole list says, whatever lies outside the span",
    arguments: 0..<100 as Range<UInt64>)
  func onePass(seed: UInt64) throws {
    var chance = SeededNumbers(seed: seed)
    let rows = Self.rows(&chance)
    var collector = DeliveryCollector(span: Self.span)
    for row in rows { collector.add(row) }
    let found = collector.finish()

    let deployments = rows.filter { $0.kind == .deployment && $0.environment != nil && Self.end($0) != nil }
    let successes = deployments.filter { $0.outcome == .succeeded }
    let expected = try deployments.compactMap { row -> Delivery? in
      let ended = try #require(Self.end(row))
      guard Self.span.contains(ended.at) else { return nil }
      let first = successes.filter { $0.package == row.package && $0.version == row.version }
        .compactMap(Self.end).min()
      let next = successes.filter { $0.package == row.package && $0.environment == row.environment }
        .compactMap(Self.end).filter { $0 > ended }.min()
      return Delivery(
        name: DeploymentName(
          package: row.package, version: row.version, deployment: row.id,
          environment: try #require(row.environment)), environment: try #require(row.environment), ended: ended,
        outcome: row.outcome,
        rolledBack: row.rolledBack.map { Moment(at: $0.at, position: $0.position) },
        isFirst: row.outcome == .succeeded && first == ended, nextSuccess: next)
    }
    #expect(found == expected, "seed \(seed)")
  }

  @Test("of no rows nothing is collected")
  func nothing() {
    var collector = DeliveryCollector(span: Self.span)
    #expect(collector.finish().isEmpty)
  }
}

@Suite("Causes of incidents")
struct DeliveryIncidentTests {
  private static let moment = Moment(at: Instant(microseconds: 5), position: Position(5))

  private static func deployment(_ id: String, _ environment: String, isOver: Bool = true) -> AttemptRow {
    AttemptRow(
      package: "api", version: "1", kind: .deployment, id: id, environment: environment,
      outcome: isOver ? .succeeded : nil,
      ended: isOver ? AttemptRow.Mark(at: Instant(microseconds: 1), position: Position(1)) : nil)
  }

  private static func cause(
    _ deployment: String?, _ confidence: IncidentRow.Confidence = .confirmed, release: String = "release/api/1"
  ) -> IncidentRow.Cause {
    IncidentRow.Cause(release: release, deployment: deployment, confidence: confidence, moment: moment)
  }

  /// What an incident's causes come to, where `eu` and `us` are production.
  private func read(
    _ causes: [IncidentRow.Cause], in environment: String? = nil, package: String? = nil,
    asked: String? = nil, among deployments: [AttemptRow]
  ) throws -> DeliveryIncident {
    try DeliveryIncident(
      IncidentRow(incident: "INC-1", environment: environment, opened: Self.moment, causes: causes),
      package: package, isProduction: { $0 != "staging" },
      counts: { place in asked.map { $0 == place } ?? (place != "staging") }
    ) { package, version in package == "api" && version == "1" ? deployments : [] }
  }

  private func name(_ id: String, in environment: String = "eu") -> DeploymentName {
    DeploymentName(package: "api", version: "1", deployment: id, environment: environment)
  }

  @Test("a cause that names a deployment means it; one that is suspected and confirmed is confirmed")
  func named() throws {
    let both = [Self.deployment("d-eu", "eu"), Self.deployment("d-us", "us")]
    let incident = try read([Self.cause("d-eu"), Self.cause("d-us", .suspected)], among: both)
    #expect(incident.confirmed == [name("d-eu")] && incident.suspected == [name("d-us", in: "us")])
    #expect(incident.undecided == 0 && incident.hasCause)
    let certain = try read([Self.cause("d-eu"), Self.cause("d-eu", .suspected)], among: both)
    #expect(certain.suspected.isEmpty)
  }

  @Test("a cause that names a release means its one deployment there, and with several is not guessed")
  func releaseAlone() throws {
    let both = [Self.deployment("d-eu", "eu"), Self.deployment("d-us", "us")]
    #expect(try read([Self.cause(nil)], among: [both[0]]).confirmed == [name("d-eu")])
    #expect(try read([Self.cause(nil)], in: "us", among: both).confirmed == [name("d-us", in: "us")])
    let unsure = try read([Self.cause(nil)], among: both)
    #expect(unsure.confirmed.isEmpty && unsure.undecided == 1 && unsure.hasCause)
    // To ask of one environment makes it no surer.
    #expect(try read([Self.cause(nil)], asked: "eu", among: both) == unsure)
    // One of development, and one that is under way, are none of those.
    let one = [both[0], Self.deployment("d-s", "staging"), Self.deployment("d-2", "eu", isOver: false)]
    #expect(try read([Self.cause(nil)], among: one).confirmed == [name("d-eu")])
  }

  @Test(
    "a cause that names one id of several environments means the one in the incident's, and else is not guessed"
  )
  func sameIDElsewhere() throws {
    let both = [Self.deployment("job-77", "eu"), Self.deployment("job-77", "us")]
    #expect(try read([Self.cause("job-77")], in: "us", among: both).confirmed == [name("job-77", in: "us")])
    #expect(try read([Self.cause("job-77")], among: both).undecided == 1)
  }

  @Test("a deployment that nobody knows tells no deployment, and a suspicion of it is nothing")
  func unknown() throws {
    #expect(try read([Self.cause("d-9")], among: []).undecided == 1)
    #expect(try read([Self.cause("d-9", .suspected)], among: []).undecided == 0)
    // An incident elsewhere is none of this question.
    #expect(try read([Self.cause("d-9")], in: "staging", among: []).undecided == 0)
  }

  @Test("with a package only its causes are asked for, but another's are causes all the same")
  func otherPackage() throws {
    let incident = try read([Self.cause("d-eu")], package: "web", among: [Self.deployment("d-eu", "eu")])
    #expect(incident.confirmed.isEmpty && incident.undecided == 0 && incident.hasCause)
  }
}
