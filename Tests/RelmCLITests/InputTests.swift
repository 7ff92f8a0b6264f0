import Foundation
import Testing

/// What is given is taken as it is, or refused with all that is wrong with it.
@Suite("Input is never changed, lost or half explained")
struct InputTests {
  private let desk: Desk
  private static let web = "release/web/1.0"

  init() throws { desk = try Desk.withLedger() }

  private func shell(_ script: String) throws -> Desk.Run {
    try desk.run("bash", ["-c", script.replacingOccurrences(of: "relm ", with: "'\(Desk.program)' ")])
  }

  @Test("an argument or a variable that is not UTF-8 is refused with 64, and no byte of it becomes another")
  func notUTF8() throws {
    for id in [#"$'caf\xe9'"#, #"$'caf\xe8'"#, #"$'\xff'"#, #"$'a\xed\xa0\x80'"#] {
      let run = try shell("relm record activity.recorded -s \(Self.web) activity=x --id \(id)")
      #expect(run.status == 64, "\(id): \(run.status) \(run.remarks)")
      #expect(run.remarks.contains("not UTF-8"))
    }
    let run = try shell("relm record activity.recorded -s \(Self.web) activity=$'na\\xefve'")
    #expect(run.status == 64 && run.remarks.contains(#"na\xEFve"#), "\(run.remarks)")
    #expect(
      try shell("RELM_SOURCE=$'/caf\\xe9' relm record activity.recorded -s \(Self.web) activity=x").status == 64
    )
    #expect(try desk.size() == 1)
    #expect(try shell("relm record activity.recorded -s \(Self.web) activity=naïve").status == 0)
  }

  // MARK: All that is wrong

  @Test("all that is wrong with an event is told at once, each with its place")
  func wholeEvent() throws {
    let run = try desk.relm(
      "record", "build.finished", "-s", Self.web, "outcome=splendid", #"artifacts:=[{"digest":"nonsense"}]"#,
      #"commits:=[{"id":"c","committedAt":"yesterday"}]"#, "--time", "tomorrow")
    #expect(run.status == 65)
    for place in [
      "--time", "/data/outcome", "/data/artifacts/0/digest", "/data/commits/0/committedAt", "/data/build",
    ] {
      #expect(run.remarks.contains(place), "\(place): \(run.remarks)")
    }
    #expect(try desk.size() == 1)
  }

  @Test("all that is wrong with an input is told at once, up to twenty things, each with its line")
  func wholeInput() throws {
    let bad = (0..<3).map {
      Desk.activity("b\($0)").replacingOccurrences(of: #""activity":"#, with: #""activty":"#)
    }
    let run = try desk.relm("append", input: ([Desk.activity("a")] + bad + ["{broken"]).joined(separator: "\n"))
    #expect(run.status == 65)
    for line in 2...5 { #expect(run.remarks.contains("line \(line)"), "\(run.remarks)") }
    #expect(run.remarks.hasSuffix("Nothing was appended\n"), "\(run.remarks)")
    let many = (0..<50).map { "{broken \($0)}" }.joined(separator: "\n")
    let told = try desk.relm("append", input: many).remarks.split(separator: "\n")
    #expect(told.count == 21 && told.last?.contains("perhaps more") == true, "\(told)")
  }

  @Test("every act and contradiction of an input that is refused is told, and not the first alone")
  func refusals() throws {
    let act = Desk.activity("x").replacingOccurrences(of: "activity.recorded", with: "approval.given")
      .replacingOccurrences(of: #"{"activity":"Warmed the cache"}"#, with: #"{"scope":"deployment"}"#)
    let acts = (0..<2).map {
      act.replacingOccurrences(of: #""id":"x""#, with: #""id":"x\#($0)","authid":"bo@example.org""#)
    }
    let run = try desk.relm("append", input: ([Desk.activity("a")] + acts).joined(separator: "\n"))
    #expect(run.status == 77)
    #expect(run.remarks.contains("line 2") && run.remarks.contains("line 3"), "\(run.remarks)")
    #expect(try desk.size() == 1)
  }

  @Test("what is wrong in form and what would be refused are told together, in the order of the lines")
  func bothWaves() throws {
    let act = Desk.activity("x").replacing("activity.recorded", with: "approval.given")
      .replacing(#"{"activity":"Warmed the cache"}"#, with: #"{"scope":"deployment"}"#)
      .replacing(#""id":"x""#, with: #""id":"x","authid":"bo@example.org""#)
    let end = Desk.activity("e", subject: "release/web/2.0").replacing(
      "activity.recorded", with: "deployment.finished"
    )
    .replacing(
      #"{"activity":"Warmed the cache"}"#,
      with: #"{"deployment":"d","environment":"production","outcome":"succeeded"}"#)
    let lines = [
      Desk.activity("a"), act, "{broken", Desk.activity("b").replacing("activity\":", with: "activty\":"), end,
    ]
    for way in [[], ["--chunked"]] {
      let run = try desk.run(Desk.program, ["append"] + way, input: lines.joined(separator: "\n"))
      #expect(run.status == 77)
      let told = run.remarks.split(separator: "\n").compactMap { $0.firstMatch(of: /line (\d+)/)?.1 }
      #expect(told == ["2", "3", "4", "4", "5"], "\(run.remarks)")
      #expect(run.remarks.hasSuffix("Nothing was appended\n"), "\(run.remarks)")
      #expect(try desk.size() == 1)
    }
  }

  @Test("what may be refused only because a wrong line is missing is not told beside that line")
  func onlyFollowing() throws {
    func step(_ type: String, _ data: String) -> String {
      Desk.activity(type).replacing("activity.recorded", with: type)
        .replacing(#"{"activity":"Warmed the cache"}"#, with: data)
    }
    let start = step("deployment.started", #"{"deployment":"d"}"#)
    let end = step("deployment.finished", #"{"deployment":"d","environment":"e","outcome":"succeeded"}"#)
    let run = try desk.relm("append", input: start + "\n" + end)
    #expect(run.status == 65)
    #expect(run.remarks.contains("line 1") && !run.remarks.contains("line 2"), "\(run.remarks)")
  }

  @Test("an input without an event is said to have none", arguments: ["", "\n\n", "[]"])
  func nothing(input: String) throws {
    for way in [[], ["--chunked"], ["--keep-going", "--rejects", "rejects"]] {
      let run = try desk.run(Desk.program, ["append"] + way, input: input)
      #expect(run.status == 0 && run.text.isEmpty)
      #expect(
        run.remarks.contains("nothing was there to append: standard input holds no event"), "\(run.remarks)")
    }
    let json = try desk.relm("append", "--format", "json", input: input)
    #expect(json.status == 0 && json.text.split(whereSeparator: \.isNewline) == ["[]"])
  }

  @Test("in an array a pointer begins with the element's index, also for what does not fit what is recorded")
  func arrays() throws {
    let bad = Desk.activity("b").replacingOccurrences(of: #""activity":"#, with: #""activty":"#)
    let run = try desk.relm("append", input: "[\(Desk.activity("a")),\n\(Desk.activity("c")),\n\(bad)]")
    #expect(run.status == 65 && run.remarks.contains("/2/data/activty"), "\(run.remarks)")
    #expect(try desk.relm("append", input: #"[{"id":"#).status == 65)
    try desk.done("append", input: Desk.activity("same"))
    let other = try desk.relm("append", input: "[\(Desk.activity("a")),\(Desk.activity("same", "Otherwise"))]")
    #expect(other.status == 65 && other.remarks.contains("/1/id"), "\(other.remarks)")
  }

  // MARK: Rejects

  private func rejected(_ input: String) throws -> (run: Desk.Run, rejects: String, reasons: [[String: Any]]) {
    try desk.write(input, to: "input")
    let run = try desk.relm("append", "--keep-going", "--rejects", "rejects", "input")
    let reasons =
      desk.exists("rejects.reasons")
      ? try String(decoding: desk.bytes(of: "rejects.reasons"), as: UTF8.self).split(separator: "\n").map {
        try Desk.object(String($0))
      } : []
    return (run, String(decoding: try desk.bytes(of: "rejects"), as: UTF8.self), reasons)
  }

  @Test("what is rejected is written byte for byte, in its order, and why beside it")
  func lines() throws {
    let bad = [
      "{broken \u{1F600}", #"  {"no":"event", "x":1.50}\#t\#r"#,
      Desk.activity("b").replacingOccurrences(of: "activity\":", with: "activty\":"),
    ]
    let (run, rejects, reasons) = try rejected(
      bad[0] + "\n" + Desk.activity("a") + "\n" + bad[1] + "\n" + bad[2])
    #expect(run.status == 65)
    #expect(rejects == bad[0] + "\n" + bad[1] + "\n" + bad[2])
    #expect(Set(reasons.compactMap { $0["line"] as? Int }) == [1, 3, 4])
    #expect(reasons.contains { $0["pointer"] as? String == "/data/activty" && $0["code"] as? Int == 65 })
    #expect(run.remarks.hasSuffix("1 recorded, 0 duplicates, 3 rejected\n"))
    // Nothing says that nothing was appended.
    #expect(!run.remarks.contains("othing was appended") && !run.remarks.contains("othing of it"))
  }

  @Test(
    "of an array the rejected elements are written as they came, in an array that can be appended once it is mended"
  )
  func elements() throws {
    let bad = "{ \"specversion\" : \"1.0\",\n  \"id\" : \"b\", \"n\" : 1.50 }"
    let (run, rejects, reasons) = try rejected("[\(Desk.activity("a")), \(bad),\(Desk.activity("c"))]")
    #expect(run.status == 65 && run.remarks.hasSuffix("2 recorded, 0 duplicates, 1 rejected\n"))
    #expect(rejects == "[\(bad)]\n")
    #expect(reasons.allSatisfy { ($0["pointer"] as? String)?.hasPrefix("/1") == true })
  }

  @Test(
    "text that is no JSON is written whole",
    arguments: ["[{\"id\": 1,\n ]", "{\n  \"id\": \"x\"\n  \"source\": 1\n}\n"])
  func unparsed(text: String) throws {
    let (run, rejects, reasons) = try rejected(text)
    #expect(run.status == 65 && rejects == text && reasons.count == 1)
    #expect(run.remarks.hasSuffix("0 recorded, 0 duplicates, 1 rejected\n"))
  }

  @Test("what is appended without a word of rejects leaves no reasons of an earlier run")
  func noReasons() throws {
    _ = try rejected("{broken")
    #expect(desk.exists("rejects.reasons"))
    let (run, rejects, _) = try rejected(Desk.activity("a"))
    #expect(run.status == 0 && rejects.isEmpty && !desk.exists("rejects.reasons"))
  }

  @Test("the rejects are never the input itself, and a dry run says what would be")
  func input() throws {
    try desk.write(Desk.activity("a") + "\n{broken", to: "events")
    let run = try desk.relm("append", "--keep-going", "--rejects", "events", "events")
    #expect(run.status == 64)
    #expect(try desk.bytes(of: "events").count > 100)
    let dry = try desk.relm("append", "--keep-going", "--rejects", "r", "--dry-run", "events")
    #expect(dry.remarks.hasSuffix("1 would be recorded, 0 duplicates, 1 rejected\n"), "\(dry.remarks)")
    #expect(try desk.size() == 1)
  }

  @Test(
    "JSON over several lines reads as one event, wherever its first line ends",
    arguments: [
      "{\"specversion\":\"1.0\",\"data\":{\"activity\":\"x\"}\n,",
      "{\"specversion\":\"1.0\",\"data\":{\"activity\":\"}\"},\n",
      "{\n\"specversion\":\"1.0\",\"data\":{\"activity\":\"x\"},",
    ])
  func pretty(beginning: String) throws {
    let rest = #""type":"relm.activity.recorded","source":"/t","id":"p","subject":"release/web/1.0"}"#
    #expect(try desk.done("append", input: beginning + rest).hasPrefix("1 recorded"))
  }

  @Test("a first line that was cut off spoils no other line")
  func cutOff() throws {
    let (run, rejects, _) = try rejected(
      #"{"specversion":"1.0","data":{"a":1}"# + "\n" + Desk.activity("a") + "\n")
    #expect(run.remarks.hasSuffix("1 recorded, 0 duplicates, 1 rejected\n"), "\(run.remarks)")
    #expect(rejects == #"{"specversion":"1.0","data":{"a":1}"# + "\n")
  }
}
