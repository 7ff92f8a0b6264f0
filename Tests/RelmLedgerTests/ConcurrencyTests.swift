import Foundation
import RelmDomain
import RelmLedger
import RelmLog
import RelmViews
import RelmProof
import RelmStorage
import RelmTestSupport
import Synchronization
import Testing

/// Runs the body on so many threads, and waits for all.
private func concurrently(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) {
  let group = DispatchGroup()
  for number in 0..<count {
    group.enter()
    Thread.detachNewThread {
      do { try body(number) } catch { Issue.record(error) }
      group.leave()
    }
  }
  group.wait()
}

@Suite("Appending at the same time")
struct ConcurrencyTests {
  private let test: TestLedger
  private var ledger: Ledger { test.ledger }

  init() throws { test = try TestLedger() }

  /// Gapless positions, every stream chained, nothing twice, and a verification that finds nothing.
  private func checkWhole(_ expected: Int) throws {
    let history = try ledger.history()
    #expect(history.map(\.position.value) == Array(0..<UInt64(expected)))
    #expect(Set(history.map { $0.record.envelope.source + " " + $0.record.envelope.id }).count == expected)
    let found = try ledger.verify()
    #expect(found.isClean, "\(found.problems + found.viewProblems)")
    #expect(found.size == TreeSize(UInt64(expected)) && found.rowsCompared > expected)
  }

  @Test("threads of two instances lose nothing, and every receipt is true")
  func threads() throws {
    let (one, other) = (ledger, try test.reopened())
    let receipts = Mutex<[String: UInt64]>([:])
    concurrently(8) { thread in
      for round in 0..<10 {
        let ids = (0...(thread + round) % 4).map { "\(thread).\(round).\($0)" }
        // Streams that all of them write to.
        let claims = try one.claims(ids.map { event($0, about: "release/shared/\(round % 3)") })
        let outcome = try (thread.isMultiple(of: 2) ? one : other).append(AppendRequest(claims: claims))
        guard case .landed(let landed, _) = outcome else {
          Issue.record("refused: \(outcome)")
          return
        }
        for (id, receipt) in zip(ids, landed) {
          let position = try receipt.get().position.value
          receipts.withLock { $0[id] = position }
        }
      }
    }
    let told = receipts.withLock { $0 }
    #expect(told.count == 200)
    for (id, position) in told {
      #expect(try ledger.event(at: Position(position))?.record.envelope.id == id)
    }
    try checkWhole(201)
  }

  @Test(
    "processes lose nothing, readers beside them always see what was acknowledged, and the views stay the same ones"
  )
  func processes() throws {
    try ledger.catchUp()
    let witness = test.root + "/views/\(Views.fingerprint)/witness"
    try Data().write(to: URL(filePath: witness))
    let probes = try (0..<4).map { try Probe("append", test.root, "/p\($0)", "0", "60", "5") }
    // Reads race with the appends: they catch the views up as well.
    let isDone = Mutex(false)
    let readers = DispatchGroup()
    for reader in [ledger, try test.reopened()] {
      readers.enter()
      Thread.detachNewThread {
        defer { readers.leave() }
        while !isDone.withLock({ $0 }) {
          do {
            let before = try reader.size()
            let seen = try reader.withViews { _, size in size }
            #expect(seen >= before)
          } catch {
            Issue.record(error)
            return
          }
        }
      }
    }
    for (number, probe) in probes.enumerated() {
      #expect(probe.line() == "ready")
      while let line = probe.line() {
        let words = line.split(separator: " ")
        guard words.count == 2, let position = UInt64(words[1]) else {
          Issue.record("probe \(number) says \(line)")
          break
        }
        let stored = try ledger.event(at: Position(position))?.record.envelope
        #expect(stored?.id == String(words[0]) && stored?.source == "/p\(number)")
      }
      #expect(probe.status() == 0)
    }
    isDone.withLock { $0 = true }
    readers.wait()
    try checkWhole(241)
    #expect(FileManager.default.fileExists(atPath: witness))
  }

  @Test("a reader never gets rows of views that somebody throws away just then")
  func viewsThrownAway() throws {
    for number in 0..<10 { try ledger.append(event("\(number)")) }
    let (reader, views) = (try test.reopened(), test.root + "/views/" + Views.fingerprint)
    let isDone = Mutex(false)
    let vandal = DispatchGroup()
    vandal.enter()
    Thread.detachNewThread {
      defer { vandal.leave() }
      while !isDone.withLock({ $0 }) {
        // It may be gone, or just being made; what matters is that it often is neither.
        _ = rename(views, views + "-\(UInt32.random(in: 0 ... .max))")
        usleep(15_000)
      }
    }
    defer {
      isDone.withLock { $0 = true }
      vandal.wait()
    }
    for round in 0..<12 {
      #expect(try reader.withViews { _, size in size } == TreeSize(11), "round \(round)")
      #expect(try reader.events(withID: "7").map(\.position) == [Position(8)], "round \(round)")
    }
  }

  @Test("appends that wait together share a commit")
  func groupCommit() throws {
    let holder = try Probe("hold-log", test.root)
    #expect(holder.line() == "ready")
    let before = try ledger.log.environment.lastTransaction
    let (ledger, count) = (ledger, 24)
    let begun = Mutex(0)
    let done = DispatchGroup()
    for number in 0..<count {
      done.enter()
      Thread.detachNewThread {
        do {
          let claims = try ledger.claims([event("waiting \(number)", about: "release/shared/1")])
          begun.withLock { $0 += 1 }
          guard case .landed = try ledger.append(AppendRequest(claims: claims)) else {
            Issue.record("refused")
            return done.leave()
          }
        } catch {
          Issue.record(error)
        }
        done.leave()
      }
    }
    while begun.withLock({ $0 }) < count { usleep(10_000) }
    sleep(1)
    holder.kill()
    done.wait()
    // The first one leads a round by itself, the others wait for the next; a thread may still have been late.
    let commits = try ledger.log.environment.lastTransaction - before
    #expect((1...4).contains(commits), "\(count) appends took \(commits) commits")
    try checkWhole(count + 1)
  }

  @Test("one request that is refused does not touch the others of its round")
  func refusedInARound() throws {
    let holder = try Probe("hold-log", test.root)
    #expect(holder.line() == "ready")
    let ledger = ledger
    let refused = Mutex(0)
    let begun = Mutex(0)
    let done = DispatchGroup()
    for number in 0..<12 {
      done.enter()
      Thread.detachNewThread {
        defer { done.leave() }
        do {
          let isBad = number.isMultiple(of: 3)
          let bad = event("bad \(number)", "build.finished", #"{"build":"b","outcome":"failed"}"#)
          // A good event first, which goes with the bad one; or two good ones.
          let claims = try ledger.claims([event("good \(number)"), isBad ? bad : event("too \(number)")])
          begun.withLock { $0 += 1 }
          guard case .refused = try ledger.append(AppendRequest(claims: claims)) else { return }
          refused.withLock { $0 += 1 }
        } catch {
          Issue.record(error)
        }
      }
    }
    while begun.withLock({ $0 }) < 12 { usleep(10_000) }
    sleep(1)
    holder.kill()
    done.wait()
    #expect(refused.withLock { $0 } == 4)
    try checkWhole(1 + 16)
  }

  @Test(
    "a process that hangs with the log's lock makes an append busy after a bounded wait, and costs nothing more"
  )
  func hangingHolder() throws {
    let impatient = try test.reopened(patience: .milliseconds(300))
    let holder = try Probe("hold-log", test.root)
    #expect(holder.line() == "ready")
    holder.signal(SIGSTOP)
    let begun = ContinuousClock.now
    #expect { try impatient.append(event("a")) } throws: { ($0 as? StorageError)?.code == .busy }
    #expect(ContinuousClock.now - begun < .seconds(20))
    #expect(try impatient.rows() == ledger.rows())
    holder.kill()
    #expect(try impatient.append(event("a")).first?.position == Position(1))
  }

  @Test(
    "a process that hangs with the views' lock makes an append busy, and readers fold what is new in memory")
  func hangingViews() throws {
    let impatient = try test.reopened(patience: .milliseconds(300))
    try impatient.append(event("a"))
    let holder = try Probe("hold-views", test.root)
    #expect(holder.line() == "ready")
    holder.signal(SIGSTOP)
    #expect { try impatient.append(event("b")) } throws: { ($0 as? StorageError)?.code == .busy }
    // A record that the views have not folded yet, as after a crash between the log's commit and theirs.
    let claim = try #require(try impatient.claims([event("c")]).first).claim
    let last = try #require(try ledger.event(at: Position(1)))
    let bytes = try Record.make(
      claim, recordedTime: last.recorded, streamVersion: 1, streamPrevious: last.digest
    ).get()
    var append = try ledger.log.beginAppend(within: .seconds(10))
    try append.append(bytes, recorded: last.recorded, digest: .leaf(bytes))
    try append.commit()
    #expect(try impatient.events(withID: "c").map(\.position) == [Position(2)])
    let rows = try impatient.rows()
    holder.kill()
    #expect(try ledger.rows() == rows)
    #expect(try impatient.append(event("b")).first?.position == Position(3))
    try checkWhole(4)
  }
}

@Suite("Following")
struct FollowTests {
  @Test("who follows sees what other instances and other processes append, in order and nothing twice")
  func follow() throws {
    let test = try TestLedger()
    try test.ledger.append(event("before"))
    let seen = Mutex<[String]>([])
    let (isReady, ledger) = (DispatchSemaphore(value: 0), test.ledger)
    let followed = DispatchSemaphore(value: 0)
    Thread.detachNewThread {
      defer { followed.signal() }
      var filter = EventFilter()
      filter.type = "relm.activity.*"
      let deadline = ContinuousClock.now + .seconds(60)
      do {
        try ledger.follow(filter) { _ in
          isReady.signal()
          usleep(5000)
          return ContinuousClock.now < deadline
        } _: { event in
          seen.withLock { $0.append("\(event.record.envelope.source) \(event.record.envelope.id)") }
          return event.record.envelope.id != "end"
        }
      } catch {
        Issue.record(error)
      }
    }
    isReady.wait()
    let probe = try Probe("append", test.root, "/p", "0", "30", "4")
    #expect(probe.status() == 0)
    let other = try test.reopened()
    try other.append(event("planned", "release.planned", #"{"class":"normal"}"#))
    try other.append(event("end"))
    followed.wait()
    #expect(seen.withLock { $0 } == (0..<30).map { "/p \($0)" } + ["/test end"])
  }

  @Test("who follows from a position gets what is there already first")
  func fromPosition() throws {
    let test = try TestLedger()
    for number in 0..<600 where number % 60 == 0 {
      try test.ledger.append(
        AppendRequest(claims: test.ledger.claims((number..<number + 60).map { event("\($0)") }))
      ).landed()
    }
    var filter = EventFilter()
    filter.from = Position(5)
    var positions: [UInt64] = []
    try test.ledger.follow(filter) { followed in
      !followed.isAtEnd
    } _: { event in
      positions.append(event.position.value)
      return true
    }
    #expect(positions == Array(5...600))
  }
}

extension AppendOutcome {
  /// All of it must have landed.
  func landed() throws {
    guard case .landed(let receipts, _) = self else {
      Issue.record("refused: \(self)")
      return
    }
    for receipt in receipts { _ = try receipt.get() }
  }
}
