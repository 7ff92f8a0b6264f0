import Foundation
import Testing

@Suite("Times as people write them")
struct MomentTests {
  private let desk: Desk
  private static let web = "release/web/1.0"

  init() throws { desk = try Desk.withLedger() }

  private func record(_ words: String...) throws -> [String: Any] {
    try desk.run(Desk.program, ["record", "activity.recorded", "-s", Self.web, "activity=x"] + words).status
      == 0
      ? Desk.object(String(try #require(try desk.done("log", "--raw").split(separator: "\n").last))) : [:]
  }

  @Test(
    "a day, minutes, seconds and an offset are taken; a day is its beginning, in the zone asked for",
    arguments: [
      ("2026-07-01", "UTC", "2026-07-01T00:00:00Z"), ("2026-07-01", "Europe/Berlin", "2026-06-30T22:00:00Z"),
      ("2026-07-01T12:00Z", "Europe/Berlin", "2026-07-01T12:00:00Z"),
      ("2026-07-01T12:00+02:00", "UTC", "2026-07-01T10:00:00Z"),
      ("2026-07-01T12:00", "Europe/Berlin", "2026-07-01T10:00:00Z"),
      ("2026-07-01 12:00:30", "UTC", "2026-07-01T12:00:30Z"),
      ("2026-07-01T12:00:30.5", "UTC", "2026-07-01T12:00:30.500Z"),
      ("2026-01-01T12:00", "Europe/Berlin", "2026-01-01T11:00:00Z"),
      ("2026-07-01T12:00:00+02:00", "UTC", "2026-07-01T12:00:00+02:00"),
    ])
  func claimed(text: String, zone: String, time: String) throws {
    #expect(try record("--time", text, "--zone", zone)["time"] as? String == time)
    desk.environment["RELM_ZONE"] = zone
    #expect(try record("--time", text)["time"] as? String == time)
  }

  @Test("fields that hold a time take it in the same ways")
  func fields() throws {
    try desk.record("release.planned", Self.web, "class=normal")
    try desk.done(
      "record", "schedule.proposed", "-s", Self.web, "schedule=s", "windows.environment=production/eu",
      "windows.from=2026-12-24", "windows.until=2026-12-24T22:00",
      "--zone", "Europe/Berlin")
    let log = try desk.done("log", "--raw")
    #expect(
      log.contains(#""from":"2026-12-23T23:00:00Z""#) && log.contains(#""until":"2026-12-24T21:00:00Z""#),
      "\(log)")
  }

  @Test(
    "so do times inside JSON, from a file too, and in a policy that is written as YAML; what is no time there is refused"
  )
  func inside() throws {
    try desk.record("release.planned", Self.web, "class=normal")
    let window = #"[{"environment":"production/eu","from":"2026-12-24","until":"2026-12-24T22:00"}]"#
    try desk.write(window, to: "windows.json")
    for field in ["windows:=\(window)", "windows=@windows.json"] {
      try desk.done(
        "record", "schedule.proposed", "-s", Self.web, "schedule=\(field.count)", field, "--zone",
        "Europe/Berlin")
      let last = try #require(try desk.done("log", "--raw").split(separator: "\n").last)
      #expect(
        last.contains(#""from":"2026-12-23T23:00:00Z""#) && last.contains(#""until":"2026-12-24T21:00:00Z""#))
    }
    let wrong = window.replacing("2026-12-24T22:00", with: "soon")
    let refused = try desk.relm(
      "record", "schedule.proposed", "-s", Self.web, "schedule=w", "windows:=\(wrong)")
    #expect(refused.status == 65 && refused.remarks.contains("soon"), "\(refused.remarks)")

    try desk.write(
      """
      id: p
      version: "1"
      title: P
      context: production
      reviewBy: 2027-07-01
      rules:
        - rule: planned
      """, to: "p.yaml")
    try desk.done("policy", "adopt", "p.yaml", "--zone", "Europe/Berlin")
    #expect(try desk.done("policy", "show", "p", "--format", "json").contains("2027-07-01T21:59:59Z"))
    let document =
      #"{"id":"q","version":"1","title":"Q","context":"production","reviewBy":"2027-07-01","rules":[{"rule":"planned"}]}"#
    try desk.done("record", "policy.adopted", "-s", "policy/q", "document:=\(document)")
    #expect(try desk.done("policy", "show", "q", "--format", "json").contains("2027-07-01T23:59:59Z"))
  }

  @Test("options that ask take it in the same ways")
  func asked() throws {
    _ = try record("--time", "2026-06-30T22:30:00Z")
    func count(_ words: String...) throws -> Int {
      try desk.run(Desk.program, ["log", "--format", "ndjson"] + words).lines.count
    }
    #expect(try count("--since", "2026-07-01", "--until", "2026-07-02") == 0)
    #expect(try count("--since", "2026-07-01", "--until", "2026-07-02", "--zone", "Europe/Berlin") == 1)
    #expect(try count("--since", "2026-06-30T22:00", "--until", "2026-06-30T23:00") == 1)
    #expect(try count("--since", "2026-07-01T00:00+02:00", "--until", "2026-07-01T01:00+02:00") == 1)
  }

  @Test("what is no time is refused by the option's name, and a zone that nobody knows too")
  func refused() throws {
    let time = try desk.relm(
      "record", "activity.recorded", "-s", Self.web, "activity=x", "--time", "2026-13-01")
    #expect(time.status == 65 && time.remarks.contains("--time"))
    #expect(try desk.relm("log", "--since", "soon").status == 64)
    #expect(try desk.relm("log", "--since", "2026-07-01", "--zone", "Mars/Olympus").status == 64)
    desk.environment["RELM_ZONE"] = "Mars/Olympus"
    #expect(try desk.relm("log", "--since", "2026-07-01").status == 64)
  }
}
