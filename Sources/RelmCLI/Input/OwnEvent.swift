internal import RelmDomain
internal import RelmLedger
internal import RelmProof

/// An event that a command of its own makes and records: as `relm record` would, with that command's right to its type.
struct OwnEvent {
  private let type: EventType
  private let subject: String
  private let fields: [String]
  private let origin: OriginOptions
  private let output: FormatOptions
  private let verb: String?
  private let id: String?
  private let time: String?
  private let expected: ExpectedVersion?

  init(
    _ type: EventType, subject: String, fields: [String] = [], _ origin: OriginOptions, _ output: FormatOptions,
    verb: String?, id: String? = nil, time: String? = nil, expected: ExpectedVersion? = nil
  ) {
    self.type = type
    self.subject = subject
    self.fields = fields
    self.origin = origin
    self.output = output
    self.verb = verb
    self.id = id
    self.time = time
    self.expected = expected
  }

  /// Records it and prints where it landed.
  ///
  /// - Parameter size: the size of the log on which it rests, if it rests on one.
  func record(in ledger: Ledger, at size: TreeSize? = nil, isDryRun: Bool = false) throws {
    let data = try FieldArguments(EventCatalogue.description(of: type)).object(fields)
    try record(data, in: ledger, at: size, isDryRun: isDryRun)
  }

  /// Records it with data that is canonical JSON already, and prints where it landed.
  func record(_ data: [UInt8], in ledger: Ledger, at size: TreeSize? = nil, isDryRun: Bool = false) throws {
    let appended = try appended(data, in: ledger, at: size, isDryRun: isDryRun, names: try origin.names())
    var printer = ReceiptPrinter(try output.chosen(), isList: false, isDryRun: isDryRun)
    try printer.print(appended)
  }

  /// Records it with data that is canonical JSON already, without a word.
  ///
  /// - Returns: where it landed.
  func append(_ data: [UInt8], in ledger: Ledger, at size: TreeSize?) throws -> Position? {
    try appended(data, in: ledger, at: size, isDryRun: false, names: nil).receipts.first?.position
  }

  private func appended(
    _ data: [UInt8], in ledger: Ledger, at size: TreeSize?, isDryRun: Bool, names: NameWatch?
  ) throws -> Appended {
    let surroundings = ledger.surroundings
    let draft = EventDraft(
      type: type.rawValue, subject: subject,
      id: id ?? UUIDText(version7: surroundings.now(), random: surroundings.random()).text,
      time: try time.map(Moments.claimed),
      data: data)
    let appending = Appending(
      ledger, actor: try origin.chosenActor(), source: try origin.chosenSource() ?? OriginOptions.commandLine,
      expected: expected, expectedSize: size, verb: verb, isDryRun: isDryRun, names: names)
    return try appending.append([try JSONDocument(draft.bytes).root])
  }

  /// Records the event of an act that also changes something outside the log, and changes that.
  ///
  /// Where it is refused, nothing is left of the change; where it is unknown what became of it, the next opening of the
  /// ledger asks the log.
  static func recording(_ act: ActUnderWay, _ record: (_ id: String) throws -> Void) throws {
    do {
      try record(act.id)
    } catch let refused as CommandFailure {
      try act.drop()
      throw refused
    }
    try act.take()
  }
}
