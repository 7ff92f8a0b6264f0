import Foundation
import RelmDomain
import RelmLedger
import RelmLog
import RelmViews
import RelmProof
import RelmStorage
import Synchronization
import Testing

@Suite("Verifying a ledger")
struct VerifyTests {
  private let workshop: Workshop

  init() throws {
    workshop = try Workshop()
    for batch in 0..<4 {
      try workshop.append((0..<20).map { Sample.activity("\(batch)-\($0)", subject: "release/shop/\($0 % 3)") })
    }
  }

  /// Opens a copy that this process does not have open under another name.
  private func verifyCopy(_ name: String, against notes: [SignedNote] = []) throws -> Verification {
    try Ledger.open(at: workshop.folder + "/" + name).verify(against: notes)
  }

  @Test("a ledger that nobody has touched is clean, and the root is the one that is signed")
  func clean() throws {
    let result = try workshop.ledger.verify()
    #expect(result.isClean && result.size.value == 81 && result.rowsCompared > 300)
    let note = try workshop.ledger.checkpoint()
    #expect(note.text.contains(result.root.base64))
  }

  /// Begins a ledger anew over the records of another, each changed by the body or left out.
  private func rewrite(_ name: String, _ change: (Int, [UInt8]) -> [UInt8]?) throws {
    let copy = try workshop.copy(named: name)
    try FileManager.default.removeItem(atPath: copy + "/log")
    try FileManager.default.removeItem(atPath: copy + "/views")
    let log = try EventLog.create(at: copy + "/log", origin: workshop.ledger.log.origin)
    var append = try log.beginAppend(within: .zero)
    for (index, event) in try workshop.records().enumerated() {
      guard let bytes = change(index, event.record.bytes) else { continue }
      try append.append(bytes, recorded: event.recorded, digest: .leaf(bytes))
    }
    try append.commit()
  }

  @Test("a tail that was cut off is told by a checkpoint that was kept, and by nothing else")
  func cutTail() throws {
    let note = try workshop.ledger.checkpoint()
    try rewrite("cut") { index, bytes in index < 70 ? bytes : nil }
    #expect(try verifyCopy("cut").isClean)
    let result = try verifyCopy("cut", against: [note])
    #expect(result.problems.map(\.subject) == ["checkpoint"])
    #expect(result.problems.first?.reason.contains("cut off") == true)
  }

  @Test("a history that was rewritten with all its hashes is told by a checkpoint that was kept")
  func rewrittenHistory() throws {
    let note = try workshop.ledger.checkpoint()
    try workshop.append([Sample.activity("after")])
    try rewrite("rewritten") { index, bytes in
      // The newest of a stream, so that no chain breaks.
      guard index == 81 else { return bytes }
      return [UInt8](String(decoding: bytes, as: UTF8.self).replacing("step after", with: "step AFTER").utf8)
    }
    #expect(try verifyCopy("rewritten", against: [note]).isClean)
    let later = try workshop.ledger.checkpoint()
    let result = try verifyCopy("rewritten", against: [note, later])
    #expect(result.problems.map(\.subject) == ["checkpoint"])
    #expect(result.problems.first?.reason.contains("rewritten") == true)
    #expect(result.checkpointsHeld.map(\.value) == [81])
  }

  @Test("a record that was changed in the middle breaks its stream's chain")
  func brokenChain() throws {
    try rewrite("broken") { index, bytes in
      guard index == 30 else { return bytes }
      return [UInt8](String(decoding: bytes, as: UTF8.self).replacing("step", with: "STEP").utf8)
    }
    let result = try verifyCopy("broken")
    #expect(result.problems.map(\.subject) == ["streams"])
  }

  @Test("another ledger's checkpoint, and one that was signed by somebody else, do not hold")
  func foreignCheckpoints() throws {
    let other = try Workshop()
    let note = try other.ledger.checkpoint()
    let result = try workshop.ledger.verify(against: [note])
    // They say nothing of this ledger, neither that it is whole nor that it is broken.
    #expect(result.unusable.map(\.subject) == ["checkpoint"] && result.problems.isEmpty && !result.isClean)
  }

  @Test("a row of the views that was changed, added or removed is found, and a rebuild mends it")
  func changedRows() throws {
    let generation = workshop.root + "/views/" + Views.fingerprint
    let tables = Views.tables.map { Table($0.name) }
    for (index, table) in tables.enumerated() where table != Table(Views.checkpoints.name) {
      let change = index % 3
      let environment = try Environment.open(
        at: generation, tables: tables, durability: .onRequest, mode: .readWrite)
      guard let key = try environment.read({ view throws(StorageError) in try view.lastKey(in: table) }) else {
        continue
      }
      var write = try environment.beginWrite(within: .seconds(5))
      switch change {
      case 0: try write.put(key, Array("{}".utf8), in: table)
      case 1: try write.delete(key, in: table)
      default: try write.put(key + [7], Array("{}".utf8), in: table)
      }
      try write.commit()
      let result = try workshop.ledger.verify()
      #expect(result.problems.isEmpty, "\(table)")
      #expect(!result.viewProblems.isEmpty, "\(table), change \(change)")
      try workshop.ledger.rebuildViews()
      #expect(try workshop.ledger.verify().isClean, "\(table)")
    }
  }

  @Test("evidence that was changed is found, and what is missing is named without breaking anything")
  func evidence() throws {
    let store = EvidenceStore(directory: workshop.ledger.layout.evidence)
    let digest = try store.store(Array("minutes of the meeting".utf8))
    let absent = Digest(of: Array("nowhere".utf8))
    for (number, digest) in [digest, absent].enumerated() {
      try workshop.append([
        #"{"id":"doc\#(number)","type":"relm.document.attached","subject":"release/shop/1","data":{"title":"Minutes","#
          + #""evidence":{"digest":"sha256:\#(digest.hex)","mediaType":"text/plain","size":22}}}"#
      ])
    }
    let result = try workshop.ledger.verify()
    #expect(result.isClean && result.evidenceFiles == 1 && result.evidenceMissing == ["sha256:" + absent.hex])
    let path = store.path(of: digest)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    try Data("minutes of the MEETING".utf8).write(to: URL(filePath: path))
    #expect(try workshop.ledger.verify().problems.map(\.subject) == ["evidence"])
    try FileManager.default.removeItem(atPath: path)
    let without = try workshop.ledger.verify()
    #expect(without.isClean && without.evidenceMissing.count == 2)
  }

  @Test("two checks at once while events are appended raise no alarm")
  func noFalseAlarm() throws {
    let results = Mutex<[Verification]>([])
    let checkers = Mutex(2)
    let workshop = workshop
    let errors = onThreads(3) { thread in
      guard thread > 0 else {
        var number = 0
        while checkers.withLock({ $0 }) > 0 {
          try workshop.append([Sample.activity("more-\(number)")])
          number += 1
        }
        return
      }
      defer { checkers.withLock { $0 -= 1 } }
      for _ in 0..<4 {
        let result = try workshop.ledger.verify()
        results.withLock { $0.append(result) }
      }
    }
    #expect(errors.isEmpty, "\(errors)")
    #expect(results.withLock { $0.count == 8 && $0.allSatisfy(\.isClean) })
    let left = try FileManager.default.contentsOfDirectory(atPath: workshop.root + "/views")
    #expect(left.allSatisfy { !$0.contains("verify") })
  }

  @Test("views that are ahead of the log tell that the log has lost its end")
  func lostEnd() throws {
    let copy = try workshop.copy(named: "lost")
    try FileManager.default.removeItem(atPath: copy + "/log")
    let log = try EventLog.create(at: copy + "/log", origin: workshop.ledger.log.origin)
    var append = try log.beginAppend(within: .zero)
    for event in try workshop.records().prefix(60) {
      try append.append(event.record.bytes, recorded: event.recorded, digest: event.digest)
    }
    try append.commit()
    #expect(try verifyCopy("lost").problems.map(\.subject) == ["head"])
  }
}
