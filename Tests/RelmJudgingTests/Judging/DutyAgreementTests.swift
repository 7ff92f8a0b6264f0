import Foundation
import RelmDomain
import RelmHistory
import RelmJudging
import RelmViews
import RelmProof
import RelmRules
import RelmTestWorld
import Testing

/// What is due is asked in two places: by who has to do it, and by who has to report on it.
///
/// `RELM_HISTORIES=2000` makes more histories; `RELM_SEED` is the first seed.
@Suite("The duties that policies make and the report of them")
struct DutyAgreementTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let count = environment["RELM_HISTORIES"].flatMap(Int.init) ?? 100
  private static let first = environment["RELM_SEED"].flatMap(UInt64.init) ?? 1

  /// One thing that is due, as either says it.
  private struct Due: Hashable {
    let attempt: Position
    let policy: String
    let policyVersion: String
    let place: String
    let rule: RuleName
    let isOverdue: Bool
  }

  @Test("what the report calls pending or overdue is a duty, and no other is, at whatever time it is asked")
  func agree() throws {
    var compared = 0
    for seed in Self.first..<Self.first + UInt64(Self.count) {
      let scene = try Scene.played(seed)
      for part in scene.parts() where part.draft == nil {
        let reported = try scene.report(part).flatMap { attempt -> [Due] in
          guard attempt.annulled?.independent != true else { return [] }
          return attempt.findings.filter { $0.outcome == .pending || $0.outcome == .overdue }.map { finding in
            Due(
              attempt: attempt.position, policy: finding.policy, policyVersion: finding.policyVersion,
              place: "\(finding.place)", rule: finding.rule, isOverdue: finding.outcome == .overdue)
          }
        }
        let duties = try scene.world.duties(part.size, at: part.time)
        let owed = try duties.map { duty in
          Due(
            attempt: try #require(duty.attempt), policy: try #require(duty.policy),
            policyVersion: try #require(duty.policyVersion),
            place: try #require(duty.id.split(separator: "/").last.map(String.init)),
            rule: try #require(duty.rule), isOverdue: duty.isOverdue(at: part.time))
        }
        #expect(Set(owed) == Set(reported) && owed.count == reported.count, "seed \(seed), \(part.size)")
        #expect(Set(duties.map { "\($0.kind) \($0.id)" }).count == duties.count, "seed \(seed)")
        compared += owed.count
      }
    }
    #expect(compared > Self.count)
    if Self.environment["RELM_HISTORIES"] != nil { print("\(Self.count) histories, \(compared) duties") }
  }

  @Test("a duty has the date that the report tells, and falls to somebody, or to a level")
  func dates() throws {
    var (dated, borne) = (0, 0)
    for seed in Self.first..<Self.first + UInt64(Self.count / 2) {
      let scene = try Scene.played(seed)
      let part = scene.parts()[0]
      var told: [String: Instant] = [:]
      for attempt in try scene.report(part) {
        for finding in attempt.findings {
          let name = "\(attempt.position.value)/\(finding.policy)/\(finding.policyVersion)/\(finding.place)"
          told[name] = finding.due
        }
      }
      for duty in try scene.world.duties(part.size, at: part.time) {
        let due = told[duty.id]
        // Where there is no date any more by which it has to be done, none is told.
        #expect(duty.due == due || (duty.due == nil && due.map { $0 < part.time } ?? true), "seed \(seed)")
        #expect(duty.owner != nil || duty.withLevel.level != nil, "seed \(seed)")
        dated += duty.due == nil ? 0 : 1
        borne += duty.owner == nil ? 0 : 1
      }
    }
    #expect(dated > 0 && borne > 0)
  }
}

extension World {
  /// The duties after every deployment, as the first so many events have it.
  fileprivate func duties(_ size: Int, at time: Instant) throws -> [ObligationRow] {
    let rows = try past(size)
    let history = History(indexes: rows) { position in
      position.value < size ? self.events[Int(position.value)] : nil
    }
    let standing = StandingRows(in: rows, history)
    let earlier = try EarlierHistory(opened: events[0].recorded, standing)
    let judging = Judging(ComplianceQuestion(), standing, asOf: time, earlier)
    var population = try Population(ComplianceQuestion(), standing, earlier)
    var duties: [ObligationRow] = []
    while let member = try population.nextMember() { duties += try judging.duties(after: member) }
    return duties
  }
}
