import Foundation
import Testing

@Suite("relm append and attach")
struct AppendTests {
  private let desk: Desk

  init() throws { desk = try Desk.withLedger() }

  private static func lines(_ ids: Range<Int>) -> String {
    ids.map { Desk.activity("e-\($0)", subject: "release/web/\($0 % 7)") + "\n" }.joined()
  }

  @Test("one object, a pretty-printed one, an array and lines are taken, from a file or standard input")
  func shapes() throws {
    let pretty = """
      {
        "specversion": "1.0", "type": "relm.activity.recorded", "source": "/test", "id": "pretty",
        "subject": "release/web/1.0",
        "data": { "activity": "Warmed the cache" }
      }
      """
    try desk.write(Desk.activity("one"), to: "one.json")
    try desk.write(pretty, to: "pretty.json")
    try desk.write("[\n\(Desk.activity("a-1")),\n\(Desk.activity("a-2"))]\n", to: "array.json")
    func receipt(_ position: Int, _ id: String) -> String {
      "\(position) recorded activity.recorded release/web/1.0 \(id)\n"
    }
    #expect(try desk.done("append", "one.json") == receipt(1, "one"))
    #expect(try desk.done("append", "pretty.json") == receipt(2, "pretty"))
    #expect(try desk.done("append", "array.json") == receipt(3, "a-1") + receipt(4, "a-2"))
    #expect(
      try desk.done("append", input: Desk.activity("l-1") + "\n\n" + Desk.activity("l-2")) == receipt(5, "l-1")
        + receipt(6, "l-2"))
    #expect(try desk.done("append", "-", input: Desk.activity("dash")) == receipt(7, "dash"))
  }

  @Test("what an event lacks or has wrong around its data is told at once, whatever its type is")
  func lacking() throws {
    let empty = try desk.relm("append", input: "{}")
    #expect(empty.status == 65)
    for name in ["/id", "/type"] {
      #expect(empty.remarks.contains("\(name): the event has no"), "\(empty.remarks)")
    }
    let wrong = try desk.relm("append", input: #"{"id":7,"source":"y","time":"soon","type":5}"#)
    for name in ["/id", "/time", "/type"] { #expect(wrong.remarks.contains(name + ": "), "\(wrong.remarks)") }
    #expect(try desk.size() == 1)
  }

  @Test("what comes again is a duplicate at its first position, in the same batch too")
  func duplicates() throws {
    let run = try desk.relm("append", input: Self.lines(0..<2) + Self.lines(0..<3))
    #expect(run.status == 0)
    #expect(
      run.lines.map { $0.split(separator: " ").prefix(2).joined(separator: " ") }
        == ["1 recorded", "2 recorded", "1 duplicate", "2 duplicate", "3 recorded"])
    #expect(try desk.size() == 4)
  }

  @Test("the same id with another claim exits 65, and nothing of the batch is appended")
  func contradiction() throws {
    try desk.done("append", input: Desk.activity("e-1"))
    let run = try desk.relm("append", input: Desk.activity("e-2") + "\n" + Desk.activity("e-1", "Other"))
    #expect(run.status == 65)
    #expect(run.text.isEmpty)
    #expect(run.remarks.contains("line 2:"))
    #expect(run.remarks.contains("e-1"))
    #expect(try desk.size() == 2)
  }

  @Test(
    "bad input names line, pointer and reason, and nothing is appended",
    arguments: [
      (Desk.activity("x").replacingOccurrences(of: "activity\":", with: "activty\":"), "/data/activty"),
      (Desk.activity("x").replacingOccurrences(of: #""id":"x""#, with: #""id":"""#), "/id"),
      (
        Desk.activity("x").replacingOccurrences(of: #""id""#, with: #""streamversion":3,"id""#),
        "/streamversion"
      ),
      (Desk.activity("x").replacingOccurrences(of: #""id":"x""#, with: #""id":"x","id":"x""#), "/id"),
      (Desk.activity("x").replacingOccurrences(of: #""1.0","type""#, with: #""2.0","type""#), "/specversion"),
      (Desk.activity("x") + "}", "line 3"),
      (#"{"id":"#, "line 3"),
      (Desk.activity("x", "\\ud800"), "/data/activity"),
    ])
  func badInput(line: String, place: String) throws {
    let run = try desk.relm("append", input: Self.lines(0..<2) + line + "\n" + Self.lines(2..<4))
    #expect(run.status == 65)
    #expect(run.text.isEmpty)
    #expect(run.remarks.contains("line 3"), "\(run.remarks)")
    #expect(run.remarks.contains(place), "\(run.remarks)")
    #expect(try desk.size() == 1)
  }

  @Test("events of types that relm does not own are stored just the same")
  func foreign() throws {
    let event =
      #"{"specversion":"1.0","type":"dev.cdevents.build.finished.0.2.0","source":"/ci","id":"c-1","data":{"b":[1,2.5]}}"#
    #expect(try desk.done("append", input: event).hasPrefix("1 recorded dev.cdevents.build.finished.0.2.0"))
    #expect(try desk.done("log", "--raw", "--from", "1").contains(#""data":{"b":[1,2.5]}"#))
  }

  @Test("more than 10,000 events are refused without --chunked, and 10,000 are not")
  func tooMany() throws {
    try desk.write(Self.lines(0..<10_001), to: "events")
    let run = try desk.relm("append", "events")
    #expect(run.status == 65)
    #expect(run.text.isEmpty)
    #expect(run.remarks.contains("--chunked"))
    #expect(try desk.done("log", "--raw").split(separator: "\n").count == 1)
    try desk.write(Self.lines(0..<10_000), to: "events")
    #expect(try desk.done("append", "events").split(separator: "\n").count == 10_000)
  }

  @Test("--chunked takes any number, and goes on where an earlier run ended")
  func chunked() throws {
    try desk.done("append", "--quiet", input: Self.lines(0..<5_000))
    try desk.write(Self.lines(0..<10_020), to: "events")
    let run = try desk.relm("append", "--chunked", "events")
    #expect(run.status == 0)
    #expect(run.lines.count == 10_020)
    #expect(run.lines.first?.hasPrefix("1 duplicate ") == true)
    #expect(run.lines.last?.hasPrefix("10020 recorded ") == true)
    #expect(run.remarks == "5020 recorded, 5000 duplicates\n")
    #expect(
      try desk.relm("append", "--chunked", "--quiet", "events").remarks == "0 recorded, 10020 duplicates\n")
    #expect(try desk.size() == 10_021)
  }

  @Test("--chunked reads and checks everything before it appends the first chunk")
  func chunkedChecks() throws {
    let run = try desk.relm("append", "--chunked", input: Self.lines(0..<10_005) + #"{"id":1}"#)
    #expect(run.status == 65)
    #expect(run.remarks.contains("line 10006"))
    #expect(try desk.size() == 1)
  }

  @Test("--keep-going appends the good events and writes the others to the rejects as they came")
  func keepGoing() throws {
    try desk.done("append", input: Desk.activity("e-1"))
    let bad = [
      #"{"no":"event"}"#, "{broken", Desk.activity("e-1", "Another claim"),
      Desk.activity("e-9").replacingOccurrences(of: "activity.recorded", with: "approval.given"),
    ]
    let input = ([Desk.activity("e-2")] + bad + [Desk.activity("e-3")]).joined(separator: "\n")
    let run = try desk.relm("append", "--keep-going", "--rejects", "rejects", input: input)
    #expect(run.status == 65)
    #expect(run.lines.map { $0.split(separator: " ")[1] } == ["recorded", "recorded"])
    #expect(run.remarks.hasSuffix("2 recorded, 0 duplicates, 4 rejected\n"))
    for line in 2...5 { #expect(run.remarks.contains("line \(line)"), "\(run.remarks)") }
    let rejects = String(decoding: try desk.bytes(of: "rejects"), as: UTF8.self)
    #expect(Set(rejects.split(separator: "\n").map(String.init)) == Set(bad))
    #expect(try desk.size() == 4)
    let clean = try desk.relm(
      "append", "--keep-going", "--rejects", "rejects", input: Desk.activity("e-4"))
    #expect(clean.status == 0)
    #expect(try desk.bytes(of: "rejects").isEmpty)
  }

  @Test("options that contradict each other exit 64")
  func contradictions() throws {
    for words in [["--keep-going"], ["--rejects", "r"], ["--chunked", "--expect-version", "1"]] {
      #expect(
        try desk.run(Desk.program, ["append"] + words, input: Desk.activity("x")).status == 64, "\(words)")
    }
    #expect(try desk.size() == 1)
  }

  @Test("--dry-run decides a batch and appends nothing")
  func dryRun() throws {
    let run = try desk.relm("append", "--dry-run", input: Self.lines(0..<3))
    #expect(run.status == 0)
    #expect(run.lines.count == 3)
    #expect(run.lines.allSatisfy { $0.contains(" would-record ") })
    #expect(try desk.size() == 1)
    #expect(try desk.relm("append", "--dry-run", input: "{}").status == 65)
  }

  @Test("an input that is not there exits 66")
  func noInput() throws {
    let run = try desk.relm("append", "nowhere.ndjson")
    #expect(run.status == 66)
    #expect(run.remarks == "relm: cannot read nowhere.ndjson: No such file or directory\n")
  }

  @Test("attach keeps a file by its digest, and attaching it twice adds nothing")
  func attach() throws {
    try desk.write("all green\n", to: "report.txt")
    let words = ["attach", "report.txt", "--subject", "release/web/1.0"]
    let first = try desk.run(Desk.program, words)
    #expect(first.status == 0)
    #expect(first.text.hasPrefix("1 recorded document.attached release/web/1.0 "))
    let second = try desk.run(Desk.program, words)
    #expect(second.status == 0)
    #expect(second.text.hasPrefix("1 duplicate "))
    #expect(try desk.size() == 2)
    let record = try Desk.object(try desk.done("log", "--raw", "--from", "1"))
    let data = try #require(record["data"] as? [String: Any])
    let evidence = try #require(data["evidence"] as? NSDictionary)
    let sum = try desk.run("sha256sum", ["report.txt"]).text.prefix(64)
    #expect(
      evidence["digest"] as? String == "sha256:\(sum)" && evidence["mediaType"] as? String == "text/plain")
    #expect(evidence["size"] as? Int == 10 && evidence["name"] == nil)
    let kept = try FileManager.default.subpathsOfDirectory(atPath: desk.path(".relm/evidence"))
      .filter { $0.contains(sum.suffix(60)) }
    #expect(kept.count == 1)
    #expect(try desk.relm("verify").status == 0)
  }
}
