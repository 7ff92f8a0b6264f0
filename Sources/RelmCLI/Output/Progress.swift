internal import Glibc
internal import RelmDomain
internal import RelmLedger
internal import RelmReports
internal import Synchronization

/// Progress of long work: on standard error, only on a terminal and where errors are text, one line that is written over: how much is done, how
/// fast, and how long it will still take.
final class Progress: Sendable {
  private let isShown = Terminal.remarksAreOnTerminal && !ErrorOutput.isJSON
  private let begun = ContinuousClock.now
  /// What was done already when the work was first told of, and when it was last shown.
  private let state = Mutex<(first: UInt64, shown: ContinuousClock.Instant)?>(nil)

  func show(_ what: String, _ done: UInt64, of total: UInt64) {
    guard isShown, total > 0 else { return }
    let now = ContinuousClock.now
    let first: UInt64? = state.withLock { state in
      let isDue = state.map { now - $0.shown > .milliseconds(100) } ?? true
      guard isDue || done == total else { return nil }
      let first = state?.first ?? 0
      state = (first, now)
      return first
    }
    guard let first else { return }
    var line = "\r\u{1B}[K\(what) \(done) of \(total) (\(done * 100 / total)%)"
    let seconds = Double((now - begun).components.seconds) + Double((now - begun).components.attoseconds) / 1e18
    if seconds > 0.5, done > first {
      let rate = Double(done - first) / seconds
      line += ", \(Int(rate)) a second"
      if done < total { line += ", \(Wording.duration(Int(Double(total - done) / rate) + 1)) left" }
    }
    Self.write(line)
  }

  func end() {
    guard isShown else { return }
    Self.write("\r\u{1B}[K")
  }

  private static func write(_ line: String) {
    let bytes = Array(line.utf8)
    // Progress that cannot be told is no reason to stop.
    _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}

/// Says why a command takes long before it answers: many events are folded into the views first.
final class CatchUpProgress: Sendable {
  private let progress = Progress()
  private let isAnnounced = Mutex(false)

  func show(_ state: ViewsProgress) {
    let isFirst = isAnnounced.withLock { known in
      defer { known = true }
      return !known
    }
    if isFirst {
      Terminal.remark(
        "relm: folding \(PlainWords.count(state.of, "event")) into the views first: they are not there yet, or were thrown away"
      )
    }
    progress.show("folded", state.folded, of: state.of)
    if state.folded == state.of { progress.end() }
  }
}
