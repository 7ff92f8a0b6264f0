internal import Glibc
internal import RelmDomain
internal import RelmLedger
internal import RelmProof

/// Steps through a replay on a terminal, one event a screen.
final class Stepper {
  private let walk: Replaying
  private let page: ReplayPage
  private let ledger: Ledger
  private var place = 0
  /// The first line that is shown, where an event has changed more than fits.
  private var top = 0
  private var remark = ""
  private var sought = ""

  init(_ walk: Replaying, _ page: ReplayPage, in ledger: Ledger) {
    self.walk = walk
    self.page = page
    self.ledger = ledger
  }

  func run() throws {
    guard isatty(STDIN_FILENO) == 1, Terminal.outputIsTerminal else {
      throw CommandFailure(.usage, "--step needs a terminal; without it the whole replay is printed")
    }
    let keys = try Keyboard()
    defer { keys.restore() }
    // The screen beside the one that was there, so that quitting leaves everything as it was.
    try Terminal.write(Array("\u{1B}[?1049h\u{1B}[?25l".utf8))
    defer { Terminal.leaveScreen() }
    while true {
      try draw()
      remark = ""
      switch try keys.next() {
      case .character("q"), .escape, .end: return
      case .character("n"), .character(" "), .right, .enter: move(by: 1)
      case .character("b"), .character("p"), .left, .backspace: move(by: -1)
      case .down: top += 1
      case .up: top = max(0, top - 1)
      case .character("g"), .home: go(to: 0)
      case .character("G"), .last: go(to: walk.count - 1)
      case .character("j"): if let text = try ask("Jump to a position or time: ", keys) { jump(text) }
      case .character("/"):
        if let text = try ask("Search: ", keys) {
          sought = text
          try search()
        }
      case .character("*"): try search()
      case .character("?"), .character("h"): remark = Self.help
      case .character, .other: remark = Self.help
      }
    }
  }

  private static let help =
    "n next · b back · ↑↓ scroll · j jump · / search · * again · g first · G last · q quit"

  private func move(by count: Int) {
    let next = place + count
    guard (0..<walk.count).contains(next) else {
      remark = count > 0 ? "this is the last event" : "this is the first event"
      return
    }
    go(to: next)
  }

  private func go(to next: Int) {
    place = next
    top = 0
  }

  private func jump(_ text: String) {
    do {
      let found = walk.place(of: try ReplayCommand.first(text, ledger))
      go(to: min(found, walk.count - 1))
      if found == walk.count { remark = "that is after the last event" }
    } catch {
      remark = "\(error)"
    }
  }

  /// The next event after this one in whose record or words the text stands, in capitals or not.
  private func search() throws {
    guard !sought.isEmpty else { return }
    let wanted = sought.lowercased()
    for next in (place + 1)..<max(walk.count, place + 1) {
      guard let event = try ledger.event(at: walk.position(next)) else { continue }
      let text = String(decoding: event.record.bytes, as: UTF8.self) + event.inWords
      if text.lowercased().contains(wanted) { return go(to: next) }
    }
    remark = "'\(sought)' is nowhere after this event"
  }

  private func draw() throws {
    let size = Terminal.size ?? (columns: 80, rows: 24)
    var lines: [String]
    if let event = try walk.event(place) {
      lines = try page.lines(event)
    } else {
      lines = ["\(walk.position(place).value)  (had not happened by then)"]
    }
    let room = max(size.rows - 2, 1)
    top = min(top, max(0, lines.count - room))
    let more = lines.count - top - room
    lines = Array(lines.dropFirst(top).prefix(room)).map {
      TextLayout.cut(Terminal.legible($0), to: size.columns)
    }
    var state = " \(place + 1) of \(walk.count)"
    if more > 0 { state += " · \(more) more lines ↓" }
    state += " · " + (remark.isEmpty ? Self.help : remark)
    let bar = TextLayout.cut(Rows.printable(state), to: size.columns)
    let text =
      "\u{1B}[H\u{1B}[2J" + lines.joined(separator: "\r\n") + "\u{1B}[\(size.rows);1H\u{1B}[7m"
      + bar + String(repeating: " ", count: max(0, size.columns - bar.count)) + "\u{1B}[0m"
    try Terminal.write(Array(text.utf8))
  }

  /// A line that is typed at the bottom; nil where it was given up.
  private func ask(_ question: String, _ keys: Keyboard) throws -> String? {
    var answer = ""
    let rows = Terminal.size?.rows ?? 24
    while true {
      try Terminal.write(Array("\u{1B}[\(rows);1H\u{1B}[2K\(question)\(Rows.printable(answer))".utf8))
      switch try keys.next() {
      case .enter: return answer.isEmpty ? nil : answer
      case .escape, .end: return nil
      case .backspace: _ = answer.popLast()
      case .character(let character): answer.append(character)
      case .left, .right, .up, .down, .home, .last, .other: break
      }
    }
  }
}
