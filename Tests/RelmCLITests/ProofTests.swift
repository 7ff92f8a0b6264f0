import Foundation
import Testing

@Suite("relm verify, checkpoint and prove")
struct ProofTests {
  private let desk: Desk

  init() throws {
    desk = try Desk.withLedger()
    try desk.done("append", "--quiet", input: (0..<20).map { Desk.activity("e-\($0)") }.joined(separator: "\n"))
  }

  private func save(_ text: String, _ name: String) throws { try desk.write(text, to: name) }

  private func verifierKey() throws -> String {
    let line = try desk.done("stats").split(separator: "\n").first { $0.hasPrefix("verifier key") }
    return String(try #require(line?.split(separator: " ").last))
  }

  @Test("a ledger as it must be verifies with 0, and says what was read")
  func clean() throws {
    let run = try desk.relm("verify")
    #expect(run.status == 0)
    #expect(run.lines.first == "records    21, each read and hashed again")
    #expect(run.lines.last == "verified: all is as it must be")
    #expect(run.remarks.isEmpty)
  }

  @Test("a checkpoint is the signed note of origin, size and root, and holds for a log that has grown")
  func checkpoint() throws {
    let note = try desk.done("checkpoint")
    #expect(note.hasPrefix("example.org/releases\n21\n"))
    #expect(note.contains("\n\n— example.org/releases "))
    try save(note, "checkpoint")
    try desk.done("append", input: Desk.activity("more"))
    let run = try desk.relm("verify", "--against", "checkpoint")
    #expect(run.status == 0)
    #expect(run.lines.contains("checkpoint of size 21 holds"))
  }

  @Test("a tail that was cut off is found against a newer checkpoint, with 2")
  func cutTail() throws {
    try desk.copy(".relm", to: "older")
    try desk.done("append", input: Desk.activity("more"))
    try save(try desk.done("checkpoint"), "checkpoint")
    let run = try desk.relm("verify", "--ledger", "older", "--against", "checkpoint")
    #expect(run.status == 2)
    #expect(run.text.contains("was signed over 22 records; the log has 21"))
    #expect(run.lines.last == "NOT verified")
    #expect(try desk.relm("verify", "--ledger", "older").status == 0)
  }

  @Test("a history that was rewritten is found against an earlier checkpoint, with 2")
  func rewritten() throws {
    try desk.copy(".relm", to: "fork")
    try desk.done("append", input: Desk.activity("mine"))
    try save(try desk.done("checkpoint"), "checkpoint")
    try desk.done("append", "--ledger", "fork", input: Desk.activity("yours") + "\n" + Desk.activity("theirs"))
    #expect(try desk.relm("verify", "--ledger", "fork").status == 0)
    #expect(try desk.relm("verify", "--ledger", "fork", "--against", "checkpoint").status == 2)
  }

  @Test("another ledger's checkpoint, and what is none, say nothing of this one: 65")
  func foreignCheckpoint() throws {
    try desk.done("init", "other", "--origin", "example.org/other", "--owner", "ana@example.org")
    try save(try desk.done("checkpoint", "--ledger", "other"), "checkpoint")
    #expect(try desk.relm("verify", "--against", "checkpoint").status == 65)
    #expect(try desk.relm("verify", "--against", ".").status == 65)
    try save("no note\n", "checkpoint")
    #expect(try desk.relm("verify", "--against", "checkpoint").status == 65)
    #expect(try desk.relm("verify", "--against", "nowhere").status == 66)
  }

  @Test("a record that was changed on the disk is found, with 2")
  func changedByte() throws {
    let file = desk.path(".relm/log/data.mdb")
    var bytes = try Data(contentsOf: URL(filePath: file))
    let place = try #require(bytes.range(of: Data(#""id":"e-7""#.utf8)))
    bytes[place.upperBound - 2] = UInt8(ascii: "8")
    try bytes.write(to: URL(filePath: file))
    let run = try desk.relm("verify")
    #expect(run.status == 2)
    #expect(run.text.contains("BROKEN") || !run.remarks.isEmpty)
  }

  @Test("a proof holds with the ledger's key and with the key alone, and a changed one does not")
  func prove() throws {
    let proof = try desk.done("prove", "e-7")
    try save(proof, "proof")
    let beside = try desk.relm("prove", "--check", "proof")
    #expect(beside.status == 0)
    #expect(
      beside.lines.first
        == "proved: this record stands at position 8 of the 21 records that example.org/releases has signed")
    #expect(beside.lines.last == (try desk.done("show", "e-7", "--raw")).trimmingCharacters(in: .newlines))
    let key = try verifierKey()
    try FileManager.default.moveItem(atPath: desk.path(".relm"), toPath: desk.path("away"))
    #expect(try desk.relm("prove", "--check", "proof", "--key", key).status == 0)
    #expect(try desk.relm("prove", "--check", "proof").status == 66)

    // Beside it, with the line end that it is printed with, and as it is in the log.
    try save(try #require(beside.lines.last), "record")
    try save(try #require(beside.lines.last) + "\n", "line")
    for name in ["record", "line"] {
      #expect(try desk.relm("prove", "--check", "proof", "--record", name, "--key", key).status == 0)
    }
    try save(try #require(beside.lines.last) + "\n\n", "line")
    #expect(try desk.relm("prove", "--check", "proof", "--record", "line", "--key", key).status == 1)

    let record = try #require(proof.split(separator: "\n").first { $0.hasPrefix("extra ") }?.dropFirst(6))
    let bytes = String(decoding: try #require(Data(base64Encoded: String(record))), as: UTF8.self)
    let other = Data(bytes.replacingOccurrences(of: "e-7", with: "e-8").utf8).base64EncodedString()
    try save(proof.replacingOccurrences(of: record, with: other), "forged")
    let forged = try desk.relm("prove", "--check", "forged", "--key", key)
    #expect(forged.status == 1)
    #expect(forged.text.isEmpty)
    #expect(forged.remarks.hasPrefix("relm: NOT proved: "))
    try save(proof.replacingOccurrences(of: "\nindex 8\n", with: "\nindex 9\n"), "forged")
    #expect(try desk.relm("prove", "--check", "forged", "--key", key).status == 1)
    try save(proof.replacingOccurrences(of: "\n21\n", with: "\n22\n"), "forged")
    #expect(try desk.relm("prove", "--check", "forged", "--key", key).status == 1)
    try save("no proof", "forged")
    #expect(try desk.relm("prove", "--check", "forged", "--key", key).status == 65)
  }

  @Test("a proof does not hold with another ledger's key")
  func otherKey() throws {
    try save(try desk.done("prove", "3"), "proof")
    try desk.done("init", "other", "--origin", "example.org/releases", "--owner", "ana@example.org")
    #expect(try desk.relm("prove", "--check", "proof", "--ledger", "other").status == 1)
    #expect(try desk.relm("prove", "--check", "proof", "--key", "nonsense").status == 64)
  }

  @Test("evidence that is not on this machine is told, and evidence that was changed is broken, with 2")
  func evidence() throws {
    try desk.write("All good.\n", to: "report.txt")
    try desk.done("attach", "report.txt", "--subject", "release/web/1.0")
    #expect(try desk.relm("verify").lines.contains("evidence   1 file read again"))
    let digest = try desk.run("sha256sum", ["report.txt"]).text.prefix(64)
    let file = desk.path(".relm/evidence/\(digest.prefix(2))/\(digest)")
    try FileManager.default.removeItem(atPath: file)
    try Data("All bad!!\n".utf8).write(to: URL(filePath: file))
    #expect(try desk.relm("verify").status == 2)
    try FileManager.default.removeItem(atPath: file)
    let missing = try desk.relm("verify")
    #expect(missing.status == 1)
    #expect(missing.text.contains("missing    evidence sha256:\(digest)"))
  }

  @Test("a log of a newer format exits 78 and is left alone")
  func newerFormat() throws {
    let file = URL(filePath: desk.path(".relm/log/data.mdb"))
    var bytes = try Data(contentsOf: file)
    // LMDB keeps a value right behind its key, and no sum over a page.
    var places = 0
    while let place = bytes.range(of: Data("format1".utf8)) {
      bytes.replaceSubrange(place, with: Data("format2".utf8))
      places += 1
    }
    try #require(places > 0)
    try bytes.write(to: file)
    for words in [["log"], ["verify"], ["record", "build.started", "-s", "release/a/1", "build=b"]] {
      let run = try desk.run(Desk.program, words)
      #expect(run.status == 78, "\(words)")
      #expect(run.remarks.contains("has log format 2, which a newer relm has written"), "\(run.remarks)")
    }
    #expect(try Data(contentsOf: file) == bytes)
  }

  @Test("tools/verify.py agrees with what relm prints, and finds a changed byte")
  func verifyInPython() throws {
    try #require(try desk.run("python3", ["--version"]).status == 0, "the check without relm needs python3")
    let raw = try desk.done("log", "--raw")
    try save(raw, "records")
    try save(try desk.done("checkpoint"), "checkpoint")
    let script = Desk.checkout.appending(path: "tools/verify.py").path
    let words = [script, "records", "checkpoint", "--key", try verifierKey()]
    let run = try desk.run("python3", words)
    #expect(run.status == 0, "\(run.text)\(run.remarks)")
    try save(raw.replacingOccurrences(of: #""id":"e-7""#, with: #""id":"e-x""#), "records")
    #expect(try desk.run("python3", words).status == 1)
  }
}
