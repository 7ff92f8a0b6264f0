internal import ArgumentParser
internal import Glibc
internal import RelmDomain
internal import RelmFiles
internal import RelmInterchange
internal import RelmLedger
internal import RelmViews

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Take in what other programs have recorded.",
    discussion: "Importing again adds nothing: every event has an id that is made from what it tells.",
    subcommands: [DpkgLogImport.self, GitTagsImport.self])

  func run() throws {
    throw CommandFailure(.usage, "name what to import: dpkg-log or git-tags. See 'relm import --help'")
  }

  struct DpkgLogImport: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "dpkg-log", abstract: "A Debian machine's own deployments, from its package manager's log.",
      discussion: """
        Installs, upgrades and removals become deployments of release/PACKAGE:ARCH/VERSION to host/NAME. Several \
        files are read in their order, the oldest first. Times in the log are local: the zone is the system's, or \
        --time-zone's.
        """)

    @OptionGroup var ledger: LedgerOptions
    @OptionGroup var output: FormatOptions

    @Argument(help: "The logs, such as /var/log/dpkg.log.1 /var/log/dpkg.log.", completion: .file())
    var files: [String]

    @Option(help: "The machine's name; else this machine's.")
    var host: String?

    @Option(
      name: .customLong("time-zone"),
      help: "The zone of the log's times, such as Europe/Berlin or UTC; else the system's.")
    var timeZone: String?

    @Option(help: "The events' source; else /dpkg/HOST.")
    var source: String?

    @Flag(help: "Print the events as NDJSON instead of appending them.")
    var print = false

    @Flag(name: .shortAndLong, help: "Print no line per event.")
    var quiet = false

    func run() throws {
      let name = try host ?? SystemName.host()
      var log = DpkgLog(host: name, clock: try SystemClock.local(zone: timeZone ?? ledger.zone), source: source)
      var drafts: [Draft] = []
      for file in files {
        try Self.read(file, into: &log, &drafts)
        if let unread = log.endFile() {
          Terminal.remark(
            "relm: \(file): line \(unread.number) does not end, so it is left for the next import")
        }
      }
      try ImportOutput(print: print, quiet: quiet).take(drafts, ledger, try output.chosen())
    }

    /// A machine writes some mebibytes of it in a year.
    private static let limitBytes = 256 << 20

    private static func read(_ path: String, into log: inout DpkgLog, _ drafts: inout [Draft]) throws {
      let file = try UnpackedInput(path, atMost: limitBytes)
      var trouble: InterchangeError?
      try file.forEachBlock { block throws(FileError) in
        do throws(InterchangeError) { drafts += try log.read(block) } catch { trouble = error }
        return trouble == nil
      }
      if let trouble { throw CommandFailure(.badInput, "\(path): \(trouble). Nothing was appended") }
    }
  }
}

/// What an import does with its events.
struct ImportOutput {
  let print: Bool
  let quiet: Bool

  func take(_ drafts: [Draft], _ options: LedgerOptions, _ format: OutputFormat) throws {
    guard !print else {
      for draft in drafts { try Terminal.write(draft.json + [UInt8(ascii: "\n")]) }
      return
    }
    let source = DraftSource(texts: drafts.map(\.json))
    var bulk = BulkAppend(
      Appending(try options.open(), source: nil, isImport: true), source, quiet: quiet,
      receipts: ReceiptPrinter(format, isList: true))
    let opened = try options.open()
    try bulk.run(.chunked)
    try tellUnaccepted(in: opened)
  }

  /// Says what to do where deployments from before the ledger come too late to be taken at their word.
  private func tellUnaccepted(in ledger: Ledger) throws {
    for (source, count) in try ledger.unacceptedHistory() {
      let deployments = count == 1 ? "1 deployment" : "\(count) deployments"
      Terminal.remark(
        Rows.printable(
          "relm: \(deployments) of \(source) began before the ledger was opened and came more than a day after that; "
            + "every report has them as exceptions until somebody with unlimited level 6 accepts that history: "
            + "relm record history.accepted --subject ledger source=\(source) reason='…'"))
    }
  }
}

/// Events that this program has made itself.
struct DraftSource: EventSource {
  let texts: [[UInt8]]

  func forEachEvent(_ body: (EventText) throws -> Bool) throws {
    for (place, text) in texts.enumerated() {
      guard try body(EventText(text, text.indices, line: place + 1)) else { return }
    }
  }
}

/// The name of this machine.
enum SystemName {
  static func host() throws -> String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard gethostname(&buffer, buffer.count - 1) == 0 else {
      throw CommandFailure(.inputOutput, "this machine's name cannot be told; name it with --host")
    }
    let name = buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
    guard !name.isEmpty else { throw CommandFailure(.usage, "this machine has no name; name it with --host") }
    return String(decoding: name, as: UTF8.self)
  }
}
