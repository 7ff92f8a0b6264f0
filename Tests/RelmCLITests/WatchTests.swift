import Foundation
import RelmBytes
import Testing

@Suite("relm watch")
struct WatchTests {
  private let desk: Desk
  private static let web = "release/web/1.0"

  init() throws {
    desk = try Desk.withLedger()
    try desk.done("record", "release.planned", "--subject", Self.web, "class=normal", "--id", "p-1")
    for (id, time) in [("d-1", "2026-01-01T10:00:00Z"), ("d-2", "2026-01-01T11:00:00Z")] {
      try desk.done(
        "record", "deployment.started", "--subject", Self.web, "deployment=\(id)", "environment=production/eu",
        "--id", id, "--time", time)
    }
    try desk.done("record", "activity.recorded", "--subject", "release/api/2.0", "activity=x", "--id", "a-1")
  }

  private func append(_ id: String) throws {
    try desk.done("record", "activity.recorded", "--subject", "release/api/2.0", "activity=x", "--id", id)
  }

  private func text(_ name: String) throws -> String {
    String(decoding: try desk.bytes(of: name), as: UTF8.self)
  }

  private func lines(_ name: String) throws -> [String] {
    guard desk.exists(name) else { return [] }
    return try text(name).split(separator: "\n").map(String.init)
  }

  /// The positions that one run prints.
  private func positions(_ words: String...) throws -> [Int] {
    let run = try desk.run(Desk.program, ["watch", "--format", "ndjson"] + words)
    try #require(run.status == 0, "\(run.remarks)")
    return try run.lines.map { try #require(try Desk.object($0)["position"] as? Int) }
  }

  // MARK: What comes out

  @Test("the command gets each event once, in order, as log prints it, with what it is in its environment")
  func command() throws {
    let say =
      #"printf '%s\n' "$RELM_POSITION $RELM_TYPE $RELM_SUBJECT $RELM_ID" >> named; cat >> seen; echo out"#
    let run = try desk.relm("watch", "--from", "0", "--once", "--exec", say)
    #expect(run.status == 0)
    #expect(run.lines == Array(repeating: "out", count: 5))
    #expect(run.remarks.isEmpty)
    #expect(try text("seen") == (try desk.done("log", "--format", "ndjson")))
    #expect(
      try lines("named").dropFirst() == [
        "1 relm.release.planned \(Self.web) p-1", "2 relm.deployment.started \(Self.web) d-1",
        "3 relm.deployment.started \(Self.web) d-2", "4 relm.activity.recorded release/api/2.0 a-1",
      ])
  }

  @Test(
    "what an event does not have is not in the command's environment, and the command's relm finds the ledger")
  func environment() throws {
    try desk.done(
      "append",
      input:
        #"{"specversion":"1.0","type":"org.example.thing","source":"/t","id":"1","data":{"a":"\#(String(repeating: "x", count: 50_000))"}}"#
    )
    desk.environment["RELM_SUBJECT"] = "left over"
    let run = try desk.relm(
      "watch", "--ledger", ".relm", "--from", "5", "--once", "--exec",
      "cd /; echo ${RELM_SUBJECT-none} $RELM_TYPE; '\(Desk.program)' show $RELM_POSITION --raw | wc -l; wc -c")
    #expect(run.lines.prefix(2) == ["none org.example.thing", "1"])
    #expect(Int(run.lines[2]).map { $0 > 50_000 } == true)
  }

  @Test("a command that reads nothing, and one whose pipeline breaks, succeed")
  func lazyCommand() throws {
    let run = try desk.relm(
      "watch", "--from", "0", "--once", "--exec", "yes | head -1 > yes; exit ${PIPESTATUS:-0}")
    #expect(run.status == 0, "\(run.remarks)")
    #expect(run.remarks.isEmpty)
  }

  @Test("what is there by now can be an array, as log has it, and what is still to come cannot")
  func array() throws {
    let logged = try desk.done("log", "--format", "json")
    #expect(try desk.done("watch", "--from", "0", "--once", "--format", "json") == logged)
    let end = try desk.size()
    let none = try desk.done("watch", "--from", "\(end)", "--once", "--format", "json")
    #expect(none.filter { !$0.isWhitespace } == "[]")
    let endless = try desk.relm("watch", "--from", "0", "--format", "json")
    #expect(endless.status == 64 && endless.remarks.contains("--once"), "\(endless.remarks)")
  }

  @Test("the formats are those of log, and filters narrow as they do there")
  func formats() throws {
    for format in ["csv", "ndjson", "table"] {
      let logged = try desk.done("log", "--format", format)
      let watched = try desk.done("watch", "--from", "0", "--once", "--format", format)
      func words(_ text: String) -> [[Substring]] {
        text.split(whereSeparator: \.isNewline).map { $0.split(separator: " ") }
      }
      #expect(words(watched) == words(logged), "\(format)")
    }
    let filters: [[String]] = [
      [Self.web], ["--type", "deployment.started"], ["--type", "deployment.*"], ["--from", "3"],
      ["--since", "2026-01-01T10:30:00Z", "--until", "2026-01-02T00:00:00Z"], ["--limit", "2"],
      ["--limit", "0"],
      [Self.web, "--type", "deployment.*", "--limit", "1"],
    ]
    for filter in filters {
      let from = filter.contains("--from") ? [] : ["--from", "0"]
      let watched = try desk.run(Desk.program, ["watch", "--once", "--format", "ndjson"] + from + filter)
      #expect(watched.status == 0)
      #expect(
        watched.text == (try desk.run(Desk.program, ["log", "--format", "ndjson"] + filter).text), "\(filter)")
    }
  }

  @Test("every event of another process comes out before the next one is there, and --limit ends it")
  func live() throws {
    let watching = try Watching(
      desk, ["watch", "--from", "2", "--type", "activity.*", "--limit", "12", "--format", "ndjson"])
    try watching.wait(forLines: 1)
    for number in 2...12 {
      try desk.done("record", "build.started", "--subject", Self.web, "build=b\(number)")
      try append("a-\(number)")
      try watching.wait(forLines: number)
    }
    #expect(watching.status() == 0)
    let logged = try desk.done("log", "--format", "ndjson", "--type", "activity.*").split(separator: "\n")
    #expect(try watching.wait(forLines: 12) == logged.map(String.init))
  }

  @Test("log --follow ends at --to and at --limit, and with 0 when it is asked to")
  func follow() throws {
    for words in [["--to", "4"], ["--limit", "2"], ["--to", "5", "--limit", "2"]] {
      let run = try desk.run(Desk.program, ["log", "--follow", "--from", "2", "--raw"] + words)
      #expect(run.status == 0)
      #expect(run.text == (try desk.done("log", "--raw", "--from", "2", "--to", "4")))
    }
    let following = try Watching(desk, ["log", "--follow", "--from", "4", "--raw"])
    try following.wait(forLines: 1)
    following.send(SIGINT)
    #expect(following.status() == 0)
  }

  // MARK: Cursors

  @Test(
    "a cursor goes on where it was; a new one begins at the log's end, or at --from, which counts only then")
  func resume() throws {
    #expect(try positions("--cursor", "all", "--once", "--from", "0") == [0, 1, 2, 3, 4])
    #expect(try positions("--cursor", "all", "--once", "--from", "0") == [])
    #expect(try positions("--cursor", "new", "--once") == [])
    try append("a-2")
    try append("a-3")
    #expect(try positions("--cursor", "all", "--once", "--limit", "1") == [5])
    #expect(try positions("--cursor", "all", "--once") == [6])
    #expect(try positions("--cursor", "new", "--once", "--from", "0") == [5, 6])
    #expect(try positions("--cursor", "two", "--once", "--from", "2", "--type", "deployment.*") == [2, 3])
    // It has passed what it was not asked for.
    #expect(try positions("--cursor", "two", "--once") == [])
    #expect(
      try desk.done("watch", "--list", "--format", "csv")
        == "cursor,next,behind,state\r\nall,7,0,good\r\nnew,7,0,good\r\ntwo,7,0,good\r\n")
    try append("a-4")
    #expect(
      try desk.done("watch", "--list", "--format", "ndjson").split(separator: "\n").first
        == #"{"cursor":"all","next":7,"behind":1,"state":"good"}"#)
    try desk.done("watch", "--forget", "all")
    #expect(try desk.relm("watch", "--forget", "all").status == 66)
    #expect(try desk.done("watch", "--list").contains("all") == false)
    #expect(try FileManager.default.contentsOfDirectory(atPath: desk.path(".relm/local/cursors")).count == 4)
    let late = try desk.relm("watch", "--cursor", "late", "--from", "9", "--once")
    #expect(late.status == 65)
    #expect(late.remarks.contains("the log has 8 records"))
  }

  @Test("a watcher that nobody's events pass still keeps its cursor near the end")
  func idleCursor() throws {
    let watching = try Watching(
      desk, ["watch", "--cursor", "idle", "--from", "0", "--type", "release.planned"])
    try watching.wait(forLines: 2)
    // It waits for nothing but the clock of the watcher; a watcher that never moves it would hang, and be ended.
    while try Desk.object(try desk.done("watch", "--list", "--format", "ndjson"))["behind"] as? Int != 0 {
      usleep(50_000)
    }
    watching.send(SIGTERM)
    #expect(watching.status() == 0)
  }

  @Test("a command that fails leaves the cursor before its event, and nothing after it is handled")
  func failing() throws {
    try desk.done("watch", "--cursor", "c", "--from", "1", "--once", "--limit", "1")
    let before = try desk.bytes(of: ".relm/local/cursors/c")
    for (end, words) in [
      ("exit 3", "ended with status 3"), ("kill -9 $$", "was ended by signal 9"),
      ("nonesuch-\(UUID())", "ended with status 127"),
    ] {
      let run = try desk.relm("watch", "--cursor", "c", "--once", "--exec", "echo $RELM_POSITION; \(end)")
      #expect(run.status == 1)
      #expect(run.text == "2\n")
      #expect(
        run.remarks.hasSuffix(
          "relm: position 2 (deployment.started, \(Self.web)): the command \(words); this event is not handled\n"
        ))
      #expect(try desk.bytes(of: ".relm/local/cursors/c") == before)
    }
    let run = try desk.relm(
      "watch", "--cursor", "c", "--once", "--exec", "echo $RELM_POSITION; test $RELM_POSITION != 4")
    #expect(run.status == 1)
    #expect(run.text == "2\n3\n4\n")
    #expect(try positions("--cursor", "c", "--once") == [4])
  }

  @Test("--retry tries the same event again until the command succeeds, and then goes on")
  func retry() throws {
    let run = try desk.relm(
      "watch", "--from", "2", "--once", "--retry", "--exec",
      "echo $RELM_POSITION; test $RELM_POSITION = 2 || test -e ok || { touch ok; exit 9; }")
    #expect(run.status == 0)
    #expect(run.text == "2\n3\n3\n4\n")
    #expect(
      run.remarks
        == "relm: position 3 (deployment.started, \(Self.web)): the command ended with status 9; trying again in 1 s\n"
    )
    let watching = try Watching(
      desk, ["watch", "--cursor", "c", "--from", "2", "--retry", "--exec", "echo no; false"])
    try watching.wait(forLines: 2)
    watching.send(SIGTERM)
    #expect(watching.status() == 1)
    #expect(try watching.remarks().contains("position 2"))
    #expect(try positions("--cursor", "c", "--once", "--limit", "1") == [2])
  }

  @Test("a cursor of another ledger, of another history or of no sense is refused, and handles nothing")
  func foreignCursor() throws {
    try desk.copy(".relm", to: "older")
    try desk.done("init", "same", "--origin", "example.org/releases", "--owner", "ana@example.org")
    try desk.done("init", "other", "--origin", "example.org/other", "--owner", "ana@example.org")
    try append("a-2")
    try desk.done("watch", "--cursor", "early", "--from", "1", "--once", "--limit", "0")
    try desk.done("watch", "--cursor", "late", "--once")
    for ledger in ["older", "same", "other"] {
      try FileManager.default.removeItem(atPath: desk.path("\(ledger)/local"))
      try desk.copy(".relm/local", to: "\(ledger)/local")
    }
    func refused(_ ledger: String, _ cursor: String, _ words: String) throws {
      let run = try desk.relm("watch", "--ledger", ledger, "--cursor", cursor, "--once", "--from", "0")
      #expect(run.status == 65, "\(ledger) \(cursor)")
      #expect(run.text.isEmpty)
      #expect(run.remarks.contains(words), "\(run.remarks)")
      #expect(run.remarks.contains("relm watch --forget \(cursor)"))
    }
    try refused("other", "early", "is of the ledger example.org/releases, and this is example.org/other")
    try refused("same", "early", "position 0 holds another event")
    try refused("same", "late", "the log has only 1 record:")
    try refused("older", "late", "restored from an older copy")
    #expect(try desk.relm("watch", "--ledger", "older", "--cursor", "early", "--once").lines.count == 5)
    try desk.write("{}\n", to: ".relm/local/cursors/early")
    try refused(".relm", "early", "does not read")
    let list = try desk.done("watch", "--list", "--format", "csv").split(separator: "\r\n")
    #expect(list.contains("early,,,does not read"))
    #expect(try desk.done("watch", "--list", "--ledger", "same").contains("has only 1 record"))
    // Another event at the same place: cut off, and written anew.
    try desk.done("record", "--ledger", "older", "build.started", "--subject", Self.web, "build=b")
    try refused("older", "late", "position 5 holds another event")
  }

  @Test(
    "of two watchers on one cursor the second is refused with 75, until the first has ended, however that ends")
  func two() throws {
    let first = try Watching(desk, ["watch", "--cursor", "c", "--from", "4", "--format", "ndjson"])
    try first.wait(forLines: 1)
    let second = try desk.relm("watch", "--cursor", "c", "--once")
    #expect(second.status == 75)
    #expect(second.text.isEmpty)
    #expect(second.remarks.hasPrefix("relm: another watcher has the cursor c; "))
    #expect(try desk.relm("watch", "--forget", "c").status == 75)
    #expect(try positions("--cursor", "d", "--once", "--from", "4") == [4])
    first.send(SIGKILL)
    #expect(first.status() == 128 + SIGKILL)
    #expect(try desk.relm("watch", "--cursor", "c", "--once").status == 0)
    try desk.done("watch", "--forget", "c")
  }

  @Test(
    "asked to stop, it lets the command finish, saves, and exits 0; asked again, it passes that on",
    arguments: [SIGINT, SIGTERM])
  func stopping(signal: Int32) throws {
    let watching = try Watching(
      desk,
      [
        "watch", "--cursor", "c", "--from", "2", "--exec",
        "echo begun; sleep 1; echo ended; echo $RELM_POSITION >> done",
      ])
    try watching.wait(forLines: 1)
    watching.send(signal)
    #expect(watching.status() == 0)
    #expect(try watching.wait(forLines: 2) == ["begun", "ended"])
    #expect(try lines("done") == ["2"])
    #expect(try positions("--cursor", "c", "--once", "--limit", "1") == [3])

    let hanging = try Watching(
      desk, ["watch", "--cursor", "c", "--exec", "echo begun; sleep 1000; echo ended"])
    try hanging.wait(forLines: 1)
    // The first may not have been taken yet when the second comes, and two that wait are one.
    while try !hanging.remarks().contains("relm: ") {
      hanging.send(signal)
      usleep(20_000)
    }
    #expect(hanging.status() == 1)
    #expect(try hanging.remarks().contains("was ended by signal \(signal)"))
    #expect(try positions("--cursor", "c", "--once") == [4])
  }

  @Test("SIGINT that was ignored at the start stays so, as for what a shell runs in the background")
  func ignoredSignal() throws {
    let script = """
      trap '' INT
      '\(Desk.program)' watch --from 4 --format ndjson > seen & pid=$!
      until test -s seen; do sleep 0.05; done
      kill -INT $pid
      '\(Desk.program)' record build.started --subject \(Self.web) build=b > /dev/null
      until test $(wc -l < seen) = 2; do sleep 0.05; done
      kill -TERM $pid
      wait $pid
      echo $?
      """
    #expect(try desk.run("timeout", ["60", "bash", "-c", script]).text == "0\n")
  }

  @Test(
    "killed again and again while another process appends, watchers skip nothing, and each kill doubles at most one event"
  )
  func kills() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var chance = SplitMix64(seed: seed)
    let appending = Process()
    appending.executableURL = URL(filePath: "/usr/bin/env")
    appending.arguments = [
      "bash", "-c",
      "until test -e enough; do '\(Desk.program)' record activity.recorded --subject \(Self.web) activity=x; done",
    ]
    appending.environment = desk.environment
    appending.currentDirectoryURL = desk.folder
    appending.standardOutput = FileHandle.nullDevice
    try appending.run()
    defer { if appending.isRunning { kill(appending.processIdentifier, SIGKILL) } }

    let say = #"cat > /dev/null; printf '%s %s\n' "$ROUND" "$RELM_POSITION" >> handled; echo"#
    let rounds = 40
    var kills = 0
    for round in 0..<rounds {
      let watching = try Watching(
        desk, ["watch", "--cursor", "c", "--from", "0", "--exec", say], environment: ["ROUND": "\(round)"])
      // Every other one lives until it has handled something, however slow the machine is.
      if round % 2 == 1 { try watching.wait(forLines: 1) }
      usleep(UInt32.random(in: 0...150_000, using: &chance))
      watching.send(SIGKILL)
      if watching.status() == 128 + SIGKILL { kills += 1 }
    }
    #expect(kills == rounds, "seed \(seed): one ended by itself")
    try desk.write("", to: "enough")
    appending.waitUntilExit()
    desk.environment["ROUND"] = "\(rounds)"
    try desk.done("watch", "--cursor", "c", "--once", "--exec", say)

    var handled: [Int: [Int]] = [:]
    for line in try lines("handled") {
      let numbers = line.split(separator: " ").compactMap { Int($0) }
      handled[numbers[0], default: []].append(numbers[1])
    }
    // Each watcher goes on behind the last event of the one before, or with that event again.
    var last = -1
    for round in handled.keys.sorted() {
      let positions = try #require(handled[round])
      #expect(
        [last, last + 1].contains(positions[0]), "seed \(seed), round \(round): \(last), then \(positions)")
      #expect(positions == Array(positions[0]..<positions[0] + positions.count), "seed \(seed), round \(round)")
      last = positions[positions.count - 1]
    }
    #expect(last + 1 == (try desk.size()))
    #expect(handled.count > rounds / 2, "seed \(seed)")
    let files = try FileManager.default.contentsOfDirectory(atPath: desk.path(".relm/local/cursors"))
    #expect(Set(files).subtracting(["c~new"]) == ["c", "c~lock"])
  }

  // MARK: Usage

  @Test(
    "what cannot be meant exits 64 and says why",
    arguments: [
      ["--cursor", "../c"], ["--cursor", ".."], ["--cursor", "a b"], ["--cursor", "a/b"], ["--forget", "ü"],
      ["--once"], ["--retry"], ["--list", "--once", "--cursor", "c"], ["--list", "--forget", "c"],
      ["--format", "json"], ["--exec", "true", "--format", "table"], ["--exec", ""],
      ["--cursor", String(repeating: "x", count: 201)], ["--since", "yesterday"],
    ])
  func usage(words: [String]) throws {
    let run = try desk.run(Desk.program, ["watch"] + words)
    #expect(run.status == 64)
    #expect(run.text.isEmpty)
    #expect(run.remarks.hasPrefix(words.contains("json") ? #"{"code":64,"# : "relm: "), "\(run.remarks)")
    #expect(!desk.exists(".relm/local/cursors"))
  }
}
