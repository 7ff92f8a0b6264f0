internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmViews

/// What every event of a policy can be told.
struct PolicyEventOptions: ParsableArguments {
  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var origin: OriginOptions
  @OptionGroup var output: FormatOptions

  @Option(help: "When it was decided (RFC 3339); not given, when it was recorded.")
  var time: String?

  @Option(help: "The event's id, which makes a retry safe; not given, a new UUID.")
  var id: String?

  @Option(help: "A remark in free words, stored sealed because it may speak of people.")
  var note: String?

  @Option(help: ArgumentHelp("Where to read more; may be given again.", valueName: "uri"))
  var reference: [String] = []

  @Flag(name: .customLong("dry-run"), help: "Decide as the real run would, and append nothing.")
  var dryRun = false

  /// What the ledger says of a policy before an event of it is made.
  struct Standing {
    let row: PolicyRow?
    let now: Instant
    /// The event that is told again with its own id, so that it has to be the same.
    let again: PolicyEvent?
  }

  /// Records an event. Where somebody else has recorded something of the policy meanwhile, it is made anew.
  ///
  /// - Parameters:
  ///   - type: the event's type.
  ///   - policy: the policy's id.
  ///   - opened: the ledger.
  ///   - make: makes the data from what the ledger says, and what to tell the person.
  func record(
    _ type: EventType, of policy: String, in opened: Ledger,
    _ make: (Standing) throws -> (data: EventData, remark: String)
  ) throws {
    let subject = Subject.policy(policy).text
    let source = try origin.chosenSource() ?? OriginOptions.commandLine
    for attempt in 1... {
      let (row, head) = try opened.withViews { rows, _ in
        (try Policies.row(Policies.key(policy), in: rows), try StreamHead.read(IndexKey.name(subject), rows))
      }
      let standing = Standing(
        row: row, now: opened.surroundings.now(), again: try again(type, subject, source, in: opened))
      var (data, remark) = try make(standing)
      data.set("note", note)
      data.set("references", reference)
      do {
        try OwnEvent(
          type, subject: subject, origin, output, verb: nil, id: id, time: time,
          expected: head.map { .version($0.count - 1) } ?? ExpectedVersion.none
        ).record(data.bytes, in: opened, isDryRun: dryRun)
      } catch let failure as CommandFailure where failure.status == .no && attempt < 20 {
        continue
      }
      return Terminal.remark(remark)
    }
  }

  private func again(
    _ type: EventType, _ subject: String, _ source: String, in opened: Ledger
  ) throws -> PolicyEvent? {
    guard let id else { return nil }
    let event = try opened.events(withID: id, source: source).first {
      $0.record.envelope.type == type.rawValue && $0.record.envelope.subject == subject
    }
    guard case .policy(let said)? = event?.event else { return nil }
    return said
  }
}
