import Foundation
import Testing

@Suite("relm log, show, state, stats and views")
struct LookTests {
  private let desk: Desk
  private static let web = "release/web/1.0"

  init() throws {
    desk = try Desk.withLedger()
    try desk.done("record", "release.planned", "--subject", Self.web, "class=normal", "--id", "p-1")
    try desk.done(
      "record", "deployment.started", "--subject", Self.web, "deployment=d-1", "environment=production/eu",
      "--time",
      "2026-01-01T10:00:00Z")
    try desk.done(
      "record", "deployment.finished", "--subject", Self.web, "deployment=d-1", "environment=production/eu",
      "outcome=succeeded", "--time", "2026-01-01T11:00:00Z")
    try desk.done("record", "activity.recorded", "--subject", "release/api/2.0", "activity=x")
  }

  /// The positions that `relm log` lists with these filters.
  private func positions(_ filters: String...) throws -> [Int] {
    let run = try desk.run(Desk.program, ["log", "--format", "ndjson"] + filters)
    try #require(run.status == 0, "\(run.remarks)")
    return try run.lines.map { try #require(try Desk.object($0)["position"] as? Int) }
  }

  @Test("a log of a release of which only others speak says who does, and where")
  func spokenOf() throws {
    try desk.done("record", "release.superseded", "--subject", Self.web, "by=release/web/2.0")
    let run = try desk.relm("log", "release/web/2.0")
    #expect(run.status == 0 && run.text.isEmpty)
    #expect(
      run.remarks.contains(
        "no events of its own; others speak of it: release.superseded about release/web/1.0 at position 5"))
    // Nothing of a kind is another thing than nothing at all.
    #expect(try desk.relm("log", Self.web, "--type", "test.finished").remarks.contains("no events\n"))
  }

  @Test("log filters by stream, type, position and time, forwards and backwards")
  func filters() throws {
    #expect(try positions() == [0, 1, 2, 3, 4])
    #expect(try positions(Self.web) == [1, 2, 3])
    #expect(try positions("--type", "deployment.started") == [2])
    #expect(try positions("--type", "relm.deployment.started") == [2])
    #expect(try positions("--type", "deployment.*") == [2, 3])
    #expect(try positions("--from", "2", "--to", "4") == [2, 3])
    #expect(try positions("--reverse", "--limit", "2") == [4, 3])
    #expect(try positions("--since", "2026-01-01T10:30:00Z", "--until", "2026-01-02T00:00:00Z") == [3])
    #expect(try positions(Self.web, "--type", "deployment.*", "--reverse") == [3, 2])
    #expect(try desk.relm("log", "release/none/1").status == 66)
    #expect(try desk.relm("log", "--since", "yesterday").status == 64)
  }

  @Test("log --raw prints exactly the stored bytes, one record a line, and ndjson the same inside")
  func raw() throws {
    let raw = try desk.done("log", "--raw").split(separator: "\n")
    let ndjson = try desk.done("log", "--format", "ndjson").split(separator: "\n")
    #expect(raw.count == 5)
    for (position, (record, line)) in zip(raw, ndjson).enumerated() {
      #expect(line == #"{"event":\#(record),"position":\#(position)}"#)
      #expect(try desk.done("show", "\(position)", "--raw") == record + "\n")
    }
  }

  @Test("log --format csv has a title and a row an event; json is one array")
  func formats() throws {
    let csv = try desk.done("log", "--format", "csv", "--from", "2", "--to", "3").split(separator: "\r\n")
    #expect(csv.count == 2)
    #expect(
      csv.first?.hasPrefix("position,recordedtime,time,type,subject,authid,source,id,annulledBy,") == true)
    let fields = csv[1].split(separator: ",", omittingEmptySubsequences: false)
    #expect(fields[0] == "2")
    #expect(
      fields[2...6] == [
        "2026-01-01T10:00:00Z", "relm.deployment.started", "release/web/1.0", "ana@example.org", "/relm/cli",
      ])
    let json = try JSONSerialization.jsonObject(with: Data(try desk.done("log", "--format", "json").utf8))
    #expect((json as? [Any])?.count == 5)
  }

  @Test("CSV is that of RFC 4180: lines end in CRLF, and what holds a comma or a quote is quoted")
  func csv() throws {
    let subject = #"release/a,"b"/1"#
    try desk.done("record", "release.planned", "--subject", subject, "class=normal", "--id", "odd")
    let rows = try desk.done("log", "--format", "csv", "--type", "release.planned")
    #expect(rows.hasSuffix("\r\n"))
    #expect(!rows.replacing("\r\n", with: "").contains { $0.isNewline })
    #expect(rows.contains(#",relm.release.planned,"release/a,""b""/1",ana@example.org,/relm/cli,odd"#))
    #expect(
      try desk.done("state", "--format", "csv").hasPrefix("package,version,stage,plan.class,last.at,events\r\n")
    )
    let receipt = try desk.done(
      "record", "build.started", "--subject", "release/c/1", "build=b", "--id", "r", "--format", "csv")
    #expect(receipt.hasPrefix("position,status,type,subject,source,id,streamversion\r\n"))
  }

  @Test("a reader that stops reading ends the program quietly")
  func brokenPipe() throws {
    let run = try desk.run("bash", ["-c", "'\(Desk.program)' log --raw | head -1; echo ${PIPESTATUS[0]}"])
    #expect(run.lines.count == 2)
    #expect(run.lines.last == "0")
    #expect(run.remarks.isEmpty)
  }

  private static let hasScript: Bool = {
    do { return try Desk().run("script", ["--version"]).status == 0 } catch { return false }
  }()

  @Test(
    "on a terminal of 80 columns lines fit and titles are bold; with NO_COLOR, or where TERM is dumb, nothing is styled",
    .enabled(if: hasScript, "skipped: there is no script(1) here"))
  func terminal() throws {
    let package = String(repeating: "long-name-", count: 15)
    try desk.done("record", "activity.recorded", "--subject", "release/\(package)/1.0", "activity=x")
    func onTerminal(_ verb: String, _ variable: String, _ value: String) throws -> String {
      desk.environment["TERM"] = "xterm"
      desk.environment["SHELL"] = "/bin/sh"
      desk.environment[variable] = value
      defer { desk.environment["NO_COLOR"] = nil }
      let command = "stty cols 80; '\(Desk.program)' \(verb)"
      return try desk.run("script", ["-q", "-e", "-c", command, "/dev/null"]).text
    }
    for verb in ["log", "state", "log release/\(package)/1.0"] {
      #expect(try onTerminal(verb, "TERM", "xterm").contains("\u{1B}[1m"))
      let plain = try onTerminal(verb, "NO_COLOR", "1")
      #expect(!plain.contains("\u{1B}"))
      #expect(try onTerminal(verb, "TERM", "dumb") == plain)
      let lines = plain.split(whereSeparator: \.isNewline)
      #expect(lines.count > 1)
      #expect(lines.allSatisfy { $0.count <= 80 }, "\(plain)")
      // A table keeps all of a name, in several lines; a line of the log shortens it.
      #expect(plain.contains("…") == (verb != "state"))
    }
  }

  @Test("log --follow sees every event that another process appends, before the next one comes")
  func follow() throws {
    // A follower that misses an event would wait for ever, and the test with it.
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/timeout")
    process.arguments = ["100", Desk.program, "log", "--follow", "--from", "3", "--limit", "27", "--raw"]
    process.environment = desk.environment
    process.currentDirectoryURL = desk.folder
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    try pipe.fileHandleForWriting.close()
    var seen = Data()
    func wait(for lines: Int) throws {
      while seen.count(where: { $0 == UInt8(ascii: "\n") }) < lines {
        let more = pipe.fileHandleForReading.availableData
        try #require(!more.isEmpty, "it ended after \(seen.count(where: { $0 == UInt8(ascii: "\n") })) events")
        seen += more
      }
    }
    try wait(for: 2)
    for number in 3...27 {
      try desk.done("record", "activity.recorded", "--subject", Self.web, "activity=x")
      try wait(for: number)
    }
    // It ends by itself once it has seen as many as it was asked for.
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    #expect(String(decoding: seen, as: UTF8.self) == (try desk.done("log", "--raw", "--from", "3")))
  }

  @Test("show takes a position or an id, and exits 66 for what is not there")
  func show() throws {
    #expect(try desk.done("show", "1") == (try desk.done("show", "p-1")))
    #expect(try desk.done("show", "1").contains("class: normal\n"))
    let run = try desk.relm("show", "99")
    #expect(run.status == 66)
    #expect(run.remarks == "relm: there is no event '99': positions are 0 to 4, and no event has this id\n")
  }

  @Test("an id that several sources have used is told apart by --source")
  func ambiguous() throws {
    try desk.done("append", input: Desk.activity("p-1"))
    let run = try desk.relm("show", "p-1")
    #expect(run.status == 65)
    #expect(run.remarks.contains("/relm/cli"))
    #expect(try desk.done("show", "p-1", "--source", "/test").contains("Warmed the cache"))
  }

  @Test("state lists releases with their stage, and state environments what runs where")
  func state() throws {
    let rows = try desk.done("state").split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(rows.count == 3)
    #expect(rows[0] == ["PACKAGE", "VERSION", "STAGE", "CLASS", "LAST", "EVENTS"])
    #expect(rows[1].prefix(2) == ["api", "2.0"])
    #expect(rows[2].prefix(4) == ["web", "1.0", "deployed", "normal"])
    let running = try desk.done("state", "running").split(separator: "\n").map { $0.split(separator: " ") }
    #expect(running.count == 2)
    #expect(running[1] == ["production/eu", "web", "1.0", "2026-01-01T11:00:00Z", "d-1"])
    #expect(try desk.done("state", "environment/production/eu").contains("web"))
  }

  @Test("state SUBJECT --format json prints the view's row")
  func stateOfOne() throws {
    let row = try Desk.object(try desk.done("state", Self.web, "--format", "json"))
    #expect(row["package"] as? String == "web")
    #expect(row["version"] as? String == "1.0")
    #expect(row["stage"] as? String == "deployed")
    #expect(row["events"] as? Int == 3)
    let run = try desk.relm("state", "release/web/9.9")
    #expect(run.status == 66)
    #expect(run.text.isEmpty)
    #expect(run.remarks.contains("release/web/9.9"))
  }

  @Test("a format stands in RELM_FORMAT, and an unknown one is refused")
  func format() throws {
    desk.environment["RELM_FORMAT"] = "csv"
    #expect(
      try desk.done("state", "running").hasPrefix(
        "environment,package,version,since,deployment,share,though,byRollback\r\n"))
    desk.environment["RELM_FORMAT"] = "xml"
    #expect(try desk.relm("state").status == 64)
    desk.environment["RELM_FORMAT"] = nil
    #expect(try desk.relm("state", "--format", "xml").status == 64)
  }

  @Test("the views deleted, the state is the same; and rebuilt, too")
  func viewsDeleted() throws {
    let questions = [
      ["state"], ["state", "running"], ["state", Self.web, "--format", "json"],
      ["stats", "--format", "csv"],
    ]
    let before = try questions.map { try desk.run(Desk.program, $0).text }
    try FileManager.default.removeItem(atPath: desk.path(".relm/views"))
    #expect(try questions.map { try desk.run(Desk.program, $0).text } == before)
    #expect(try desk.done("views", "rebuild") == "rebuilt the views from 5 events\n")
    #expect(try questions.map { try desk.run(Desk.program, $0).text } == before)
    #expect(try desk.relm("verify").status == 0)
  }

  @Test("views lists every view, how many rows it has and how far it has come")
  func views() throws {
    let list = try desk.done("views", "list", "--format", "csv").split(separator: "\r\n")
    #expect(list.first == "view,rows,folded")
    #expect(list.contains("releases,2,5"))
    #expect(list.contains("running,1,5"))
    #expect(try desk.done("views") == (try desk.done("views", "list")))
  }

  @Test("stats tell the key, the counts and sizes that are not nothing")
  func stats() throws {
    let text = try desk.done("stats")
    let facts = Dictionary(
      text.split(separator: "\n").map { line in
        let parts = line.split(separator: " ").map(String.init)
        return (parts.dropLast().joined(separator: " "), parts.last ?? "")
      }, uniquingKeysWith: { first, _ in first })
    #expect(facts["records"] == "5")
    #expect(facts["streams"] == "3")
    #expect(facts["origin"] == "example.org/releases")
    #expect(facts["deployment.started"] == "1")
    #expect(text.contains("log on disk"))
    #expect(!text.contains(" 0 KiB"))
    #expect(!text.contains(" 0.0 MiB"))
  }

  @Test("what is not a terminal gets no colour and no cut lines")
  func plain() throws {
    let package = String(repeating: "long-name-", count: 15)
    try desk.done("record", "activity.recorded", "--subject", "release/\(package)/1.0", "activity=x")
    for verb in [["state"], ["log"], ["stats"], ["views"], ["--help"], ["record", "--help", "build.started"]] {
      let run = try desk.run(Desk.program, verb)
      #expect(run.status == 0)
      #expect(!run.output.contains(0x1B), "\(verb)")
    }
    #expect(try desk.done("state").contains(package))
    #expect(try desk.done("log").contains(package))
  }
}
