internal import ArgumentParser
internal import Glibc
internal import RelmDomain
internal import RelmFiles
internal import RelmLedger

/// Which ledger a command is about.
struct LedgerOptions: ParsableArguments {
  @Option(
    name: .long, help: "The ledger's directory; else RELM_LEDGER, else the nearest .relm upwards from here.",
    completion: .directory)
  var ledger: String?

  @Flag(
    name: .customLong("allow-shared"),
    help: "Open the ledger even where others than its owner may write to it; else RELM_ALLOW_SHARED=1.")
  var allowShared = false

  @Option(
    help: ArgumentHelp(
      "The time zone of days and times without an offset, such as Europe/Berlin; else RELM_ZONE, else UTC.",
      valueName: "zone"))
  var zone: String?

  init() {}

  init(_ words: inout PlainLine) {
    ledger = words.value("--ledger")
    allowShared = words.flag("--allow-shared")
    zone = words.value("--zone")
    words.check { try validate() }
  }

  func validate() throws {
    guard let zone else { return }
    Zone.ask(zone)
    do { _ = try Zone.instant(Instant(microseconds: 0), in: zone) } catch { throw ValidationError("\(error)") }
  }

  /// Opens the ledger. What was left undone there and is done now, or cannot be, is told on standard error.
  ///
  /// - Throws: a failure with status 66 where there is none.
  func open(readOnly: Bool = false) throws -> Ledger {
    let progress = CatchUpProgress()
    let opened = try Ledger.open(
      at: directory(), readOnly: readOnly,
      allowsShared: allowShared || Environment.isOn("RELM_ALLOW_SHARED")
    ) { progress.show($0) }
    ShownPeople.know(opened.vault)
    for remark in opened.remarks { Terminal.remark(Rows.printable("relm: \(remark)")) }
    return opened
  }

  /// The ledger's directory: as named, or found upwards from here, as git finds its own.
  func directory() throws -> String {
    if let named = try ledger ?? Environment.value("RELM_LEDGER") { return named }
    guard
      var here = getcwd(nil, 0).map({ pointer in
        defer { free(pointer) }
        return String(cString: pointer)
      })
    else {
      throw CommandFailure(
        .inputOutput, "the current directory cannot be told: \(String(cString: strerror(errno)))")
    }
    while true {
      let candidate = here == "/" ? "/.relm" : here + "/.relm"
      var status = stat()
      if stat(candidate, &status) == 0 {
        guard status.st_uid == getuid() || getuid() == 0 else {
          throw CommandFailure(
            .noInput, "\(candidate) belongs to another user; name it with --ledger if it is the one you mean")
        }
        return candidate
      }
      guard here != "/" else { break }
      here = Files.directory(of: here)
    }
    throw CommandFailure(
      .noInput,
      "there is no ledger here or upwards from here; make one with 'relm init', or name one with --ledger")
  }
}

/// The process's environment.
enum Environment {
  /// A variable's value; nil where it is not set.
  ///
  /// - Throws: a usage failure where it is set and empty: that is a script's mistake more often than a wish.
  static func value(_ name: String) throws -> String? {
    guard let pointer = getenv(name) else { return nil }
    let value = try ArgumentText.variable(name, pointer)
    guard !value.isEmpty else {
      throw CommandFailure(.usage, "\(name) is set but empty; set it to a value, or unset it")
    }
    return value
  }

  /// Whether a switch is set: to 1, and not to 0.
  ///
  /// - Throws: a usage failure where it says anything else: a switch that is not understood must not be taken for off.
  static func isOn(_ name: String) throws -> Bool {
    switch try value(name) {
    case nil, "0": return false
    case "1": return true
    case .some(let other):
      throw CommandFailure(.usage, "\(name) is '\(other)'; it must be 1, or 0 as if it were not set")
    }
  }
}

/// How rows come out.
struct FormatOptions: ParsableArguments {
  @Option(name: .long, help: "table, json, ndjson or csv; else RELM_FORMAT, else table.")
  var format: OutputFormat?

  @OptionGroup var cells: CellOptions
  @OptionGroup var people: PeopleOptions

  init() {}

  init(_ words: inout PlainLine) {
    format = words.value("--format") { OutputFormat(rawValue: $0) }
    (cells, people) = (CellOptions(&words), PeopleOptions(&words))
  }

  func chosen() throws -> OutputFormat {
    try format ?? Self.usual()
  }

  /// What RELM_FORMAT says; a table where it is not set.
  static func usual() throws -> OutputFormat {
    guard let named = try Environment.value("RELM_FORMAT") else { return .table }
    guard let format = OutputFormat(rawValue: named) else {
      throw CommandFailure(.usage, "RELM_FORMAT is '\(named)'; it must be table, json, ndjson or csv")
    }
    return format
  }
}

/// Who appends, and from where.
struct OriginOptions: ParsableArguments {
  @Option(name: .long, help: "Who acts or reports: an account such as ana@example.org; else RELM_ACTOR.")
  var actor: String?

  @Option(
    name: .long,
    help: "What the events come from, a URI reference such as /ci/payments; else RELM_SOURCE, else /relm/cli.")
  var source: String?

  @Flag(
    name: .customLong("strict-names"),
    help: "Refuse names that nobody here knows, instead of a remark; else RELM_STRICT_NAMES=1.")
  var strictNames = false

  init() {}

  init(_ words: inout PlainLine) {
    actor = words.value("--actor")
    source = words.value("--source")
    strictNames = words.flag("--strict-names")
  }

  func chosenActor() throws -> String? { try actor ?? Environment.value("RELM_ACTOR") }
  func chosenSource() throws -> String? { try source ?? Environment.value("RELM_SOURCE") }

  /// The source of what is typed by hand.
  static let commandLine = "/relm/cli"
}

/// A guard over the stream that is appended to.
struct ExpectOptions: ParsableArguments {
  @Option(
    name: .customLong("expect-version"),
    help:
      "Append only if the stream's last version is this number, or 'none' if it must not exist; else exit 1.")
  var expectVersion: ExpectedVersionArgument?

  init() {}

  init(_ words: inout PlainLine) {
    expectVersion = words.value("--expect-version") { ExpectedVersionArgument(argument: $0) }
  }
}

struct ExpectedVersionArgument: ExpressibleByArgument {
  let value: ExpectedVersion

  init?(argument: String) {
    if argument == "none" {
      value = .none
    } else if let version = UInt64(argument) {
      value = .version(version)
    } else {
      return nil
    }
  }
}
