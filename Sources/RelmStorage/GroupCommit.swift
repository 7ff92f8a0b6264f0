/// Lets callers that come at the same time share one commit, without a thread of its own.
///
/// The first to come leads: it takes all that is waiting and runs it, on its own thread, as one round, which
/// `execute` does in one write transaction. Who comes meanwhile waits for the next round, and one of them leads it.
/// A single caller thus pays nothing, and sixty-four pay for one `fsync` together.
package final class GroupCommit<Input: Sendable, Output: Sendable, Failure: Error>: @unchecked Sendable {
  /// One commit's worth of callers.
  private final class Round {
    let changed = Monitor.Condition()
    var inputs: [Input] = []
    /// The outcome of each input, once the round has run.
    var outcomes: [Result<Output, Failure>] = []
    var isDone = false
    /// Whether one of its callers is to run it.
    var needsLeader = false
  }

  private let execute: @Sendable ([Input]) -> [Result<Output, Failure>]
  private let maximumPerRound: Int
  private let monitor = Monitor()
  // These two, and all rounds but the inputs of the running one, are read and written with the monitor held,
  // which the compiler cannot see.
  /// The rounds that have not begun, in their order.
  private var waiting: [Round] = []
  private var isRunning = false

  /// - Parameters:
  ///   - maximumPerRound: the most inputs that one round takes.
  ///   - execute: runs a round, and returns one outcome for each input, in their order. Rounds never overlap.
  package init(
    maximumPerRound: Int = 1024, execute: @escaping @Sendable ([Input]) -> [Result<Output, Failure>]
  ) {
    precondition(maximumPerRound > 0, "a round takes at least one input")
    self.maximumPerRound = maximumPerRound
    self.execute = execute
  }

  /// How many inputs wait for a round to begin.
  package var waitingCount: Int { monitor.withLock { waiting.reduce(0) { $0 + $1.inputs.count } } }

  /// Has the input run with a round, and waits for its outcome.
  ///
  /// It blocks its thread, therefore asynchronous code cannot call it.
  ///
  /// - Throws: the failure that `execute` gave for this input.
  @available(*, noasync, message: "it blocks its thread until the commit is on disk")
  package func submit(_ input: Input) throws(Failure) -> Output {
    monitor.lock()
    let (round, place) = enqueue(input)
    if isRunning {
      while !round.isDone && !round.needsLeader { round.changed.wait(holding: monitor) }
    }
    if !round.isDone { lead(round) }
    let outcome = round.outcomes[place]
    monitor.unlock()
    return try outcome.get()
  }

  /// Puts the input into the last round that has room.
  private func enqueue(_ input: Input) -> (Round, place: Int) {
    if let last = waiting.last, last.inputs.count < maximumPerRound {
      last.inputs.append(input)
      return (last, last.inputs.count - 1)
    }
    let round = Round()
    round.inputs.append(input)
    waiting.append(round)
    return (round, 0)
  }

  /// Runs the round, which is the first that waits, and names a leader for the next. The monitor is held before
  /// and after, but not meanwhile.
  private func lead(_ round: Round) {
    precondition(waiting.first === round, "rounds run in their order")
    waiting.removeFirst()
    round.needsLeader = false
    isRunning = true
    let inputs = round.inputs
    monitor.unlock()
    let outcomes = execute(inputs)
    precondition(outcomes.count == inputs.count, "each input has one outcome")
    monitor.lock()
    round.outcomes = outcomes
    round.isDone = true
    round.changed.broadcast()
    if let next = waiting.first {
      // isRunning stays: who comes before the next leader has woken up waits behind it.
      next.needsLeader = true
      next.changed.signal()
    } else {
      isRunning = false
    }
  }
}
