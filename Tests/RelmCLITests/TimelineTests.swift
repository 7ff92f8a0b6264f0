import Foundation
import Testing

@Suite("A timeline at the command line")
struct TimelineTests {
  private let desk: Desk

  init() throws {
    desk = try Desk.withLedger()
    func event(_ id: String, _ type: String, _ time: String, _ data: String) -> String {
      #"{"specversion":"1.0","type":"relm.\#(type)","source":"/test","id":"\#(id)","subject":"release/web/1.0","#
        + #""time":"\#(time)","data":\#(data)}"#
    }
    let words =
      "A search box that finds what people look for, and a long sentence that does not fit on one line of it"
    try desk.done(
      "append",
      input: [
        event("1", "release.planned", "2026-03-01T09:00:00Z", #"{"class":"normal","purpose":"\#(words)"}"#),
        event(
          "2", "build.finished", "2026-03-03T09:00:00Z",
          #"{"build":"b-1","outcome":"failed","backfilled":true}"#),
        event("3", "support.opened", "2026-03-04T09:00:00Z", #"{"support":"s","criteria":["quiet"]}"#),
        event(
          "4", "support.advised", "2026-03-04T10:00:00Z", #"{"support":"s","advice":"Turn it off and on"}"#),
      ].joined(separator: "\n"))
  }

  @Test(
    "the page has what happened in its order, the sealed advice opened, and fits the terminal",
    arguments: [80, 60, 120])
  func fits(columns: Int) throws {
    let console = try Console(desk, ["timeline", "web/1.0"], columns: UInt16(columns))
    #expect(console.end() == 0)
    let text = console.drawn.replacing(try Regex("\u{1B}\\[[0-9;]*[a-zA-Z]"), with: "")
    let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
    for line in lines { #expect(line.count <= columns, "\(line)") }
    #expect(text.contains("Turn it off"))
    let happened = ["planned as", "b-1 FAILED", "early life", "advice given"]
    let places = happened.map { text.range(of: $0)?.lowerBound }
    #expect(places.allSatisfy { $0 != nil } && places.compactMap { $0 } == places.compactMap { $0 }.sorted())
  }

  @Test("the forms say the same events; a file is written whole, and what is there stays when it cannot be")
  func forms() throws {
    let report = try Desk.object(try desk.done("timeline", "web/1.0", "--format", "json"))
    #expect((report["entries"] as? [Any])?.count == 4)
    #expect(report["release"] as? String == "release/web/1.0")
    desk.environment["RELM_FORMAT"] = "json"
    #expect(try desk.done("timeline", "web/1.0").hasPrefix("{"))
    desk.environment["RELM_FORMAT"] = nil
    let markdown = try desk.done("timeline", "release/web/1.0", "--format", "markdown")
    #expect(markdown.hasPrefix("# Timeline of release/web/1.0\n"))
    let page = try desk.relm("timeline", "web/1.0", "--format", "html", "-o", "page.html")
    #expect(page.status == 0 && page.text.isEmpty && page.remarks.hasPrefix("wrote page.html, which may"))
    let html = String(decoding: try desk.bytes(of: "page.html"), as: UTF8.self)
    #expect(html.hasPrefix("<!DOCTYPE html>") && html.contains("b-1"))
    #expect(try desk.relm("timeline", "web/1.0", "-o", "nowhere/page.html").status == 73)
  }

  @Test("a release that is not there is answered with the nearest one")
  func unknown() throws {
    let run = try desk.relm("timeline", "web/1.1")
    #expect(
      run.status == 66
        && run.remarks == "relm: nothing is recorded about release web/1.1; did you mean web/1.0?\n")
    #expect(try desk.relm("timeline", "web").status == 64)
    #expect(try desk.relm("timeline", "web/1.0", "--format", "pdf").status == 64)
  }

  @Test("the draft of a review has the plan, the deviation, and the questions that are open")
  func draft() throws {
    let draft = try desk.done("review", "draft", "web/1.0")
    for part in ["## What was planned", "build b-1 FAILED", "## Open questions", "phase test"] {
      #expect(draft.contains(part), "\(part)")
    }
  }
}
