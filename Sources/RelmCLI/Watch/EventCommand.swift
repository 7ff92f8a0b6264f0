internal import Glibc
internal import RelmDomain
internal import RelmFiles
internal import RelmLedger
internal import RelmProof

/// A shell's command that is run once for each event, with the event on its standard input.
struct EventCommand {
  let command: String
  let printer: EventPrinter
  let signals: StopSignals
  /// Whether an event is tried again until its command succeeds.
  let retries: Bool
  /// The ledger's directory, so that a `relm` in the command finds it.
  let ledger: String

  /// Runs the command until it has exited 0.
  ///
  /// - Throws: a failure with status 1 where it has not, and is not tried again.
  func handle(_ event: RecordedEvent) throws {
    var pause = 1
    while true {
      let end = try run(event)
      if end == .exited(0) { return }
      let words = "\(Self.name(event)): the command \(end.inWords)"
      guard retries, !signals.isAsked else { throw CommandFailure(.no, words + "; this event is not handled") }
      Terminal.remark("relm: \(words); trying again in \(pause) s")
      guard !signals.wait(.seconds(pause)) else {
        throw CommandFailure(.no, "stopped before \(words.prefix { $0 != ":" }) was handled")
      }
      pause = min(pause * 2, 60)
    }
  }

  private func run(_ event: RecordedEvent) throws -> ChildProcess.End {
    // A file, not a pipe: the command may read as late as it likes, or not at all.
    let input = try NamelessFile.make()
    try Files.writeAll(
      Array("\(try printer.object(event))\n".utf8)[...], to: input.number, path: "a temporary file")
    lseek(input.number, 0, SEEK_SET)
    let envelope = event.record.envelope
    var spawn = Spawn("/bin/sh", ["sh", "-c", command])
    spawn.input = input.number
    spawn.variables = [
      "RELM_POSITION": String(event.position.value), "RELM_TYPE": envelope.type,
      "RELM_SUBJECT": envelope.subject,
      "RELM_ID": envelope.id, "RELM_LEDGER": ledger,
    ]
    spawn.blockedSignals = signals.before
    spawn.isGroup = true
    return try signals.wait(for: spawn.start())
  }

  private static func name(_ event: RecordedEvent) -> String {
    let envelope = event.record.envelope
    let words = [EventType.short(envelope.type), envelope.subject].compactMap { $0 }.joined(separator: ", ")
    return "position \(event.position.value) (\(Rows.printable(words)))"
  }
}
