internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger

/// What every step of a review can be told.
struct ReviewOptions: ParsableArguments {
  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var origin: OriginOptions
  @OptionGroup var output: FormatOptions

  @Option(help: "When it happened (RFC 3339); not given, it happened when it was recorded.")
  var time: String?

  @Option(help: "The event's id, which makes a retry safe; not given, a new UUID.")
  var id: String?

  @Option(help: "A remark in free words, stored sealed because it may speak of people.")
  var note: String?

  @Option(help: ArgumentHelp("Where to read more; may be given again.", valueName: "uri"))
  var reference: [String] = []

  @Flag(name: .customLong("dry-run"), help: "Decide as the real run would, and append nothing.")
  var dryRun = false

  /// What else goes into a step's data.
  struct Step {
    let data: EventData
    /// What it is, for the person: the ids that were proposed.
    let remark: String
  }

  /// Records one step, with data made from what the release's reviews are. Where somebody else has recorded something of
  /// the release meanwhile, it is made anew: no proposed id is given twice.
  ///
  /// - Parameters:
  ///   - type: the event's type.
  ///   - release: the release as it was typed.
  ///   - evidence: paths of files to keep.
  ///   - make: makes the data, and says what it is.
  func record(
    _ type: EventType, of release: String, evidence: [String] = [], _ make: (ReleaseReviews) throws -> Step
  ) throws {
    let opened = try ledger.open()
    let (package, version) = try ReleaseArgument.named(release, in: opened)
    let subject = Subject.release(package: package, version: version).text
    let source = try origin.chosenSource() ?? OriginOptions.commandLine
    let actor = try origin.chosenActor()
    let files = try evidence.map { try EvidenceFile($0, by: actor, into: opened) }
    try EvidenceFile.keeping(files, isDryRun: dryRun) {
      try record(type, of: subject, source: source, in: opened, files, make)
    }
  }

  private func record(
    _ type: EventType, of subject: String, source: String, in opened: Ledger, _ files: [EvidenceFile],
    _ make: (ReleaseReviews) throws -> Step
  ) throws {
    for attempt in 1... {
      let reviews = try ReleaseReviews(of: subject, in: opened, again: id.map { ($0, source, type) })
      let step = try make(reviews)
      var data = step.data
      data.set("note", note)
      data.set("references", reference)
      data.set("evidence", objects: files.map(\.object))
      do {
        try OwnEvent(
          type, subject: subject, origin, output, verb: nil, id: id, time: time, expected: reviews.expected
        ).record(data.bytes, in: opened, isDryRun: dryRun)
      } catch let failure as CommandFailure where failure.status == .no && attempt < 20 {
        continue
      }
      return Terminal.remark(step.remark)
    }
  }
}
