import Foundation
import RelmDomain
import RelmLog
import RelmProof
import RelmStorage
import Testing

/// A ledger into which an older program has taken names with control characters, which no program of today takes.
@Suite("A poisoned ledger")
struct PoisonedLedgerTests {
  private let workshop: Workshop
  private var poison: [Position] = []

  /// Something of every kind, recorded past all decisions.
  init() throws {
    workshop = try Workshop()
    try workshop.append([Sample.activity("before")])
    let log = try EventLog.open(at: workshop.root + "/log", mode: .readWrite)
    var append = try log.beginAppend(within: .seconds(5))
    let time = append.head.lastRecorded?.advanced(byMicroseconds: 1000) ?? .earliest
    for (number, event) in Self.events.enumerated() {
      let claim = try Claim.parse(
        JSONDocument(
          Array(#"{"id":"p-\#(number)","source":"/old","specversion":"1.0",\#(event)}"#.utf8)
        ).root)
      let bytes = try Record.make(claim, recordedTime: time, streamVersion: 0, streamPrevious: nil).get()
      poison.append(Position(append.head.size.value))
      try append.append(bytes, recorded: time, digest: .leaf(bytes))
    }
    try append.commit()
  }

  private static let events = [
    #""type":"relm.environment.registered","subject":"environment/e%00","data":{"context":"development"}"#,
    #""type":"relm.environment.registered","subject":"environment/e%0Ax","data":{"context":"production"}"#,
    #""type":"relm.release.planned","subject":"release/a%1B[2J/1","data":{"class":"normal"}"#,
    #""type":"relm.deployment.started","subject":"release/b/%07","data":{"deployment":"d","environment":"p"}"#,
    #""type":"relm.capability.registered","subject":"capability/%7F","data":{"kind":"tool","owner":"person:00000000-0000-0007-0000-000000000001","title":"t"}"#,
    #""type":"relm.incident.opened","subject":"incident/%08","data":{"severity":"high","summary":"s"}"#,
  ]

  private func relm(_ words: String...) throws -> Program.Run {
    try Program.run(
      Program.path("relm"), words + ["--ledger", workshop.root], input: Data(), limitSeconds: 60)
  }

  @Test("every command works again, and shows no control character")
  func reads() throws {
    for words in [
      ["state"], ["state", "running"], ["state", "environments"], ["state", "capabilities"],
      ["state", "incidents"],
      ["state", "release/b/%07"], ["obligations"], ["calendar"], ["log"], ["stats"], ["verify"], ["metrics"],
      ["timeline", "release/b/%07"], ["replay"], ["report", "compliance"],
    ] {
      let run = try Program.run(
        Program.path("relm"), words + ["--ledger", workshop.root], input: Data(), limitSeconds: 60)
      // 1: the report has something to say, and 66: nothing is there to say.
      #expect(
        [0, 1, 66].contains(run.status ?? -1),
        "\(words): \(String(describing: run.status)) \(run.remarks)")
      let shown = String(decoding: run.output, as: UTF8.self) + run.remarks
      #expect(!shown.utf8.contains { $0 < 0x20 && $0 != 0x0A || $0 == 0x7F }, "\(words)")
    }
  }

  @Test("one poisoned entity stops nobody else's gate, and each can be annulled")
  func goesOn() throws {
    #expect(
      try relm("gate", "release/b/%07", "--to", "p", "--dry-run", "--actor", "owner@example.org").status == 1)
    try workshop.append([Sample.activity("after")])
    for position in poison {
      let run = try relm(
        "record", "event.annulled", "--actor", "owner@example.org", "--subject", "ledger",
        "position=\(position.value)", "reason=A name that nobody can print")
      #expect(run.status == 0, "\(position): \(run.remarks)")
    }
    #expect(try relm("verify").status == 0)
  }
}
