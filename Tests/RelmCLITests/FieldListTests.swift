import Foundation
import Testing

@Suite("Lists and objects of the command line")
struct FieldListTests {
  private let desk: Desk
  private static let web = "release/web/1.0"

  init() throws { desk = try Desk.withLedger() }

  /// The data that the fields make.
  private func data(_ fields: String...) throws -> NSDictionary {
    let run = try desk.run(
      Desk.program, ["record", "release.planned", "-s", Self.web, "class=normal", "--dry-run"] + fields)
    try #require(run.status == 0, "\(fields): \(run.remarks)")
    let real = try desk.run(
      Desk.program, ["record", "release.planned", "-s", "release/web/\(UUID())", "class=normal"] + fields)
    try #require(real.status == 0, "\(real.remarks)")
    let last = try #require(try desk.done("log", "--raw").split(separator: "\n").last)
    return try #require(try Desk.object(String(last))["data"] as? NSDictionary)
  }

  @Test("a file gives JSON where the field wants an object or a list, and else text, a number or true")
  func files() throws {
    try desk.write(#"[{"id": "aa"}, {"id": "bb"}]"#, to: "commits.json")
    #expect(try data("commits=@commits.json")["commits"] as? [NSDictionary] == [["id": "aa"], ["id": "bb"]])
    try desk.write(#"{"id": "cc"}"#, to: "one.json")
    #expect(
      try data("commits=@one.json", "commits=@one.json")["commits"] as? [NSDictionary] == [
        ["id": "cc"], ["id": "cc"],
      ])
    try desk.write(#"["api", "web"]"#, to: "services.json")
    #expect(try data("services=@services.json")["services"] as? [String] == ["api", "web"])
    try desk.write("true\n", to: "yes")
    #expect(try data("critical=@yes")["critical"] as? Bool == true)
    try desk.write("{not json", to: "broken")
    let run = try desk.relm("record", "release.planned", "-s", Self.web, "class=normal", "commits=@broken")
    #expect(run.status == 64 && run.remarks.contains("commits=@broken"))
  }

  @Test("members of the objects in a list are put together by number, or one object after the other")
  func members() throws {
    let expected: [NSDictionary] = [
      ["id": "aa", "repository": "https://g/a"], ["id": "bb", "repository": "https://g/b"],
    ]
    #expect(
      try data(
        "commits.0.id=aa", "commits.1.id=bb", "commits.1.repository=https://g/b",
        "commits.0.repository=https://g/a")["commits"]
        as? [NSDictionary] == expected)
    #expect(
      try data(
        "commits.id=aa", "commits.repository=https://g/a", "commits.id=bb", "commits.repository=https://g/b")[
          "commits"] as? [NSDictionary] == expected)
    let one = try data("components.name=openssl", "components.version=3.0")["components"] as? [NSDictionary]
    #expect(one == [["name": "openssl", "version": "3.0"]])
  }

  @Test(
    "what does not go together is refused with 64",
    arguments: [
      ["commits.id=a", #"commits:=[{"id":"b"}]"#], ["commits.0.id=a", "commits.0.id=b"],
      ["commits.99999999.id=a"],
      ["commits.0=a"], ["services.0.x=a"], ["commits.id.x=a"],
    ])
  func refused(fields: [String]) throws {
    let run = try desk.run(
      Desk.program, ["record", "release.planned", "-s", Self.web, "class=normal"] + fields)
    #expect(run.status == 64, "\(fields): \(run.status) \(run.remarks)")
  }
}
