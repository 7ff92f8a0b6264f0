import Foundation
import Testing

@Suite("Time travel at the command line")
struct TimeTravelTests {
  private let desk: Desk

  /// A release that is planned (1), built (2, 3), deployed (4, 5), and of which one event (6) is annulled (7).
  init() throws {
    desk = try Desk.withLedger()
    func event(_ id: String, _ type: String, _ day: Int, _ data: String, _ subject: String = "release/web/1.0")
      -> String
    {
      #"{"specversion":"1.0","type":"relm.\#(type)","source":"/test","id":"\#(id)","subject":"\#(subject)","#
        + #""time":"2026-03-0\#(day)T09:00:00Z","data":\#(data)}"#
    }
    let events = [
      event("plan", "release.planned", 1, #"{"class":"normal","purpose":"A search box"}"#),
      event("b0", "build.started", 2, #"{"build":"b-1"}"#),
      event("b1", "build.finished", 3, #"{"build":"b-1","outcome":"succeeded"}"#),
      event("d0", "deployment.started", 4, #"{"deployment":"d-1","environment":"production/eu"}"#),
      event(
        "d1", "deployment.finished", 4,
        #"{"deployment":"d-1","environment":"production/eu","outcome":"succeeded"}"#),
      event("a", "activity.recorded", 5, #"{"activity":"Watched it"}"#),
    ]
    try desk.done("append", input: events.joined(separator: "\n") + "\n")
    try desk.done(
      "record", "event.annulled", "--subject", "ledger", "position=6", "reason=Nobody watched", "--time",
      "2026-03-06T09:00:00Z")
  }

  private func stage(_ arguments: String...) throws -> String? {
    let run = try desk.run(Desk.program, ["state", "release/web/1.0", "--format", "json"] + arguments)
    return run.status == 0 ? try Desk.object(run.text)["stage"] as? String : nil
  }

  @Test("a release is shown as it was after a position, and as what had happened by a day made it")
  func state() throws {
    #expect(try stage() == "deployed")
    #expect(try stage("--at", "1") == "planned")
    #expect(try stage("--at", "2") == "building")
    #expect(try stage("--at", "0") == nil)
    #expect(try stage("--happened-by", "2026-03-03T09:00:00Z") == "built")
    #expect(try stage("--happened-by", "2026-03-04") == "built")
    #expect(try stage("--happened-by", "2026-03-04T09:00Z") == "deployed")
    #expect(try stage("--at", "2", "--happened-by", "2026-03-04T09:00Z") == "building")
    #expect(try stage("--at", "2999-01-01") == "deployed")
    #expect(try stage("--at", "2026-03-02") == nil, "nothing was recorded then")
  }

  @Test("as of when is said beside the answer, and the answer itself holds nothing else")
  func remark() throws {
    let run = try desk.relm("state", "--at", "3", "--format", "csv")
    #expect(run.remarks.hasPrefix("as of position 3, recorded 20"))
    #expect(run.text.split(separator: "\r\n").count == 2)
  }

  @Test("a moment that is none, or beyond the end, is refused with what is wrong")
  func badMoments() throws {
    let bad = try desk.relm("state", "--at", "yesterday")
    #expect(bad.status == 64)
    #expect(
      bad.remarks == "relm: --at is 'yesterday'; it must be a position such as 1234, or a moment such as "
        + "2026-11-01T12:00:00Z or 2026-11-01\n")
    let late = try desk.relm("log", "--at", "99")
    #expect(
      late.status == 66 && late.remarks == "relm: there is no position 99: the log has 8 records, from 0\n")
    let empty = try desk.relm("state", "--happened-by", "")
    #expect(empty.status == 64)
    #expect(try desk.relm("log", "--follow", "--at", "3").status == 64)
  }

  @Test("the log, one event, the calendar, obligations, people and figures are as of a moment as well")
  func everyReading() throws {
    #expect(try desk.done("log", "--at", "3", "--raw").split(separator: "\n").count == 4)
    #expect(
      try desk.done("log", "--happened-by", "2026-03-02T09:00Z", "--type", "build.*", "--raw").contains(
        "\"b0\""))
    #expect(!(try desk.done("log", "--happened-by", "2026-03-02T09:00Z", "--raw").contains("\"b1\"")))
    #expect(try desk.done("show", "6").contains("ANNULLED"))
    #expect(!(try desk.done("show", "6", "--at", "6").contains("ANNULLED")))
    #expect(try desk.relm("show", "6", "--at", "5").status == 66)
    #expect(try Desk.object(try desk.done("stats", "--at", "5", "--format", "json"))["records"] as? Int == 6)
    #expect(try desk.relm("calendar", "--at", "3").status == 0)
    #expect(try desk.relm("obligations", "--at", "3").status == 0)
    #expect(try desk.done("person", "list", "--at", "0").contains("level 6"))
  }

  @Test("what changed between two moments is told row by row and field by field")
  func diff() throws {
    let run = try desk.relm("diff", "2", "3", "release/web/1.0")
    #expect(run.status == 0)
    #expect(run.remarks == "3 rows changed in 1 event\n")
    #expect(run.text.contains("releases web 1.0\n"))
    #expect(run.text.contains("building → built"))
    #expect(
      try desk.done("diff", "3", "5", "environment/production/eu").hasPrefix(
        "running production/eu web (new)\n"))
    #expect(try desk.done("diff", "0", "now", "web").contains("releases web 1.0 (new)"))
    let json = try desk.done("diff", "5", "6", "--format", "json")
    let changes = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
    #expect(changes.map { $0["view"] as? String } == ["releases", "timelines"])
    #expect(try desk.done("diff", "6", "7", "--format", "csv").contains("releases,web/1.0,events,6,5\r\n"))
    #expect(try desk.relm("diff", "3", "3").remarks == "nothing changed in 0 events\n")
    #expect(try desk.relm("diff", "5", "3").status == 64)
    #expect(try desk.relm("diff", "1", "2", "nosuch").status == 66)
  }

  @Test("a replay shows beside each event what it changed, and an annulled one as such")
  func replay() throws {
    let text = try desk.done("replay", "release/web/1.0")
    let heads = text.split(separator: "\n").filter { !$0.hasPrefix(" ") }.map { $0.split(separator: " ")[0] }
    #expect(heads == ["1", "2", "3", "4", "5", "6", "7"])
    #expect(text.contains("    ANNULLED by 7\n"))
    #expect(text.contains("stage                 – → ") == false)
    let json = try desk.done("replay", "web/1.0", "--from", "5", "--to", "6", "--format", "json")
    let events = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
    #expect(events.map { $0["position"] as? Int } == [5, 6])
    #expect(events[1]["annulledBy"] as? Int == 7)
    #expect(try desk.done("replay", "--to", "3", "--format", "ndjson").split(separator: "\n").count == 4)
    #expect(try desk.relm("replay", "release/web/9").status == 66)
    #expect(try desk.relm("replay", "--step").status == 64, "there is no terminal")
  }

  @Test(
    "on a terminal a replay goes on, back, to a position, to what is searched for, and leaves all as it was")
  func step() throws {
    let console = try Console(desk, ["replay", "release/web/1.0", "--step"])
    try console.expect("release.planned")
    try console.type("n")
    try console.expect("build.started")
    try console.type("\u{1B}[C")
    try console.expect("build.finished")
    try console.type("b")
    try console.expect("build.started")
    try console.type("j")
    try console.expect("Jump to")
    try console.type("5\r")
    try console.expect("deployment.finished")
    try console.type("n")
    try console.expect("ANNULLED by 7")
    try console.type("g")
    try console.expect("1 of 7")
    try console.type("/")
    try console.expect("Search")
    try console.type("WATCHED IT\r")
    try console.expect("activity.recorded")
    try console.type("/nothing of the kind\r")
    try console.expect("is nowhere after this event")
    try console.type("j2026\u{7F}\u{7F}\u{7F}\u{7F}tomorrow\r")
    try console.expect("must be a position")
    try console.type("G")
    try console.expect("7 of 7")
    try console.type("n")
    try console.expect("this is the last event")
    try console.type("q")
    #expect(console.end() == 0)
    #expect(console.drawn.hasSuffix("\u{1B}[?25h\u{1B}[?1049l"))
  }
}
