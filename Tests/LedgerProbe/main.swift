// A process to be killed, stopped and raced against by the tests of RelmLedger.
// usage: LedgerProbe COMMAND LEDGER [WORD...]
import Foundation
import Glibc
import RelmDomain
import RelmLedger
import RelmLog
import RelmViews
import RelmProof
import RelmStorage

/// Says a line at once, so that the test that waits for it goes on.
func say(_ line: String) {
  FileHandle.standardOutput.write(Data((line + "\n").utf8))
}

/// Waits to be killed, with what it holds.
func rest<Held: ~Copyable>(holding held: borrowing Held) {
  while true { pause() }
}

/// Claims of a source, one for each number.
func claims(_ ledger: Ledger, source: String, _ numbers: Range<Int>) throws -> [PreparedClaim] {
  while true {
    var intake = ledger.intake(defaultSource: source, defaultActor: "probe@example.org")
    let claims = try numbers.map { number in
      let event =
        #"{"id":"\#(number)","type":"relm.activity.recorded","subject":"release/probe/\#(number % 3)","#
        + #""data":{"activity":"step \#(number)"}}"#
      return try intake.take(JSONDocument([UInt8](event.utf8)).root).get()
    }
    if try intake.commitPeople() { return claims }
  }
}

/// Appends from a first number on, batches of 1 to `largest`, and says "NUMBER POSITION" for each that is acknowledged.
func append(to ledger: Ledger, source: String, from first: Int, count: Int, largest: Int) throws {
  var next = first
  while next < first + count {
    let size = min(first + count - next, next % largest + 1)
    let batch = try claims(ledger, source: source, next..<next + size)
    guard case .landed(let receipts, let remarks) = try ledger.append(AppendRequest(claims: batch)) else {
      return say("refused")
    }
    var lines = remarks.map { "remark \($0)" }
    for (offset, receipt) in receipts.enumerated() {
      lines.append("\(next + offset) \(try receipt.get().position.value)")
    }
    say(lines.joined(separator: "\n"))
    next += size
  }
}

/// Every row of every table as text: table, key and value.
func all(_ rows: any RowReading) throws -> String {
  func hex(_ bytes: [UInt8]) -> String {
    bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
  }
  var text = ""
  for table in Views.tables {
    try rows.scan(table, from: nil, upTo: nil, reversed: false) { key, value in
      text += "\(table.name) \(hex(key)) \(hex(value))"
      return true
    }
  }
  return text
}

/// Appends until the views' file is as large as it may be, which the log's is long before.
func appendLimited(to root: String) throws {
  let ledger = try Ledger.open(at: root)
  var limit = rlimit()
  getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
  limit.rlim_cur = 1 << 20
  setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
  // In four rows of the views, and once in the log.
  let long = String(repeating: "x", count: 150)
  for number in 0..<10_000 {
    var intake = ledger.intake(defaultSource: "/probe")
    let event =
      #"{"id":"\#(number)","type":"relm.deployment.finished","subject":"release/\#(long)/\#(number)","#
      + #""data":{"backfilled":true,"deployment":"\#(long)","environment":"\#(long)\#(number)","outcome":"succeeded"}}"#
    let claim = try intake.take(JSONDocument([UInt8](event.utf8)).root).get()
    guard case .landed(_, let remarks) = try ledger.append(AppendRequest(claims: [claim])) else {
      return say("refused")
    }
    guard let remark = remarks.first else { continue }
    say("remark \(remark)")
    say("size \(number + 2)")
    break
  }
  limit.rlim_cur = limit.rlim_max
  setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
  let size = try ledger.withViews { _, size in size }
  say(try size == ledger.size() ? "usable" : "behind")
}

func run(_ command: String, _ root: String, _ words: [String]) throws {
  func number(_ index: Int) -> Int { index < words.count ? Int(words[index]) ?? 0 : 0 }
  switch command {
  case "append":
    let ledger = try Ledger.open(at: root, patience: .seconds(60))
    say("ready")
    try append(to: ledger, source: words[0], from: number(1), count: number(2), largest: number(3))
  case "hold-log":
    let append = try EventLog.open(at: root + "/log", mode: .readWrite).beginAppend(within: .seconds(10))
    say("ready")
    rest(holding: append)
  case "hold-views":
    let store = root + "/views/" + Views.fingerprint
    let environment = try Environment.open(
      at: store, tables: [Table("releases")], durability: .onRequest, mode: .readWrite)
    let write = try environment.beginWrite(within: .seconds(10))
    say("ready")
    rest(holding: write)
  case "hold-views-lock":
    // As whoever makes, removes or swaps generations of the views.
    let descriptor = Glibc.open(root + "/views/lock", O_RDWR | O_CREAT, 0o600)
    say(flock(descriptor, LOCK_EX) == 0 ? "ready" : "failed")
    while true { pause() }
  case "rebuild":
    let ledger = try Ledger.open(at: root)
    say("ready")
    while true {
      try ledger.rebuildViews { folded, _ in say("\(folded)") }
      say("rebuilt")
    }
  case "create":
    say("ready")
    _ = try Ledger.create(
      at: root, LedgerPlan(origin: "example.org/probe", owner: "owner@example.org", source: "/probe"))
    say("created")
  case "rows":
    let ledger = try Ledger.open(at: root)
    say(ledger.isReadOnly ? "read-only" : "writable")
    say(try ledger.withViews { rows, _ in Digest(of: Array(try all(rows).utf8)).hex })
  case "append-limited": try appendLimited(to: root)
  case "size": say("\(try Ledger.open(at: root).size().value)")
  default: say("no such command: \(command)")
  }
}

do {
  try run(CommandLine.arguments[1], CommandLine.arguments[2], Array(CommandLine.arguments.dropFirst(3)))
} catch {
  say("failed")
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(1)
}
