import Foundation
import RelmStorage
import Testing

@Suite("Group commit")
struct GroupCommitTests {
  enum Trouble: Error { case odd, all }

  /// What the rounds were, and a gate at which the first one waits.
  final class Record: @unchecked Sendable {
    private let lock = NSLock()
    private var recorded: [[Int]] = []
    let gate = DispatchSemaphore(value: 0)
    let isInside = DispatchSemaphore(value: 0)

    var rounds: [[Int]] { lock.withLock { recorded } }

    func note(_ inputs: [Int]) {
      let isFirst = lock.withLock {
        recorded.append(inputs)
        return recorded.count == 1
      }
      if isFirst {
        isInside.signal()
        gate.wait()
      }
    }
  }

  /// Has 0 lead a round that waits until 1...count stand in line, and returns the outcomes of all by input.
  func gather(_ count: Int, _ group: GroupCommit<Int, Int, Trouble>, _ record: Record) -> [Int: Result<
    Int, Trouble
  >] {
    let outcomes = Outcomes()
    let done = DispatchGroup()
    func start(_ input: Int) {
      done.enter()
      Thread.detachNewThread {
        do throws(Trouble) {
          outcomes.set(input, .success(try group.submit(input)))
        } catch {
          outcomes.set(input, .failure(error))
        }
        done.leave()
      }
    }
    start(0)
    record.isInside.wait()
    for input in 1...count { start(input) }
    while group.waitingCount < count { sched_yield() }
    record.gate.signal()
    done.wait()
    return outcomes.all
  }

  final class Outcomes: @unchecked Sendable {
    private let lock = NSLock()
    private var outcomes: [Int: Result<Int, Trouble>] = [:]
    var all: [Int: Result<Int, Trouble>] { lock.withLock { outcomes } }
    func set(_ input: Int, _ outcome: Result<Int, Trouble>) { lock.withLock { outcomes[input] = outcome } }
  }

  @Test("callers that wait together share one round, and each gets its own outcome")
  func shared() throws {
    let record = Record()
    let group = GroupCommit<Int, Int, Trouble> { inputs in
      record.note(inputs)
      return inputs.map { $0 % 2 == 0 ? .success($0 * 10) : .failure(.odd) }
    }
    let outcomes = gather(64, group, record)
    #expect(record.rounds.count == 2 && record.rounds[0] == [0] && record.rounds[1].sorted() == Array(1...64))
    for input in 0...64 {
      #expect(outcomes[input] == (input % 2 == 0 ? .success(input * 10) : .failure(.odd)))
    }
    #expect(group.waitingCount == 0)
  }

  @Test("a round takes no more than the cap, and leaves nobody behind")
  func capped() {
    let record = Record()
    let group = GroupCommit<Int, Int, Trouble>(maximumPerRound: 10) { inputs in
      record.note(inputs)
      return inputs.map { .success($0) }
    }
    let outcomes = gather(35, group, record)
    #expect(record.rounds.map(\.count) == [1, 10, 10, 10, 5])
    #expect(outcomes.count == 36 && outcomes.allSatisfy { $0.value == .success($0.key) })
  }

  @Test("a failed round fails for all of its callers, and the next one goes on")
  func failedRound() {
    let record = Record()
    let group = GroupCommit<Int, Int, Trouble> { inputs in
      record.note(inputs)
      return inputs.map { inputs.contains(0) ? .failure(.all) : .success($0) }
    }
    let outcomes = gather(5, group, record)
    #expect(outcomes[0] == .failure(.all))
    #expect((1...5).allSatisfy { outcomes[$0] == .success($0) })
  }

  @Test("rounds never overlap, and a lone caller is its own leader")
  func alone() throws {
    let busy = NSLock()
    let group = GroupCommit<Int, ObjectIdentifier, Trouble> { inputs in
      #expect(busy.try(), "two rounds at once")
      defer { busy.unlock() }
      return inputs.map { _ in .success(ObjectIdentifier(Thread.current)) }
    }
    #expect(try group.submit(1) == ObjectIdentifier(Thread.current))
    DispatchQueue.concurrentPerform(iterations: 8) { number in
      for _ in 0..<500 { #expect(throws: Never.self) { try group.submit(number) } }
    }
  }

  @Test("many threads append through one transaction a round, and each row is there")
  func intoStore() throws {
    let store = try TestStore(durability: .everyCommit)
    let environment = store.environment
    let record = Record()
    let group = GroupCommit<Int, Int, Trouble> { inputs in
      record.note(inputs)
      do throws(StorageError) {
        var write = try environment.beginWrite(within: .seconds(10))
        for input in inputs { try write.put(Key(bigEndian: UInt64(input)), Key("v"), in: rows, mode: .insert) }
        try write.commit()
        return inputs.map { .success($0) }
      } catch {
        return inputs.map { _ in .failure(.all) }
      }
    }
    let before = try environment.lastTransaction
    let outcomes = gather(64, group, record)
    #expect(outcomes.count == 65 && outcomes.allSatisfy { $0.value == .success($0.key) })
    #expect(try store.count() == 65)
    #expect(try environment.lastTransaction == before + 2)
  }
}
