import Foundation
import RelmDomain
import RelmLedger
import RelmProof
import RelmTestSupport
import RelmVault
import Testing

/// Records that say what is still to be done beside the log, and what an opening makes of them.
@Suite("What the log says is done at the next opening")
struct SettlingTests {
  private let test: TestLedger
  private let bo: PersonID

  init() throws {
    test = try TestLedger()
    bo = try test.ledger.vault.personMaking(account: "bo@example.org")
    try test.ledger.append(Sample.activity("one"), Sample.activity("two"))
  }

  /// Records an erasure, and dies before the vault is touched.
  private func recordErasure() throws {
    var intake = test.ledger.intake(
      defaultSource: "/test", defaultActor: TestLedger.owner, verb: "person erase")
    let event =
      #"{"id":"erase","type":"relm.subject.erased","subject":"ledger","data":{"ground":"request","person":"\#(bo.text)"}}"#
    let claim = try intake.take(JSONDocument([UInt8](event.utf8)).root).get()
    guard case .landed = try test.ledger.append(AppendRequest(claims: [claim])) else {
      Issue.record("it was refused")
      return
    }
  }

  /// A copy of the ledger, opened for reading: one process opens a directory in one way.
  private func copyToRead() throws -> Ledger {
    let copy = test.folder.path + "/copy"
    try FileManager.default.copyItem(atPath: test.root, toPath: copy)
    return try Ledger.open(at: copy, surroundings: test.machine.surroundings, readOnly: true)
  }

  private func isTold() throws -> Bool {
    let file = test.root + "/vault/people/\(bo.uuid.text).json"
    return try String(contentsOfFile: file, encoding: .utf8).contains("bo@example.org")
  }

  @Test("an erasure that was recorded and not done is done by who opens the ledger for writing, once")
  func erased() throws {
    try recordErasure()
    #expect(try isTold())
    let opened = try test.reopened()
    #expect(opened.remarks == ["finished the erasure of \(bo.text)"])
    #expect(try !isTold())
    #expect(try opened.vault.person(of: "bo@example.org") == nil)
    #expect(try test.reopened().remarks == [])
    #expect(try opened.verify().isClean)
  }

  @Test("who opens it for reading changes nothing and sees nobody who is erased")
  func readOnly() throws {
    try recordErasure()
    let opened = try copyToRead()
    #expect(try opened.vault.displayName(of: bo) == bo.text)
    #expect(try opened.vault.person(of: "bo@example.org") == nil)
    #expect(try !opened.vault.list().contains { $0.accounts.contains("bo@example.org") })
    #expect(try isTold())
    #expect(try opened.verify().unerased == [bo])
  }

  @Test("views that are gone, or have not folded the record yet, hide no erasure", arguments: [true, false])
  func withoutViews(byRemoval: Bool) throws {
    try recordErasure()
    let views = test.root + "/views"
    for name in try FileManager.default.contentsOfDirectory(atPath: views) where byRemoval || name != "lock" {
      try FileManager.default.removeItem(atPath: views + "/" + name)
    }
    #expect(try copyToRead().vault.displayName(of: bo) == bo.text)
    _ = try test.reopened()
    #expect(try !isTold())
  }

  @Test("a name that is being given is nobody else's meanwhile, and goes with a person who is erased")
  func naming() throws {
    let act = try test.ledger.beginNaming(bo, "Bo Berg", source: "/test")
    let cyd = try test.ledger.vault.personMaking(account: "cyd@example.org")
    #expect(throws: VaultError.nameTaken(name: "bo berg", by: bo)) {
      try test.ledger.beginNaming(cyd, "bo berg", source: "/test")
    }
    try recordErasure()
    _ = try test.reopened()
    try act.take()
    #expect(try test.ledger.vault.displayName(of: bo) == bo.text)
    let pending = try FileManager.default.contentsOfDirectory(atPath: test.root + "/vault/pending")
    #expect(pending == [])
  }

  @Test("an act that is under way is left to who does it, and is dropped once they are gone")
  func underWay() throws {
    let pending = test.root + "/vault/pending"
    let act = try test.ledger.beginRotation(source: "/test")
    _ = try test.reopened()
    #expect(try FileManager.default.contentsOfDirectory(atPath: pending).count == 1)
    #expect(try test.ledger.checkpoint().description.contains("example.org/ledger"))
    withExtendedLifetime(act) {}
    // Its place without anybody who holds it.
    let place = try #require(FileManager.default.contentsOfDirectory(atPath: pending).first)
    try FileManager.default.copyItem(atPath: pending + "/" + place, toPath: pending + "/act-dead")
    try act.act.drop()
    _ = try test.reopened()
    #expect(try FileManager.default.contentsOfDirectory(atPath: pending) == [])
  }
}
