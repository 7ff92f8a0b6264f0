import Foundation
import RelmDomain
import RelmLedger
import RelmViews
import RelmProof
import Synchronization
import Testing

/// A read that goes on for long must not keep the pages that others free from being used again.
@Suite("Long reads")
struct GrowthTests {
  private func append(to workshop: Workshop) throws {
    for round in 0..<10 {
      // Events of another house: what is measured is the files, not the folds.
      try workshop.append(
        (0..<10_000).map {
          #"{"id":"\#(round)-\#($0)","type":"org.example.tick","subject":"s\#($0 % 50)","data":{"n":\#($0)}}"#
        })
    }
  }

  /// A ledger with more rows than are read at once.
  private func workshop() throws -> Workshop {
    let workshop = try Workshop()
    try workshop.append(
      (0..<3000).map {
        #"{"id":"r\#($0)","type":"relm.release.planned","subject":"release/p/\#($0)","data":{"class":"normal"}}"#
      })
    return workshop
  }

  @Test(
    "100,000 appends under an open walk over rows and over events leave at most 35 MiB of log and 20 MiB of views; folding them anew is told of"
  )
  func openWalk() throws {
    let workshop = try workshop()
    defer { withExtendedLifetime(workshop) {} }
    var (rows, events) = (0, 0)
    // Both walks stand still in their bodies while all is appended, as before a reader who has gone for lunch.
    try workshop.ledger.forEachRow(of: Releases.self) { _, _ in
      rows += 1
      guard rows == 1500 else { return true }
      try workshop.ledger.forEachEvent(EventFilter()) { _ in
        events += 1
        if events == 1000 { try append(to: workshop) }
        return true
      }
      return true
    }
    #expect(rows == 3000 && events == 3001)
    let stats = try workshop.ledger.stats()
    #expect(stats.size.value == 103_001)
    #expect(stats.logBytes <= 35 << 20, "\(stats.logBytes)")
    #expect(stats.viewBytes <= 20 << 20, "\(stats.viewBytes)")

    // A program that meets the ledger for the first time says how far it is.
    try FileManager.default.removeItem(atPath: workshop.root + "/views")
    let told = Mutex<[ViewsProgress]>([])
    let fresh = try Ledger.open(at: workshop.root) { progress in told.withLock { $0.append(progress) } }
    #expect(try fresh.stats().size == stats.size)
    let folded = told.withLock { $0 }
    #expect(
      folded.allSatisfy { $0.of == stats.size.value } && folded.map(\.folded) == folded.map(\.folded).sorted())
    #expect(folded.count >= 5 && folded.last?.folded == stats.size.value)
  }
}
