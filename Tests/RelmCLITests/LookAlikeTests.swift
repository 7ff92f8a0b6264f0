import Foundation
import Testing

@Suite("Names that read as another name")
struct LookAlikeTests {
  private let desk: Desk
  /// Cyrillic.
  private static let a = "\u{430}"

  init() throws {
    desk = try Desk.withLedger()
    try desk.record("release.planned", "release/payments/1.0", "class=normal")
    let deployment = ["deployment=d", "environment=prodaction/eu"]
    try desk.done(["record", "deployment.started", "-s", "release/payments/1.0"] + deployment)
    try desk.done(
      ["record", "deployment.finished", "-s", "release/payments/1.0", "outcome=succeeded"] + deployment)
  }

  @Test(
    "a name that reads as a known package, environment or account is refused, and leaves nobody in the vault")
  func known() throws {
    let size = try desk.size()
    let people = try FileManager.default.contentsOfDirectory(atPath: desk.path(".relm/vault/people")).count
    let commands = [
      ["activity.recorded", "-s", "release/p\(Self.a)yments/2.0", "activity=x"],
      ["environment.observed", "-s", "environment/prod\(Self.a)ction/eu", "coverage=partial", "observer=x"],
      [
        "deployment.started", "-s", "release/payments/1.0", "deployment=e", "environment=prod\(Self.a)ction/eu",
      ],
      ["activity.recorded", "-s", "release/payments/1.0", "activity=x", "--actor", "\(Self.a)na@example.org"],
      ["activity.recorded", "-s", "person/an\(Self.a)@example.org", "activity=x"],
    ]
    for words in commands {
      let run = try desk.run(Desk.program, ["record"] + words)
      #expect(run.status == 65 && run.remarks.contains("reads as"), "\(words): \(run.status) \(run.remarks)")
      #expect(run.remarks.contains("U+0430, Cyrillic"), "\(run.remarks)")
    }
    #expect(try desk.size() == size)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: desk.path(".relm/vault/people")).count == people)
  }

  @Test("one that mixes alphabets and reads as nothing known is taken with a remark, and shown as what it is")
  func unknown() throws {
    let run = try desk.relm("record", "activity.recorded", "-s", "release/\(Self.a)pi-日本/1.0", "activity=x")
    #expect(run.status == 0 && run.remarks.contains("U+0430, Cyrillic"), "\(run.remarks)")
    #expect(try desk.done("state").contains(#"\u{430}pi-日本"#))
    // What is there goes on, also when the other comes to be known.
    try desk.record("release.planned", "release/api-日本/1.0", "class=normal")
    try desk.record("activity.recorded", "release/\(Self.a)pi-日本/1.0", "activity=y")
  }

  @Test(
    "a character that is only drawn as a slash, a hyphen or another that gives names their structure is refused at every door",
    arguments: [
      ("\u{2044}", "/"), ("\u{2215}", "/"), ("\u{FF0F}", "/"), ("\u{2010}", "-"), ("\u{2011}", "-"),
      ("\u{FF0D}", "-"),
    ])
  func structure(character: String, drawnAs: String) throws {
    let size = try desk.size()
    let (name, release) = ("staging\(character)eu", "release/payments/1.0")
    let number = "U+" + String(character.unicodeScalars.first?.value ?? 0, radix: 16, uppercase: true)
    let commands = [
      ["record", "environment.observed", "-s", "environment/\(name)", "coverage=partial", "observer=x"],
      ["record", "deployment.started", "-s", release, "deployment=e", "environment=\(name)"],
      ["record", "release.planned", "-s", "release/web\(character)api/2.0", "class=normal"],
      ["record", "release.planned", "-s", "release/web/2.0", "class=normal", "services=web\(character)shop"],
      [
        "record", "activity.recorded", "-s", release, "activity=x", "--actor", "new\(character)one@example.org",
      ],
      ["record", "activity.recorded", "-s", "person/new\(character)one@example.org", "activity=x"],
      ["gate", release, "--to", name],
    ]
    for words in commands {
      let run = try desk.run(Desk.program, words)
      #expect(run.status == 65, "\(words): \(run.status) \(run.remarks)")
      #expect(run.remarks.contains("\(number)), which is drawn as “\(drawnAs)”"), "\(run.remarks)")
    }
    #expect(try desk.size() == size)
  }

  @Test("what is written in one alphabet is nobody's twin")
  func plain() throws {
    let run = try desk.relm("record", "activity.recorded", "-s", "release/платежи/1.0", "activity=x")
    #expect(run.status == 0 && !run.remarks.contains("Cyrillic"), "\(run.remarks)")
  }
}
