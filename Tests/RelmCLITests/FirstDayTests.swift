import Foundation
import Testing

/// What somebody runs into who records a first release by hand and from a pipeline.
@Suite("What is said at once, and not by a report weeks later")
struct FirstDayTests {
  private let desk: Desk
  private let digest = "sha256:" + String(repeating: "0d", count: 32)

  init() throws {
    desk = try Desk.withLedger()
    try desk.record("environment.registered", "environment/production/eu", "context=production")
  }

  /// Builds a version and deploys it.
  private func deploy(_ version: String) throws {
    let release = "release/web/\(version)"
    try desk.record("release.planned", release, "class=normal")
    try desk.record(
      "build.finished", release, "build=b-\(version)", "outcome=succeeded", "backfilled=true",
      #"artifacts:=[{"name":"web","digest":"\#(digest)"}]"#)
    try desk.record(
      "deployment.started", release, "deployment=d-\(version)", "environment=production/eu", "digests=\(digest)"
    )
    try desk.record(
      "deployment.finished", release, "deployment=d-\(version)", "environment=production/eu",
      "outcome=succeeded")
  }

  @Test("a release that another one has replaced is not said to run, on the page and in JSON")
  func replaced() throws {
    try deploy("1.0")
    #expect(try desk.done("state", "web/1.0").contains("production/eu, d-1.0: runs there"))
    try deploy("1.1")
    let page = try desk.done("state", "web/1.0")
    #expect(page.contains(/production\/eu, d-1\.0: ran there until \S+, when 1\.1 took its place/), "\(page)")
    #expect(try desk.done("state", "web/1.0", "--format", "json").contains(#""running":false"#))
    #expect(try desk.done("state", "web/1.1").contains("production/eu, d-1.1: runs there"))
  }

  @Test("work that is told to come after a deployment of which nothing is recorded says so")
  func unknownDeployment() throws {
    let release = "release/web/1.0"
    try desk.record("release.planned", release, "class=normal")
    let support = try desk.relm(
      "record", "support.opened", "-s", release, "support=s", "criteria=All is quiet")
    #expect(support.remarks.contains("of web/1.0 no deployment of its own is recorded"), "\(support.remarks)")
    try deploy("1.1")
    let verified = try desk.relm(
      "record", "verification.finished", "-s", "release/web/1.1", "deployment=d-11",
      "environment=production/eu", "outcome=succeeded")
    #expect(
      verified.remarks.contains(
        "nothing is recorded of a deployment 'd-11' of web/1.1 to production/eu; the last one there is 'd-1.1', so that this "
          + "verifies none"), "\(verified.remarks)")
    let good = try desk.relm(
      "record", "verification.finished", "-s", "release/web/1.1", "deployment=d-1.1",
      "environment=production/eu", "outcome=succeeded")
    #expect(good.remarks.isEmpty, "\(good.remarks)")
  }

  @Test("a deployment to production that does not say by digest what is deployed says so, and how to say it")
  func digestless() throws {
    try deploy("1.0")
    let silent = try desk.relm(
      "record", "deployment.started", "-s", "release/web/1.0", "deployment=d-1", "environment=production/eu")
    #expect(!silent.remarks.contains("by digest"), "no policy asks for it")
    try desk.adopt("planned", "built")
    let run = try desk.relm(
      "record", "deployment.started", "-s", "release/web/1.0", "deployment=d-2", "environment=production/eu")
    #expect(run.remarks.contains("does not say by digest what is deployed"), "\(run.remarks)")
    #expect(run.remarks.contains("record it with digests=\(digest)"), "\(run.remarks)")
  }

  @Test("what is due on a day is due at its end, in whatever field and form it is said")
  func dueDays() throws {
    func due(_ fields: String...) throws -> String? {
      let run = try desk.run(
        Desk.program,
        [
          "record", "review.action.raised", "-s", "release/web/1.0", "--format", "json",
          "action=a-\(UUID())", "review=r", "task=Mend it", "owner=ana@example.org",
        ] + fields)
      try #require(run.status == 0, "\(run.remarks)")
      let position = try #require(try Desk.object(run.text)["position"] as? Int)
      let shown = try Desk.object(desk.done("show", "\(position)", "--format", "json"))
      let event = try #require(shown["event"] as? [String: Any] ?? shown)
      return (event["data"] as? [String: Any])?["due"] as? String
    }
    try desk.record("release.planned", "release/web/1.0", "class=normal")
    try desk.record("review.opened", "release/web/1.0", "review=r", "scope=All of it")
    #expect(try due("due=2027-02-01") == "2027-02-01T23:59:59Z")
    #expect(try due(#"due:="2027-02-01""#) == "2027-02-01T23:59:59Z")
    #expect(try due("due=2027-02-01T12:00") == "2027-02-01T12:00:00Z")
    #expect(try due("due=2027-02-01", "--zone", "Europe/Berlin") == "2027-02-01T22:59:59Z")
  }

  @Test("a member of an event that is nearly one that is read is refused, as what it says would be lost")
  func strangeMembers() throws {
    func append(_ member: String) throws -> Desk.Run {
      try desk.relm(
        "append", "-",
        input:
          #"{"id":"\#(member)","source":"/s","type":"relm.release.planned","subject":"release/web/\#(member)","\#(member)":"2026-01-01T00:00:00Z","data":{"class":"normal"}}"#
      )
    }
    for member in ["tiem", "Time", "times"] {
      let run = try append(member)
      #expect(run.status == 65)
      #expect(run.remarks.contains("Did you mean 'time'?"), "\(run.remarks)")
    }
    // CloudEvents lets everybody call their own members what they like.
    #expect(try append("sequence").status == 0)
  }
}
