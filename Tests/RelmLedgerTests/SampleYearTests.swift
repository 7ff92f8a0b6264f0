import Foundation
import RelmDomain
import RelmLedger
import RelmJudging
import RelmProof
import RelmSample
import RelmTestSupport
import Testing

/// The ledger that `relm init --sample` makes: made once, on a day that is always the same.
@Suite("A sample's year")
struct SampleYearTests {
  /// A Thursday afternoon, when things are under way.
  private static let now = "2026-11-26T15:00:00Z"

  /// A sample in a place of its own.
  private final class Made: Sendable {
    let folder = TemporaryFolder()
    let ledger: Ledger
    let year: SampleYear
    /// What its policies come to as it ends.
    let report: ComplianceReport

    init(owner: String? = nil, weeks: Int = WorkCalendar.usualWeeks) throws {
      let machine = try TestMachine()
      machine.now = try #require(Instant(SampleYearTests.now))
      (ledger, year) = try Ledger.createSample(
        at: folder.path + "/ledger", owner: owner, weeks: weeks, surroundings: machine.surroundings)
      report = try ledger.compliance(ComplianceQuestion())
    }
  }

  private static let shared = Result { try Made() }

  private var made: Made { get throws { try Self.shared.get() } }

  @Test("it verifies, with every document that it names")
  func verifies() throws {
    let found = try made.ledger.verify()
    #expect(found.isClean, "\(found.problems + found.viewProblems)")
    #expect(found.evidenceMissing.isEmpty)
    #expect(found.evidenceFiles > 40)
  }

  @Test("it is a year of some ten thousand events, each recorded when it was told, and ends a few minutes ago")
  func size() throws {
    let history = try made.ledger.history()
    #expect((9_000...11_000).contains(history.count))
    let (first, last) = (try #require(history.first), try #require(history.last))
    let now = try #require(Instant(Self.now))
    #expect((360...372).contains((now.microseconds - first.recorded.microseconds) / 86_400_000_000))
    #expect(last.recorded < now)
    for (event, step) in zip(history.dropFirst(), try made.year.steps) {
      #expect(event.recorded == step.recorded.inMilliseconds, "\(step.name)")
    }
  }

  @Test("everything in it says that it is made up: its origin and every account end in .invalid")
  func invalid() throws {
    #expect(try made.ledger.checkpoint().text.hasPrefix("sample.invalid/"))
    let accounts = Set(try made.year.steps.map(\.by))
    #expect(accounts.filter { !$0.hasSuffix(".invalid") } == [])
  }

  @Test(
    "the compliance report judges its deployments: none is older than the ledger, and a policy holds from the second week"
  )
  func judged() throws {
    let report = try made.report
    let production = report.population.filter { $0.context == .production }
    #expect(report.totals.beforeLedger == 0)
    #expect((400...920).contains(production.count))
    let ungoverned = production.filter { $0.governance != .governed }
    #expect((1...8).contains(ungoverned.count))
    let adopted = try #require(ungoverned.map(\.begun).max())
    let opened = try made.year.opened
    #expect(adopted < opened.advanced(byMicroseconds: 14 * 86_400_000_000))
  }

  @Test(
    "each release breaks the rules that its story breaks and no other, and what was set aside for it is set aside"
  )
  func asMeant() throws {
    let report = try made.report
    var found: [String: (broken: Set<String>, aside: Set<String>, last: Instant)] = [:]
    // What was annulled was never there, and is judged as it stood.
    for attempt in report.population where attempt.context == .production && attempt.annulled == nil {
      var entry = found[attempt.release] ?? ([], [], attempt.begun)
      entry.last = max(entry.last, attempt.begun)
      for finding in attempt.findings {
        switch finding.outcome {
        case .violated, .overdue: entry.broken.insert(finding.rule.rawValue)
        case .waived, .overridden: entry.aside.insert(finding.rule.rawValue)
        case .satisfied, .satisfiedLate, .pending, .notApplicable: break
        }
      }
      found[attempt.release] = entry
    }
    // What is due within a month is not overdue before that.
    let settled = try #require(Instant(Self.now)).advanced(byMicroseconds: -35 * 86_400_000_000)
    var shown: Set<Twist> = []
    for release in try made.year.releases {
      let name = "release/\(release.package)/\(release.version)"
      guard let entry = found[name] else { continue }
      let broken = Set(release.twist?.breaks ?? [])
      #expect(entry.broken.isSubset(of: broken), "\(name): \(release.twist?.rawValue ?? "by the book")")
      #expect(entry.aside == Set(release.twist?.setsAside ?? []), "\(name)")
      guard entry.last < settled, let twist = release.twist else { continue }
      #expect(entry.broken == broken, "\(name): \(twist.rawValue)")
      shown.insert(twist)
    }
    #expect(Set(Twist.allCases.filter(\.isDeployed)).subtracting(shown) == [])
  }

  @Test(
    "a deployment that somebody with less than level 6 annulled is an exception, and that of others is none")
  func annulled() throws {
    let totals = try made.report.totals
    let others = try #require(totals.annulledByOthers)
    #expect(others > 0)
    #expect(try #require(totals.annulled) > others)
  }

  @Test("most releases are by the book, and some are not")
  func proportion() throws {
    let releases = try made.year.releases
    let bad = releases.filter { !($0.twist?.breaks ?? []).isEmpty }
    #expect((10...20).contains(bad.count * 100 / releases.count))
  }

  @Test("at its end something runs, something is due and something overdue, and reviews are pending")
  func alive() throws {
    let ledger = try made.ledger
    let obligations = try ledger.obligations()
    let now = try #require(Instant(Self.now))
    #expect(obligations.contains { $0.due.map { $0 < now } ?? false })
    #expect(obligations.contains { $0.due.map { $0 > now } ?? false })
    let report = try made.report
    #expect(report.totals.findings.pending > 0)
    #expect(!report.reconciliation.isEmpty)
  }

  @Test("two samples of the same moment are the same but for pseudonyms and keys")
  func same() throws {
    let (one, other) = (try Made(weeks: 6), try Made(weeks: 6))
    let told = try [one, other].map { made in try made.ledger.history().map(Self.withoutPeople) }
    #expect(told[0].count > 500)
    #expect(told[0].dropFirst() == told[1].dropFirst())
  }

  /// A record without whom it names, what is sealed under somebody's key, and what hangs on the records before.
  private static func withoutPeople(_ event: RecordedEvent) -> String {
    let text = String(decoding: event.record.bytes, as: UTF8.self)
    return text.replacing(/person:[0-9a-f-]{36}|person\/[0-9a-f-]{36}/, with: "somebody")
      .replacing(/"streamprevious":"[^"]*",/, with: "").replacing(/\{"sealed":\{[^}]*\}\}/, with: "sealed")
  }

  @Test("whatever day it is made on, it names nothing that is not told", arguments: 0..<7)
  func everyDay(later: Int64) throws {
    let now = try #require(Instant("2026-02-26T06:30:00Z")).advanced(byMicroseconds: later * 100_800_000_000)
    let year = SampleYear(until: now, weeks: 12)
    let events = year.steps.compactMap { year.json(of: $0) }
    #expect(events.count > 1_500)
    #expect(year.steps.allSatisfy { $0.happened <= $0.recorded && $0.recorded < now })
  }

  @Test("whoever is named as its owner may act in it, and what cannot be told makes nothing")
  func owner() throws {
    let made = try Made(owner: "me@example.org", weeks: 2)
    let freeze = """
      {"authid":"me@example.org","data":{"freeze":"f","from":"\(Self.now)","reason":"r",\
      "until":"2026-12-24T00:00:00Z"},"id":"mine","subject":"environment/production/eu","type":"relm.freeze.declared"}
      """
    #expect(try made.ledger.append(freeze).count == 1)

    let folder = TemporaryFolder()
    #expect(throws: LedgerError.self) {
      _ = try Ledger.createSample(at: folder.path + "/ledger", owner: "two words\n", weeks: 1)
    }
    #expect(try folder.names() == [])
  }

  @Test("a making that is killed leaves nothing in its place, and the next one clears up after it")
  func killed() throws {
    let folder = TemporaryFolder()
    let place = folder.path + "/ledger"
    let run = try Program.run(Program.path("relm"), ["init", "--sample", place], limitSeconds: 0.8)
    #expect(run.status == nil)
    #expect(try !folder.names().contains("ledger"))
    #expect(try folder.names() != [])
    _ = try Ledger.createSample(at: place, weeks: 1)
    #expect(try folder.names() == ["ledger"])
  }
}
