internal import ArgumentParser
internal import RelmDomain
internal import RelmFiles
internal import RelmLedger
internal import RelmProof

struct WatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "watch", abstract: "Hand out events as they come, to a command too, and remember how far.",
    usage: """
      relm watch [SUBJECT] [--type TYPE] [--cursor NAME] [--exec COMMAND] [OPTION …]
             relm watch --list
             relm watch --forget NAME
      """,
    discussion: """
      Every event that is appended, by whichever process, comes out as one line as soon as it is there. With --exec it \
      goes to a command instead: that is run by /bin/sh once for each event, strictly in order and one at a time, with \
      {"event":…,"position":N} as one line on its standard input, as 'relm log --format ndjson' prints it, and with \
      RELM_POSITION, RELM_TYPE, RELM_SUBJECT, RELM_ID and RELM_LEDGER in its environment. A command that records \
      events meets those as well, unless a filter leaves them out.

      With --cursor a watcher goes on where the last one of that name stopped, however that ended. The cursor moves only \
      after the command has exited 0, or the line has been written: every event is handled at least once and none is \
      skipped; the one at which a watcher was killed is handled again, so let the command bear that. The position makes \
      a good key. A new cursor begins at the log's end, or at --from; --from counts only then. A cursor is a place in \
      the log: with other filters it goes on from there. It belongs to one ledger and one history, and is refused with \
      65 in another. One watcher at a time has it; a second exits 75.

      When the command fails, watch says at which event, leaves the cursor before it and exits 1; with --retry it \
      tries that event again after 1, 2, 4 … 60 seconds. SIGINT or SIGTERM lets the running command finish, saves the \
      cursor and exits 0; a second one is passed on to the command.
      """)

  @OptionGroup var ledger: LedgerOptions
  @OptionGroup var output: FormatOptions
  @OptionGroup var events: FilterOptions

  @Option(help: "Remember under this name how far it has come: letters, digits, dots, dashes, underscores.")
  var cursor: String?

  @Option(help: ArgumentHelp("Run this for each event instead of printing it.", valueName: "command"))
  var exec: String?

  @Flag(help: "Try an event again until its command succeeds.")
  var retry = false

  @Flag(help: "Handle what is there by now, and stop.")
  var once = false

  @Flag(help: "List the cursors, and how many events each is behind.")
  var list = false

  @Option(help: ArgumentHelp("Remove a cursor.", valueName: "name"))
  var forget: String?

  func validate() throws {
    for (option, name) in [("--cursor", cursor), ("--forget", forget)] {
      guard let name, !WatchCursor.isName(name) else { continue }
      throw ValidationError(
        "\(option) '\(name)' is no cursor's name; write letters, digits, dots, dashes and underscores, at most "
          + "\(WatchCursor.longestName)")
    }
    guard !list && forget == nil || !isWatching else {
      throw ValidationError("--list and --forget stand alone: they watch nothing")
    }
    guard !list || forget == nil else { throw ValidationError("--list and --forget exclude each other") }
    guard !retry || exec != nil else { throw ValidationError("--retry needs --exec: it tries a command again") }
    guard !once || cursor != nil || events.from != nil else {
      throw ValidationError("--once needs --cursor NAME or --from POSITION; without them there is nothing yet")
    }
    guard exec == nil || output.format == nil || output.format == .ndjson else {
      throw ValidationError("--exec hands each event over as one line of JSON; leave --format out")
    }
  }

  /// Whether anything is said that only a watcher needs.
  private var isWatching: Bool {
    cursor != nil || exec != nil || retry || once || events.subject != nil || events.type != nil
      || events.from != nil || events.since != nil || events.until != nil || events.limit != nil
  }

  func run() throws {
    let opened = try ledger.open()
    if list { return try listCursors(opened) }
    if let forget { return try opened.forgetCursor(forget) }
    let filter = try events.filter(opened, isWaiting: true)
    let format: OutputFormat = try exec != nil ? .ndjson : output.chosen()
    guard format != .json || once else {
      throw CommandFailure(
        .usage, "watching has no end, and so no JSON array; use --format ndjson, or --once, which has one")
    }
    let printer = EventPrinter(ledger: opened, format: .rows(format))
    let signals = StopSignals()
    var watcher = Watcher(ledger: opened, filter: filter, isOnce: once, signals: signals)
    watcher.cursor = try cursor.map { try opened.holdCursor($0, from: filter.from) }
    try printer.begin()
    if let exec {
      let command = EventCommand(
        command: exec, printer: printer, signals: signals, retries: retry,
        ledger: Files.absolute(opened.layout.root))
      return try watcher.run(command.handle)
    }
    do {
      try watcher.run { event in
        try printer.print(event)
        try printer.flush()
      }
    } catch {
      if format == .json { try printer.end() }
      throw error
    }
    if format == .json { try printer.end() }
  }

  private func listCursors(_ ledger: Ledger) throws {
    var table = Rows(
      "cursor", "next", "behind", "state", whenEmpty: "there are no cursors; relm watch --cursor NAME makes one"
    )
    for entry in try ledger.cursors() {
      table.append(
        Cell(entry.name), entry.cursor.map { Cell($0.next.value) } ?? Cell(nil as String?),
        entry.behind.map { Cell($0) } ?? Cell(nil as String?), Cell(entry.trouble ?? "good"))
    }
    try table.write(try output.chosen())
  }
}
