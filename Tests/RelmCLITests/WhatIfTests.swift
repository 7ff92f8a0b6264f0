import Foundation
import RelmDomain
import Testing

@Suite("relm what-if")
struct WhatIfTests {
  private let desk: Desk

  init() throws {
    desk = try Desk.withDeployments()
    try desk.write(Self.draft, to: "draft.yaml")
  }

  /// Asks what 2.0, a standard release without procedure, does not have, and not for the design that 2.1 does not have.
  private static let draft = """
    id: p
    version: 2
    title: A draft
    context: production
    rules:
      - rule: planned
      - rule: classified

    """

  @Test("it tells which rules come to something else and which deployments would stand otherwise, both ways")
  func flips() throws {
    let run = try desk.relm("what-if", "--policy", "draft.yaml", "--format", "json")
    #expect(run.status == 0 && run.remarks.isEmpty)
    let told = try WhatifReport(canonical: [UInt8](run.output.dropLast()))
    #expect(told.policy == "p" && told.version == "2")
    // Before the ledger nothing is judged. What no policy judged is judged by the draft.
    #expect(
      told.totals
        == .init(attempts: 3, unjudged: 1, nowHold: 1, draftHold: 1, improved: 1, worsened: 2, leftOut: 1))
    #expect(
      told.changes.map { "\($0.release): \($0.from.rawValue) \($0.to.rawValue)" } == [
        "release/api/1.0: ungoverned fails", "release/web/2.0: holds fails", "release/web/2.1: fails holds",
      ])
    // In place of its own version: what only that asks is not asked any more.
    let designed = try #require(told.rules.first { $0.rule == .designed })
    #expect(designed.flips.allSatisfy { $0.to == nil })
    #expect(Set(designed.flips.map(\.from)) == [.satisfied, .violated])
    let planned = try #require(told.rules.first { $0.rule == .planned })
    #expect(planned.same == 2)
  }

  @Test("for a person it is told with the reasons; nothing is recorded, and the same is told again")
  func text() throws {
    let size = try desk.size()
    let text = try desk.done("what-if", "--policy", "draft.yaml", "--at", "11")
    for words in [
      "What if: p version 2, over 3 deployments to production",
      "  1 to development is not looked at: --context development",
      "  1 from before the ledger, or annulled by somebody who had no hand in it, is not judged",
      "  would newly hold  1", "  would newly fail  2", "classified, unchanged for 0",
      "release/web/2.0 to prod (6), holds → fails; classified:",
      "release/web/2.1 to prod (9), fails → holds; designed: the design is missing",
    ] {
      #expect(text.contains(words), "\(words)\n\(text)")
    }
    #expect(try desk.size() == size)
    #expect(try desk.done("what-if", "--policy", "draft.yaml", "--at", "11") == text)
    #expect(try desk.done("what-if", "--policy", "-", "--at", "11", input: Self.draft) == text)
  }

  @Test("CSV has a row for each deployment that would stand otherwise, of those that are asked for")
  func csv() throws {
    let all = try desk.done("what-if", "--policy", "draft.yaml", "--format", "csv").split(separator: "\r\n")
    #expect(all.first == "attempt,release,environment,begun,from,to,rules,reasons,annulled,context")
    #expect(all.dropFirst().map { $0.split(separator: ",").first } == ["2", "6", "9"])
    let one = try desk.done("what-if", "--policy", "draft.yaml", "--format", "csv", "--release", "web/2.1")
      .split(separator: "\r\n")
    #expect(one.count == 2 && one.last?.hasPrefix("9,release/web/2.1,prod,") == true)
  }

  @Test("production and development are counted apart where both are asked about")
  func contexts() throws {
    let run = try desk.relm("what-if", "--policy", "draft.yaml", "--context", "all", "--format", "json")
    let told = try WhatifReport(canonical: [UInt8](run.output.dropLast()))
    #expect(told.totals.attempts == 3 && told.totals.leftOut == nil)
    #expect(told.development?.totals.attempts == 1)
    let text = try desk.done("what-if", "--policy", "draft.yaml", "--context", "all")
    #expect(text.contains("over 3 deployments to production and 1 to development"))
    #expect(text.contains("TO DEVELOPMENT"))
  }

  @Test("the policy as it is changes nothing where it was in force, and that is said")
  func same() throws {
    try desk.write(
      Self.draft.replacing("classified", with: "designed").replacing("version: 2", with: "version: 1"),
      to: "same.yaml")
    let text = try desk.done("what-if", "--policy", "same.yaml", "--package", "web")
    #expect(text.contains("  no rule comes to anything else\n"), "\(text)")
  }

  @Test(
    "a draft that does not read is refused with the line and the column, and one that is not there is missing")
  func bad() throws {
    try desk.write(Self.draft.replacing("classified", with: "clasified"), to: "bad.yaml")
    let bad = try desk.relm("what-if", "--policy", "bad.yaml")
    #expect(bad.status == 65 && bad.output.isEmpty)
    #expect(bad.remarks.contains("bad.yaml:7:11: "), "\(bad.remarks)")
    #expect(bad.remarks.contains("classified"), "\(bad.remarks)")
    #expect(try desk.relm("what-if", "--policy", "none.yaml").status == 66)
    #expect(try desk.relm("what-if").status == 64)
  }
}
