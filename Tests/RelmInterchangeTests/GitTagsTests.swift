import Foundation
import RelmInterchange
import Testing

@Suite("tags of a Git repository are planned and published releases")
struct GitTagsTests {
  private static let tagObject = String(repeating: "a", count: 40)
  private static let commit = String(repeating: "c", count: 40)

  @Test("an annotated tag speaks with its tagger's voice")
  func annotated() throws {
    let tags = try GitTags(Self.annotated("v1.0"))
    #expect(tags.others.isEmpty)
    let tag = try #require(tags.tags.first)
    #expect(tag.isAnnotated && tag.object == Self.tagObject && tag.commit == Self.commit)
    #expect(
      try [tag.planned(in: "acme/api"), tag.published(in: "acme/api")].told == [
        "planned release/acme/api/v1.0 2023-11-14T23:13:20+01:00 First release by ana@example.org",
        "published release/acme/api/v1.0 2023-11-14T23:13:20+01:00 gitCommit:\(Self.commit) by ana@example.org",
      ])
    let planned = try Told(tag.planned(in: "acme/api"))
    #expect(try planned.text("/data/class") == "normal")
    #expect(try planned.text("/data/commits/0/id") == Self.commit)
    #expect(try planned.text("/data/commits/0/committedAt") == "2023-11-14T15:26:40-05:30")
    #expect(try planned.text("/source") == "/git/acme/api")
  }

  @Test("a lightweight tag speaks with its commit's committer's voice")
  func lightweight() throws {
    let tag = try #require(try GitTags(Self.lightweight("v0.9")).tags.first)
    #expect(!tag.isAnnotated && tag.object == Self.commit && tag.commit == Self.commit)
    #expect(
      try tag.planned(in: "api").told
        == "planned release/api/v0.9 2023-11-14T21:56:40Z Fix the build by ben@example.org")
  }

  @Test("a tag without a tagger is as old as its commit")
  func withoutTagger() throws {
    let tag = try #require(
      try GitTags(
        Self.record([
          "refs/tags/v0", "tag", Self.tagObject, "commit", Self.commit, "", "", "", "", "", "<ben@example.org>",
          "1700000000 +0000", "A commit",
        ])
      ).tags.first)
    #expect(tag.account == "ben@example.org")
    #expect(tag.tagged == tag.committed)
    #expect(tag.summary == "A commit")
  }

  @Test("tags of other things than commits are no releases")
  func others() throws {
    let blob = Self.record(["refs/tags/key", "blob", Self.commit] + [String](repeating: "", count: 10))
    let nested = Self.record(
      ["refs/tags/again", "tag", Self.tagObject, "tag", Self.tagObject] + [String](repeating: "", count: 8))
    let tags = try GitTags(blob + Self.annotated("v1") + nested)
    #expect(tags.tags.map(\.name) == ["v1"])
    #expect(tags.others == ["refs/tags/key", "refs/tags/again"])
  }

  @Test("a tag of a tag is that of the commit that both lead to, where Git peels it to one")
  func nested() throws {
    let output = Self.record(
      [
        "refs/tags/again", "tag", Self.tagObject, "tag", Self.tagObject, "<ana@example.org>",
        "1700000000 +0100",
      ]
        + ["", "", "Nested", "", "", ""])
    var asked: [String] = []
    let tags = try GitTags(output) { reference in
      asked.append(reference)
      return Array("\(Self.commit)\0ben@example.org\01699995400 -0530\0Fix the build\0\n".utf8)
    }
    let tag = try #require(tags.tags.first)
    #expect(asked == ["refs/tags/again"] && tags.others.isEmpty)
    #expect(tag.commit == Self.commit && tag.object == Self.tagObject && tag.summary == "Nested")
    #expect(tag.account == "ana@example.org" && tag.committed.text == "2023-11-14T15:26:40-05:30")
  }

  @Test(
    "what an import publishes says which kind of tag it is; what earlier ones recorded has the id that it had")
  func kinds() throws {
    let light = try #require(try GitTags(Self.lightweight("v/1")).tags.first)
    let annotated = try #require(try GitTags(Self.annotated("v2")).tags.first)
    #expect(try Told(light.published(in: "r")).text("/data/references/0") == "refs/tags/v/1#lightweight")
    #expect(try Told(annotated.published(in: "r")).text("/data/references/0") == "refs/tags/v2#annotated")
    let early = annotated.published(in: "r", .early)
    #expect(try Told(early).text("/data/references/0") == nil)
    let forms: [GitTag.Form] = [.early, .current, .again(after: "x"), .again(after: "y")]
    #expect(Set(forms.map { annotated.publishedID(in: "r", $0) }).count == 4)
  }

  @Test("a tag that was moved or deleted is a result that is not what it should be, told with the commits")
  func findings() throws {
    let moved = TagFinding(
      name: "v1", subject: "release/r/v1", before: "aaa", now: "bbb", last: "1", time: "2026-01-01T00:00:00Z")
    let told = try Told(moved.draft(source: "/git/r"))
    #expect(try told.text("/data/outcome") == "failed" && told.text("/type") == "relm.result.logged")
    #expect(try told.text("/data/result")?.contains("it named aaa before, and names bbb now") == true)
    let deleted = TagFinding(name: "v1", subject: "release/r/v1", before: "aaa", now: nil, last: "1")
    #expect(deleted.words.contains("no longer there") && deleted.id != moved.id)
  }

  @Test(
    "nothing in a message breaks the list", arguments: ["a\nb", "%00", "\u{1B}[31m", "\"quoted\"", "", "ü"])
  func message(summary: String) throws {
    let tags = try GitTags(Self.annotated("v1", summary: summary) + Self.annotated("v2"))
    #expect(tags.tags.map(\.summary) == [summary.isEmpty ? "Fix the build" : summary, "First release"])
    for tag in tags.tags { _ = try Told(tag.planned(in: "api")) }
  }

  @Test("reading again gives the same events, and a moved or rewritten tag gives others")
  func ids() throws {
    func ids(_ output: [UInt8]) throws -> [String] {
      try GitTags(output).tags.flatMap { [$0.planned(in: "api"), $0.published(in: "api")] }.map {
        try Told($0).id
      }
    }
    let first = try ids(Self.annotated("v1"))
    #expect(try ids(Self.annotated("v1")) == first)
    let moved = try ids(
      Self.annotated("v1", object: String(repeating: "b", count: 40), commit: String(repeating: "d", count: 40))
    )
    let rewritten = try ids(Self.annotated("v1", object: String(repeating: "e", count: 40)))
    let renamed = try ids(Self.annotated("v2"))
    #expect(Set(first + moved + rewritten + renamed).count == 8)
  }

  @Test("a moved tag publishes another digest of the same release")
  func moved() throws {
    let other = String(repeating: "d", count: 40)
    let before = try #require(try GitTags(Self.annotated("v1")).tags.first)
    let after = try #require(try GitTags(Self.annotated("v1", commit: other)).tags.first)
    #expect(before.subject(in: "api") == after.subject(in: "api"))
    #expect(try Told(before.published(in: "api")).text("/data/digest") == "gitCommit:\(Self.commit)")
    #expect(try Told(after.published(in: "api")).text("/data/digest") == "gitCommit:\(other)")
  }

  @Test("a tag with slashes is a version, and its subject is not ambiguous")
  func slashes() throws {
    let tag = try #require(try GitTags(Self.annotated("2026/11/api")).tags.first)
    #expect(tag.subject(in: "acme/api") == "release/acme/api/2026%2F11%2Fapi")
  }

  @Test("zones that no clock has are read as UTC", arguments: ["+9999", "+0099", "-2400"])
  func strangeZone(zone: String) throws {
    let tag = try #require(try GitTags(Self.annotated("v1", date: "1700000000 \(zone)")).tags.first)
    #expect(tag.tagged.text == "2023-11-14T22:13:20Z")
  }

  @Test("a list that is cut, or that is another, is refused with its place")
  func refused() throws {
    let whole = Self.annotated("v1") + Self.annotated("v2")
    let end = Self.annotated("v1").count
    for length in 1..<whole.count where length != end {
      #expect(throws: InterchangeError.self, "cut after \(length)") { try GitTags(Array(whole.prefix(length))) }
    }
    #expect(try GitTags([]).tags.isEmpty)
    for (output, reason) in [
      (Self.record(["refs/heads/main"] + [String](repeating: "", count: 12)), "below refs/tags/"),
      (Self.annotated("v1", date: "yesterday"), "not a date"), (Self.annotated("v1", commit: "short"), "hash"),
    ] {
      #expect { try GitTags(output) } throws: { "\($0)".contains(reason) }
    }
    #expect { try GitTags([0x72, 0xFF, 0x00]) } throws: { "\($0)".contains("tag 1") }
  }

  @Test("what git itself prints in this format is read")
  func real() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "relm-git-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer {
      do { try FileManager.default.removeItem(at: folder) } catch {
        print("left behind: \(folder.path): \(error)")
      }
    }
    func git(_ arguments: String..., date: String = "1700000000 +0100") throws -> [UInt8] {
      let environment = ["GIT_COMMITTER_DATE": date, "GIT_AUTHOR_DATE": date, "GIT_CONFIG_GLOBAL": "/dev/null"]
        .map { "\($0.key)=\($0.value)" }
      let who = ["-c", "user.name=Ana Example", "-c", "user.email=ana@example.org"]
      return Array(try Machine.output(environment + ["git"] + who + arguments, in: folder))
    }
    _ = try git("init", "-q", "-b", "main", ".")
    _ = try git("commit", "-q", "--allow-empty", "-m", "A commit\n\nwith a body")
    _ = try git("tag", "light")
    _ = try git(
      "tag", "-a", "v1/annotated", "-m", "The \"first\"\nrelease\n\nbody\u{7F}", date: "1700003600 -0230")
    let output = try git("for-each-ref", "--sort=creatordate", "--format=\(GitTags.format)", "refs/tags")
    let tags = try GitTags(output)
    let commit = String(decoding: try git("rev-parse", "HEAD"), as: UTF8.self).trimmingCharacters(in: .newlines)
    #expect(
      try tags.tags.map { try Told($0.planned(in: "r")).description } == [
        "planned release/r/light 2023-11-14T23:13:20+01:00 A commit by ana@example.org",
        "planned release/r/v1%2Fannotated 2023-11-14T20:43:20-02:30 The \"first\" release by ana@example.org",
      ])
    #expect(tags.tags.map(\.commit) == [commit, commit])
  }

  /// One record of the list.
  static func record(_ fields: [String]) -> [UInt8] {
    fields.flatMap { Array($0.utf8) + [0] } + [0x0A]
  }

  static func annotated(
    _ name: String, object: String = tagObject, commit: String = commit, date: String = "1700000000 +0100",
    summary: String = "First release"
  ) -> [UInt8] {
    record([
      "refs/tags/\(name)", "tag", object, "commit", commit, "<ana@example.org>", date, "", "", summary,
      "<ben@example.org>", "1699995400 -0530", "Fix the build",
    ])
  }

  static func lightweight(_ name: String) -> [UInt8] {
    record([
      "refs/tags/\(name)", "commit", commit, "", "", "", "", "<ben@example.org>", "1699999000 +0000",
      "Fix the build", "",
      "", "",
    ])
  }
}

extension Draft {
  var told: String { get throws { try Told(self).description } }
}
