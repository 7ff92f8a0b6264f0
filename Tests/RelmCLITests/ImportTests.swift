import Foundation
import Testing

@Suite("relm import")
struct ImportTests {
  private let desk: Desk

  init() throws { desk = try Desk.withLedger() }

  private static let log = """
    2026-01-10 09:00:00 startup archives unpack
    2026-01-10 09:00:01 install bash:amd64 <none> 5.2-1
    2026-01-10 09:00:02 status half-installed bash:amd64 5.2-1
    2026-01-10 09:00:03 status unpacked bash:amd64 5.2-1
    2026-01-10 09:00:04 configure bash:amd64 5.2-1 <none>
    2026-01-10 09:00:05 status installed bash:amd64 5.2-1
    2026-01-10 09:00:06 install jq:amd64 <none> 1.6-1
    2026-01-10 09:00:07 status installed jq:amd64 1.6-1
    2026-07-11 10:00:01 upgrade bash:amd64 5.2-1 5.2-2
    2026-07-11 10:00:05 status installed bash:amd64 5.2-2
    2026-07-11 10:00:06 remove jq:amd64 1.6-1 <none>
    2026-07-11 10:00:07 status not-installed jq:amd64 <none>

    """

  @Test(
    "a log that is packed is read as it is, by its name, from a pipe and in a row with others; half a packed one is refused"
  )
  func packed() throws {
    try desk.write(Self.log, to: "dpkg.log")
    try #require(try desk.run("gzip", ["-k", "dpkg.log"]).status == 0)
    let words = ["import", "dpkg-log", "--host", "web1", "--time-zone", "UTC"]
    let plain = try desk.done(words + ["--print", "dpkg.log"])
    #expect(plain.split(separator: "\n").count > 5)
    #expect(try desk.done(words + ["--print", "dpkg.log.gz"]) == plain)
    for pipe in ["cat dpkg.log.gz", "cat dpkg.log"] {
      let run = try desk.run(
        "bash", ["-c", "\(pipe) | '\(Desk.program)' \(words.joined(separator: " ")) --print -"])
      #expect(run.status == 0 && run.text == plain, "\(pipe): \(run.remarks)")
    }
    let whole = try desk.bytes(of: "dpkg.log.gz")
    try whole.prefix(whole.count - 20).write(to: URL(filePath: desk.path("half.gz")))
    let half = try desk.run(Desk.program, words + ["half.gz"])
    #expect(
      half.status == 65 && half.remarks.contains("half.gz") && half.remarks.contains("gzip"), "\(half.remarks)")
    #expect(try desk.size() == 1)
    #expect(try desk.run(Desk.program, words + ["dpkg.log.gz"]).status == 0)
  }

  @Test("a dpkg log becomes what runs on the host, and importing it again adds nothing")
  func dpkg() throws {
    try desk.write(Self.log, to: "dpkg.log")
    let words = ["import", "dpkg-log", "dpkg.log", "--host", "web1", "--time-zone", "UTC"]
    let first = try desk.run(Desk.program, words)
    #expect(first.status == 0, "\(first.remarks)")
    #expect(first.lines.allSatisfy { $0.contains(" recorded ") })
    // What dpkg cannot know is not missed.
    #expect(!first.remarks.contains("ever built"), "\(first.remarks)")
    let size = try desk.size()
    let state = try desk.done("state", "running", "--format", "csv")
    #expect(
      state.split(separator: "\r\n").map { $0.split(separator: ",").prefix(4).joined(separator: ",") }
        == [
          "environment,package,version,since", "host/web1,bash:amd64,5.2-2,2026-07-11T10:00:05Z",
        ])
    let second = try desk.run(Desk.program, words)
    #expect(second.status == 0)
    #expect(second.lines.count == first.lines.count)
    #expect(second.lines.allSatisfy { $0.contains(" duplicate ") })
    #expect(second.remarks == "0 recorded, \(first.lines.count) duplicates\n")
    #expect(try desk.size() == size)
    #expect(try desk.done("state", "running", "--format", "csv") == state)
    #expect(try desk.relm("verify").status == 0)
  }

  @Test("the log's times are read in the zone that --time-zone names, summer time included, and told in UTC")
  func zone() throws {
    try desk.write(Self.log, to: "dpkg.log")
    try desk.done("import", "dpkg-log", "dpkg.log", "--host", "web1", "--time-zone", "Europe/Berlin", "--quiet")
    let times = try desk.done("log", "--type", "deployment.*", "--raw").split(separator: "\n")
      .compactMap { try Desk.object(String($0))["time"] as? String }
    #expect(times.contains("2026-01-10T08:00:05Z"), "\(times)")
    #expect(times.contains("2026-07-11T08:00:05Z"), "\(times)")
  }

  @Test(
    "a zone that the system does not know is refused",
    arguments: ["Europe/Nowhere", "../../etc/passwd", "/etc"])
  func badZone(zone: String) throws {
    try desk.write(Self.log, to: "dpkg.log")
    let run = try desk.relm("import", "dpkg-log", "dpkg.log", "--host", "web1", "--time-zone", zone)
    #expect(run.status == 64)
    #expect(run.remarks.contains("no time zone '\(zone)'"))
    #expect(try desk.size() == 1)
  }

  @Test("a line that is none of dpkg's exits 65 with its number, and nothing is appended")
  func badLine() throws {
    try desk.write(Self.log + "2026-13-45 nonsense\n", to: "dpkg.log")
    let run = try desk.relm("import", "dpkg-log", "dpkg.log", "--host", "web1", "--time-zone", "UTC")
    #expect(run.status == 65)
    #expect(run.text.isEmpty)
    #expect(run.remarks.contains("dpkg.log"))
    #expect(run.remarks.contains("line 13"))
    #expect(run.remarks.contains("Nothing was appended"))
    #expect(try desk.size() == 1)
    #expect(try desk.relm("import", "dpkg-log", "nowhere").status == 66)
  }

  @Test("a last line that is still being written is left for the next import")
  func unfinishedLine() throws {
    let lines = Self.log.split(separator: "\n").map(String.init)
    try desk.write(lines.dropLast(2).joined(separator: "\n") + "\n" + "2026-07-11 10:00:06 rem", to: "dpkg.log")
    let words = ["import", "dpkg-log", "dpkg.log", "--host", "web1", "--time-zone", "UTC", "--quiet"]
    let run = try desk.run(Desk.program, words)
    #expect(run.status == 0)
    #expect(run.remarks.contains("line 11 does not end"))
    try desk.write(Self.log, to: "dpkg.log")
    #expect(try desk.run(Desk.program, words).status == 0)
    #expect(!(try desk.done("state", "running").contains("jq")))
  }

  @Test("--print shows the events and appends nothing")
  func print() throws {
    try desk.write(Self.log, to: "dpkg.log")
    let text = try desk.done(
      "import", "dpkg-log", "dpkg.log", "--host", "web1", "--time-zone", "UTC", "--print")
    #expect(try desk.size() == 1)
    #expect(try desk.done("append", "--quiet", input: text).isEmpty)
    #expect(try desk.done("state", "running").contains("bash:amd64"))
  }

  @Test(
    "after importing this machine's dpkg log, the state agrees with dpkg-query for every package that it covers"
  )
  func thisMachine() throws {
    let path = "/var/log/dpkg.log"
    guard let log = FileManager.default.contents(atPath: path), !log.isEmpty,
      case let query = try desk.run(
        "dpkg-query", ["-W", "-f", "${Package}:${Architecture} ${Version} ${db:Status-Status}\n"]),
      query.status == 0
    else {
      Swift.print("skipped: this machine has no dpkg log, or no dpkg-query, to compare with")
      return
    }
    try desk.done("import", "dpkg-log", path, "--host", "here", "--quiet")
    let size = try desk.size()
    try desk.done("import", "dpkg-log", path, "--host", "here", "--quiet")
    #expect(try desk.size() == size)

    var installed: [String: String] = [:]
    for line in query.lines {
      let words = line.split(separator: " ").map(String.init)
      if words.count == 3, words[2] == "installed" { installed[words[0]] = words[1] }
    }
    var covered: Set<String> = []
    for line in String(decoding: log, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 6, ["install", "upgrade", "remove", "purge"].contains(words[2]) else { continue }
      covered.insert(words[3])
    }
    var running: [String: String] = [:]
    for line in try desk.done("state", "running", "--format", "csv").split(separator: "\r\n").dropFirst() {
      let fields = line.split(separator: ",").map(String.init)
      running[fields[1]] = fields[2]
    }
    try #require(!covered.isEmpty)
    for package in covered.sorted() { #expect(running[package] == installed[package], "\(package)") }
    for package in running.keys where !covered.contains(package) {
      #expect(running[package] == installed[package], "\(package)")
    }
    Swift.print("compared \(covered.count) packages with dpkg-query")
  }

  @Test("a repository's tags become planned and published releases with commit, tagger and time, once")
  func gitTags() throws {
    func git(_ words: String...) throws {
      let run = try desk.run("git", ["-C", desk.path("shop")] + words)
      try #require(run.status == 0, "git \(words): \(run.remarks)")
    }
    desk.environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
    desk.environment["GIT_AUTHOR_DATE"] = "2026-02-03T04:05:06+0000"
    desk.environment["GIT_COMMITTER_DATE"] = "2026-02-03T04:05:06+0000"
    try FileManager.default.createDirectory(atPath: desk.path("shop"), withIntermediateDirectories: false)
    try git("init", "-q")
    try git("config", "user.name", "Bo Tagger")
    try git("config", "user.email", "bo@tags.example")
    try git("commit", "-q", "--allow-empty", "-m", "first")
    try git("tag", "v1.0")
    try git("tag", "-a", "v1.1", "-m", "the second")
    let commit = try desk.run("git", ["-C", desk.path("shop"), "rev-parse", "HEAD"]).lines[0]

    let first = try desk.relm("import", "git-tags", "shop")
    #expect(first.status == 0, "\(first.remarks)")
    #expect(first.lines.count == 4)
    let rows = try desk.done("state", "--format", "csv").split(separator: "\r\n").dropFirst()
    #expect(rows.count == 2)
    #expect(rows.allSatisfy { $0.hasPrefix("shop,") })
    let raw = try desk.done("log", "--raw", "--from", "1")
    #expect(raw.contains(commit))
    #expect(raw.contains("2026-02-03T04:05:06"))
    #expect(!raw.contains("bo@tags.example"))
    #expect(!raw.contains("Bo Tagger"))
    let size = try desk.size()
    let second = try desk.relm("import", "git-tags", "shop")
    #expect(second.status == 0)
    #expect(second.lines.allSatisfy { $0.contains(" duplicate ") })
    #expect(try desk.size() == size)
    #expect(try desk.relm("import", "git-tags", "nowhere").status == 66)
  }

  @Test(
    "a tag that was moved is told with both commits and recorded as a finding, a deleted one is told, and one that was moved back is published again"
  )
  func movedTags() throws {
    @discardableResult
    func git(_ words: String...) throws -> String {
      let run = try desk.run("git", ["-C", desk.path("shop")] + words)
      try #require(run.status == 0, "git \(words): \(run.remarks)")
      return run.lines.first ?? ""
    }
    func imported() throws -> String {
      let run = try desk.relm("import", "git-tags", "shop", "--package-from", "^(web)-v(.+)$")
      try #require(run.status == 0, "\(run.remarks)")
      return run.remarks
    }
    desk.environment["GIT_CONFIG_GLOBAL"] = "/dev/null"
    for name in ["AUTHOR", "COMMITTER"] {
      desk.environment["GIT_\(name)_NAME"] = "Bo"
      desk.environment["GIT_\(name)_EMAIL"] = "bo@tags.example"
    }
    try FileManager.default.createDirectory(atPath: desk.path("shop"), withIntermediateDirectories: false)
    try git("init", "-q")
    try git("commit", "-q", "--allow-empty", "-m", "first")
    let first = try git("rev-parse", "HEAD")
    try git("tag", "v1")
    try git("tag", "-a", "web-v2.0", "-m", "mapped")
    try git("tag", "-a", "-m", "nested", "again", "web-v2.0")
    #expect(try imported().contains("2 annotated tags, 1 lightweight ones"))
    #expect(try desk.done("log", "release/web/2.0").contains("package.published"))
    #expect(try desk.done("log", "release/shop/again").contains("package.published"))

    try git("commit", "-q", "--allow-empty", "-m", "second")
    let second = try git("rev-parse", "HEAD")
    try git("tag", "-f", "v1")
    try git("tag", "-d", "web-v2.0")
    let remarks = try imported()
    #expect(remarks.contains("the tag v1 was moved: it named \(first) before, and names \(second) now"))
    #expect(remarks.contains("the tag 2.0 is no longer there; it named \(first)"))
    #expect(try desk.done("log", "release/shop/v1").contains("result.logged"))
    let size = try desk.size()
    #expect(try !imported().contains("was moved"))
    #expect(try desk.size() == size)

    try git("tag", "-f", "v1", first)
    #expect(try imported().contains("it named \(second) before, and names \(first) now"))
    #expect(try desk.done("state", "shop/v1").contains(String(first.prefix(16))))
    #expect(try !imported().contains("was moved"))
    try git("tag", "-d", "v1")
    #expect(try imported().contains("the tag v1 is no longer there; it named \(first)"))
    #expect(try !imported().contains("no longer there"))
  }
}
