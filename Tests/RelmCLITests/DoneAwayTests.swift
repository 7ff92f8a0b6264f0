import Foundation
import RelmDomain
import Testing

/// What somebody inside does to get a deployment out of the report.
@Suite("What a report keeps of what was done away with")
struct DoneAwayTests {
  private let desk: Desk

  init() throws {
    desk = try Desk.withLedger()
    for person in ["eve@example.org", "dee@example.org"] {
      try desk.record(
        "authority.granted", "person/\(person)", "level=6", #"contexts:=["production","development"]"#)
    }
    try desk.adopt("designed")
    desk.environment["RELM_ACTOR"] = "dee@example.org"
    try desk.record("deployment.started", "release/web/1.0", "deployment=d-1", "environment=prod")
    try desk.record(
      "deployment.finished", "release/web/1.0", "deployment=d-1", "environment=prod", "outcome=succeeded")
  }

  private func report(_ words: String...) throws -> Desk.Run {
    try desk.run(Desk.program, ["report", "compliance"] + words)
  }

  private func annul(_ positions: Int..., by person: String) throws {
    desk.environment["RELM_ACTOR"] = person
    for position in positions {
      try desk.record("event.annulled", "ledger", "position=\(position)", "reason=It never happened")
    }
  }

  private func told() throws -> ComplianceReport {
    try ComplianceReport(canonical: [UInt8](report("--format", "json").output.dropLast()))
  }

  @Test(
    "who annuls the start and the end of her deployment in violation finds it in every form of the report, and exit 1"
  )
  func annulledByHerself() throws {
    try annul(4, 5, by: "dee@example.org")
    let report = try told()
    #expect(report.totals.attempts == 1 && report.totals.annulled == 1 && report.totals.annulledByOthers == nil)
    #expect(report.population.first?.findings.map(\.outcome) == [.violated])
    for format in ["text", "markdown", "html", "csv", "oscal"] {
      let run = try self.report("--format", format)
      #expect(run.status == 1, "\(format)")
      #expect(run.text.contains("It never happened"), "\(format)")
    }
    #expect(try self.report().remarks.contains("1 annulled, and not by somebody with level 6"))
    #expect(try self.report().text.contains("dee@example.org"))
    let csv = try self.report("--format", "csv").text
    #expect(csv.contains("annulled,annulledBy,annulledReason,annulledByOthers"))
    #expect(csv.contains(",6,dee@example.org,It never happened,false"))
  }

  @Test("what somebody annuls who had no hand in it is listed and is no exception")
  func annulledByOthers() throws {
    try annul(4, 5, by: "eve@example.org")
    let report = try told()
    #expect(report.population.count == 1 && report.population.first?.annulled?.independent == true)
    #expect(report.totals.annulledByOthers == 1 && report.totals.findings.violated == 0)
    #expect(try self.report().text.contains("Annulled deployments".uppercased()))
  }

  @Test(
    "who takes back a part of a deployment that they had a hand in makes it an exception, as what it came to is not seen any more"
  )
  func annulledInPart() throws {
    desk.environment["RELM_ACTOR"] = "ana@example.org"
    try desk.record("release.planned", "release/web/2.0", "class=normal")
    try desk.record(
      "release.designed", "release/web/2.0", "strategy=rolling", "takeBack=rollBack", "rollbackPlan=x")
    desk.environment["RELM_ACTOR"] = "dee@example.org"
    try desk.record("deployment.started", "release/web/2.0", "deployment=d-2", "environment=prod")
    let end = try desk.record(
      "deployment.finished", "release/web/2.0", "deployment=d-2", "environment=prod", "outcome=succeeded")
    #expect(try report("--release", "web/2.0").status == 0)
    try annul(end, by: "dee@example.org")
    let run = try report("--release", "web/2.0")
    #expect(run.status == 1 && run.remarks.contains("1 annulled, and not by somebody with level 6"))
    try annul(end + 1, by: "dee@example.org")
    #expect(try report("--release", "web/2.0").status == 0)
    try annul(end, by: "eve@example.org")
    #expect(try report("--release", "web/2.0").status == 0)
  }

  @Test("an annulled deployment stays in the auditor's sample and in what a draft would change")
  func sampleAndWhatIf() throws {
    try annul(4, 5, by: "dee@example.org")
    let sample = try SampleReport(
      canonical: [UInt8](
        Array(desk.done("sample", "--size", "5", "--seed", "s", "--format", "json").utf8).dropLast()))
    #expect(sample.population.map { "\($0)" } == ["4"])
    #expect(sample.sample.first?.annulled.map { "\($0.position)" } == "6")
    #expect(try desk.done("sample", "--size", "5", "--seed", "s").contains("ANNULLED by dee@example.org at"))
    try Data(
      #"{"id":"p","version":"2","title":"t","context":"production","rules":[{"rule":"recorded-promptly"}]}"#
        .utf8
    ).write(to: desk.folder.appending(path: "draft.json"))
    let whatIf = try desk.done("what-if", "--policy", "draft.json", "--format", "csv")
    #expect(whatIf.contains("release/web/1.0,prod"))
    #expect(whatIf.split(separator: "\r\n").last?.hasSuffix(",6,production") == true, "\(whatIf)")
  }
}
