import Foundation
import RelmDomain
import RelmTestSupport
import Testing

/// The generated history of a house, which the benchmark and the judging of policies use.
@Suite("A generated history")
struct GeneratedHistoryTests {
  /// A desk with the generator, compiled from its sources.
  private func desk() throws -> Desk {
    let desk = try Desk.withLedger()
    let folder = Desk.checkout.appending(path: "tools/bench/history")
    let sources = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".c") }
      .sorted()
    let compiled = try desk.run(
      "cc",
      ["-std=c17", "-Wall", "-Wextra", "-Werror", "-o", desk.path("generate_events")]
        + sources.map { folder.appending(path: $0).path })
    try #require(compiled.status == 0, "\(compiled.remarks)")
    return desk
  }

  private func generate(at desk: Desk, events: Int = 3000, seed: Int, _ more: String...) throws
    -> String
  {
    let run = try desk.run(
      desk.path("generate_events"),
      ["--events", String(events), "--seed", String(seed), "--owner", "ana@example.org"] + more)
    try #require(run.status == 0, "\(run.remarks)")
    return run.text
  }

  @Test("every event of it is accepted, and every type occurs that is recorded by hand", arguments: [1, 20261])
  func accepted(seed: Int) throws {
    let desk = try desk()
    let history = try generate(at: desk, seed: seed, "--at", "1")
    let appended = try desk.relm("append", "--chunked", "--quiet", "-", input: history)
    try #require(appended.status == 0, "seed \(seed): \(appended.remarks)")

    // Evidence is named there, and no file is behind it.
    let verified = try desk.relm("verify", "--evidence", "optional")
    #expect(verified.status == 0, "seed \(seed): \(verified.text)")

    let stats = try Desk.object(try desk.done("stats", "--format", "json"))
    #expect(stats["records"] as? Int == 3001)
    let types = try #require(stats["types"] as? [String: Any])
    let own = Year.ownVerbs.map { "relm." + $0.type }
    let missing = EventType.allCases.map(\.rawValue).filter { types[$0] == nil && !own.contains($0) }
    #expect(missing == [], "seed \(seed)")

    // In the eyes of a validator that shares nothing with relm.
    try desk.write(try desk.done("log", "--raw"), to: "history.ndjson")
    let validation = try desk.run(
      "python3",
      [
        Desk.checkout.appending(path: "tools/lib/schema_agreement.py").path, "--events",
        desk.path("history.ndjson"),
      ])
    #expect(validation.status == 0, "seed \(seed): \(validation.text)\(validation.remarks)")
  }

  @Test("the same seed gives the same bytes and another seed others, and it ends before November 2026")
  func repeatable() throws {
    let desk = try desk()
    let first = try generate(at: desk, seed: 5, "--at", "1", "--notes", desk.path("notes"))
    #expect(try generate(at: desk, seed: 5, "--at", "1") == first)
    #expect(try generate(at: desk, seed: 6, "--at", "1") != first)

    let lines = first.split(separator: "\n")
    #expect(lines.count == 3000)
    // Its last event is of its last day; what is told late happened before that.
    let last = try #require(try Desk.object(String(lines[2999]))["time"] as? String)
    #expect(last < "2026-11-01T00:00:00Z" && last > "2026-10-20T00:00:00Z")

    // What is wrong with a release is said of each that is over.
    let notes = try String(decoding: desk.bytes(of: "notes"), as: UTF8.self).split(separator: "\n").map {
      try Desk.object(String($0))
    }
    #expect(notes.contains { $0["defect"] as? String == "by the book" })
    #expect(notes.contains { $0["defect"] as? String == "unapproved" })
  }

  @Test("without positions it has no acts but those of a named party, and goes into any ledger")
  func anywhere() throws {
    let desk = try desk()
    for seed in [7, 8] {
      let history = try generate(at: desk, events: 500, seed: seed)
      let appended = try desk.relm("append", "--chunked", "--quiet", "-", input: history)
      #expect(appended.status == 0, "seed \(seed): \(appended.remarks)")
    }
    #expect(try desk.size() == 1001)
  }
}
