import Foundation
import RelmDomain
import RelmLedger
import RelmLog
import RelmProof
import RelmStorage
import Synchronization
import Testing

@Suite("Many appenders at once", .serialized)
struct CrowdTests {
  @Test("sixteen threads and six processes lose nothing, and their positions have no gap")
  func threadsAndProcesses() throws {
    let workshop = try Workshop()
    let children = try (0..<6).map { try Child("append", workshop.root, "/child\($0)", "0", "30", "4") }
    let receipts = Mutex<[UInt64]>([])
    let errors = onThreads(16) { thread in
      for number in 0..<8 {
        let events = (0...number % 3).map {
          Sample.activity("\(thread)-\(number)-\($0)", subject: "release/t/\($0)")
        }
        let landed = try workshop.append(events)
        receipts.withLock { $0 += landed.map(\.position.value) }
      }
    }
    #expect(errors.isEmpty)
    for child in children { #expect(child.wait() == 0) }
    var positions = receipts.withLock { $0 }
    #expect(positions.count == 16 * (3 * 1 + 3 * 2 + 2 * 3))
    for child in children {
      let acknowledged = try child.acknowledged()
      #expect(acknowledged.count == 30)
      positions += acknowledged.map(\.position)
    }
    #expect(positions.sorted() == Array(1..<UInt64(positions.count + 1)))
    #expect(try workshop.ledger.size().value == UInt64(positions.count + 1))
    #expect(try workshop.ledger.verify().isClean)
  }

  @Test("appends that wait together share a commit")
  func sharedCommits() throws {
    let workshop = try Workshop()
    let before = try workshop.ledger.log.environment.lastTransaction
    let isReady = DispatchSemaphore(value: 0)
    let mayGo = DispatchSemaphore(value: 0)
    // While this thread holds the log, thirty others come to wait.
    Thread.detachNewThread {
      do {
        let held = try workshop.ledger.log.beginAppend(within: .seconds(5))
        isReady.signal()
        mayGo.wait()
        _ = held.head
      } catch { Issue.record(error) }
    }
    isReady.wait()
    let started = Mutex(0)
    let group = DispatchGroup()
    for number in 0..<30 {
      group.enter()
      Thread.detachNewThread {
        started.withLock { $0 += 1 }
        do { try workshop.append([Sample.activity("\(number)")]) } catch { Issue.record(error) }
        group.leave()
      }
    }
    while started.withLock({ $0 }) < 30 { usleep(1000) }
    usleep(300_000)
    mayGo.signal()
    group.wait()
    #expect(try workshop.ledger.size().value == 31)
    // The first one leads alone and waits; the others come with the next, but for those that came late to the wait.
    #expect(try workshop.ledger.log.environment.lastTransaction < before + 10)
    #expect(try workshop.ledger.verify().isClean)
  }

  @Test("who hangs while holding the log makes others busy after their patience, and delays nobody for ever")
  func hungHolder() throws {
    let workshop = try Workshop()
    let holder = try Child("hold-log", workshop.root)
    #expect(try holder.hasSaid(1))
    holder.signal(SIGSTOP)
    let impatient = try Ledger.open(at: workshop.root, patience: .milliseconds(300))
    let events = [Sample.activity("a")]
    let claims = try workshop.claims(events)
    do {
      _ = try impatient.append(AppendRequest(claims: claims))
      Issue.record("the log is held by another")
    } catch let error as StorageError {
      #expect(error.code == .busy)
    }
    // Reading needs nobody's leave.
    #expect(try impatient.size().value == 1 && impatient.verify().isClean)
    holder.kill()
    guard case .landed = try impatient.append(AppendRequest(claims: claims)) else {
      Issue.record("the log is free")
      return
    }
    #expect(try impatient.verify().isClean)
  }

  @Test(
    "processes that are killed at random moments lose nothing that they were told is there",
    arguments: [UInt64(99)])
  func kills(seed: UInt64) throws {
    var luck = SeededGenerator(seed: seed)
    let workshop = try Workshop()
    var acknowledged: [String: UInt64] = [:]
    for round in 0..<6 {
      let children = try (0..<4).map { number in
        try Child("append", workshop.root, "/r\(round)c\(number)", "0", "100000", "5")
      }
      for child in children { #expect(try child.hasSaid(3), "seed \(seed), round \(round)") }
      for child in children {
        usleep(UInt32.random(in: 0..<60_000, using: &luck))
        child.kill()
      }
      for (number, child) in children.enumerated() {
        for (id, position) in try child.acknowledged() { acknowledged["/r\(round)c\(number) \(id)"] = position }
      }
      #expect(try workshop.ledger.verify().isClean, "seed \(seed), round \(round)")
    }
    var found: [String: UInt64] = [:]
    for event in try workshop.records() {
      let envelope = event.record.envelope
      let name = "\(envelope.source) \(envelope.id)"
      #expect(found.updateValue(event.position.value, forKey: name) == nil, "\(name) stands there twice")
    }
    #expect(acknowledged.count > 6 * 4 * 3)
    for (name, position) in acknowledged { #expect(found[name] == position, "seed \(seed): \(name)") }
  }
}
