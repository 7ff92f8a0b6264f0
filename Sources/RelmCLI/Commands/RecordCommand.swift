internal import ArgumentParser
internal import RelmDomain
internal import RelmLedger
internal import RelmProof

struct RecordCommand: PlainCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Record one event.",
    usage: "relm record TYPE --subject SUBJECT [key=value …] [key:=JSON …] [key=@FILE …]",
    discussion: """
      'relm record --help TYPE' tells what a type means and which fields it has. key=value gives text (or, as its \
      field asks, a number, true or false, or one element of a list); key:=JSON gives JSON; key=@FILE the text of a \
      file of at most 65,535 bytes, which is as much as a record holds. Keys and the files of the vault are refused. \
      key=@@text is the text @text. A key with dots, such as tool.name, goes into an object.

      A time that is not given is not made up: the event then happened when it was recorded. With --id a retry is \
      acknowledged with the first position.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var origin: OriginOptions
  @OptionGroup var expect: ExpectOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var files: FieldFileOptions

  @Argument(help: "The event's type, such as deployment.finished.", completion: Completions.types)
  var type: String

  @Argument(help: "The fields.", completion: Completions.fields)
  var fields: [String] = []

  @Option(
    name: .shortAndLong, help: "What it is about, such as release/payments-api/2026.11.3.",
    completion: Completions.subjects)
  var subject: String

  @Option(
    help:
      "When it happened: a day, or a moment such as 2026-11-01T12:00Z; not given, it happened when it was recorded."
  )
  var time: String?

  @Option(help: "The event's id, which makes a retry safe; not given, a new UUID.")
  var id: String?

  @Option(
    help: ArgumentHelp(
      "The position of the event that this one corrects. Annul that one first: relm record event.annulled.",
      valueName: "position"))
  var corrects: UInt64?

  @Flag(name: .customLong("dry-run"), help: "Decide as the real run would, and append nothing.")
  var dryRun = false

  @Flag(
    name: .shortAndLong,
    help: "Do not print where it landed, and do not say of names that they are new here.")
  var quiet = false

  init() {}

  init(_ words: inout PlainLine) {
    (ledger, origin) = (LedgerOptions(&words), OriginOptions(&words))
    (expect, output, files) = (ExpectOptions(&words), FormatOptions(&words), FieldFileOptions(&words))
    subject = words.needed("--subject", or: "-s")
    time = words.value("--time")
    id = words.value("--id")
    corrects = words.value("--corrects") { UInt64($0) }
    dryRun = words.flag("--dry-run")
    quiet = words.flag("--quiet", or: "-q")
    type = words.neededArgument()
    fields = words.arguments()
  }

  func run() throws {
    let own = try OwnTypes.named(type)
    let opened = try ledger.open()
    let subject = try NameResolver(opened).subject(subject, of: own)
    let pins = try Pins(own, subject: subject, given: fields, opened)
    let read = try FieldArguments(EventCatalogue.description(of: own), files.words(for: opened))
      .read(fields + pins.fields)
    let surroundings = opened.surroundings
    let draft = EventDraft(
      type: own.rawValue, subject: subject,
      id: id ?? UUIDText(version7: surroundings.now(), random: surroundings.random()).text,
      time: try time.map(Moments.claimed),
      causation: try corrects.map { try Self.corrected($0, in: opened) }, data: read.data)
    let appending = Appending(
      opened, actor: try origin.chosenActor(), source: try origin.chosenSource() ?? OriginOptions.commandLine,
      expected: expect.expectVersion?.value, isDryRun: dryRun, isWholeEventTyped: true,
      names: try origin.names(isQuiet: quiet))
    let node = try JSONDocument(draft.bytes).root
    if let failure = read.failure {
      // What a field that is wrong would have held is not missing besides.
      let others = try appending.problems(with: node).filter { !read.wrong.contains($0.option ?? "") }
      throw CommandFailure(failure.status, Array((failure.problems + others).prefix(Problem.most)))
    }
    let appended = try appending.append([node])
    var printer = ReceiptPrinter(try output.chosen(), isList: false, isDryRun: dryRun)
    if quiet { printer.count(appended) } else { try printer.print(appended) }
    try DuplicateRemarks.tell(appended.receipts, opened)
    if let remark = pins.remark { Terminal.remark(remark) }
  }

  /// The id of the event that is corrected, which the correction names as its cause.
  private static func corrected(_ position: UInt64, in ledger: Ledger) throws -> String {
    guard let event = try ledger.event(at: Position(position)) else {
      throw CommandFailure(.noInput, "there is no position \(position); 'relm log' shows what there is")
    }
    if try ledger.standing(of: event.position).annulledBy.isEmpty {
      Terminal.remark(
        "position \(position) still counts; annul it with: relm record event.annulled -s ledger position=\(position) "
          + "reason=…")
    }
    return event.record.envelope.id
  }
}

/// An event as the command line makes it, before the intake.
struct EventDraft {
  let type: String
  let subject: String
  let id: String
  var time: String?
  /// The id of the event that it corrects or follows from.
  var causation: String?
  /// Canonical JSON of its data.
  let data: [UInt8]

  /// The event as canonical JSON.
  var bytes: [UInt8] {
    var writer = CanonicalWriter()
    writer.beginObject()
    if let causation {
      writer.key("causationid")
      writer.string(causation)
    }
    writer.key("data")
    writer.raw(data)
    writer.key("id")
    writer.string(id)
    writer.key("specversion")
    writer.string("1.0")
    writer.key("subject")
    writer.string(subject)
    if let time {
      writer.key("time")
      writer.string(time)
    }
    writer.key("type")
    writer.string(type)
    writer.endObject()
    return writer.bytes
  }
}

/// Our own types as they are typed: without their prefix.
enum OwnTypes {
  /// - Throws: a usage failure that names the nearest type.
  static func named(_ name: String) throws -> EventType {
    let whole = name.hasPrefix("relm.") ? name : "relm." + name
    if let type = EventType.named(whole) { return type }
    let hint =
      EventCatalogue.nearest(to: whole).map { "did you mean '\(EventType.short($0))'?" }
      ?? "'relm record --help' lists them, and events of other types go in with 'relm append'"
    throw CommandFailure(.usage, "'\(name)' is no type that relm records; \(hint)")
  }
}
