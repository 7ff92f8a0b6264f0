// A process to be killed, stopped, limited and put into other namespaces by the tests of RelmStorage.
// usage: StorageProbe COMMAND STORE [NUMBER]
import Foundation
import RelmStorage

let rows = Table("rows")

/// Says a line at once, so that the test that waits for it goes on.
func say(_ line: String) {
  FileHandle.standardOutput.write(Data((line + "\n").utf8))
}

func open(_ path: String, _ mode: OpenMode = .readWrite, maxReaders: Int = 1022) throws(StorageError)
  -> Environment
{
  try Environment.open(at: path, tables: [rows], durability: .everyCommit, mode: mode, maxReaders: maxReaders)
}

/// Waits to be killed.
func rest() -> Never {
  while true { pause() }
}

/// Appends rows of `bytes` bytes, `perCommit` at a time, and says each number of rows that is committed.
func append(to store: Environment, bytes: Int, perCommit: Int, isQuiet: Bool = false) throws(StorageError) {
  var next = try store.read { view throws(StorageError) in UInt64(try view.count(of: rows)) }
  let value = [UInt8](repeating: 7, count: bytes)
  while true {
    var write = try store.beginWrite(within: .seconds(10))
    for number in next..<next + UInt64(perCommit) {
      try write.put(Key(bigEndian: number), value, in: rows, mode: .append)
    }
    try write.commit()
    next += UInt64(perCommit)
    acknowledged = Int(next)
    if !isQuiet { say("\(next)") }
  }
}
nonisolated(unsafe) var acknowledged = 0

/// Fills the store until it fails, makes room with `relieve`, and tells what failed and what is there.
func fill(_ path: String, _ relieve: () -> Void) throws(StorageError) {
  let store = try open(path)
  do throws(StorageError) {
    try append(to: store, bytes: 1000, perCommit: 40, isQuiet: true)
  } catch {
    let count = try store.read { view throws(StorageError) in try view.count(of: rows) }
    say("\(error.code) \(count == acknowledged ? "whole" : "acknowledged \(acknowledged), found \(count)")")
  }
  relieve()
  var write = try store.beginWrite(within: .zero)
  try write.put(Key("after"), Key("after"), in: rows)
  try write.commit()
  say("usable")
}

func run(_ command: String, _ path: String, _ number: Int) throws(StorageError) {
  switch command {
  case "hold-open":
    let store = try open(path, maxReaders: number)
    say("ready")
    withExtendedLifetime(store) { rest() }
  case "hold-read":
    let store = try open(path, maxReaders: number)
    try store.read { view throws(StorageError) in
      _ = try view.count(of: rows)
      say("ready")
      rest()
    }
  case "hold-write":
    let store = try open(path)
    var write = try store.beginWrite(within: .zero)
    try write.put(Key("lost"), Key("lost"), in: rows)
    say("ready")
    rest()
  case "count", "count-read-only":
    let store = try open(path, command == "count" ? .readWrite : .readOnly)
    say("\(try store.read { view throws(StorageError) in try view.count(of: rows) })")
  case "append":
    try append(to: try open(path), bytes: 100, perCommit: 3)
  case "put-guarded":
    StoreGuard.arm(StoreGuard.Ends(damaged: 2, inputOutput: 74, tryAgain: 75))
    let store = try open(path)
    var write = try store.beginWrite(within: .zero)
    try write.put(Key(bigEndian: UInt64.max), [1], in: rows)
    try write.commit()
    say("written")
  case "fill-limited":
    // A child inherits which signals are ignored and, from the thread that starts it, which are blocked.
    signal(SIGXFSZ, SIG_DFL)
    var none = sigset_t()
    sigemptyset(&none)
    sigprocmask(SIG_SETMASK, &none, nil)
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    limit.rlim_cur = rlim_t(number)
    setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    try fill(path) {
      limit.rlim_cur = limit.rlim_max
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
    }
  case "fill-disk":
    // The test has put a ballast beside the store, on a small disk.
    _ = try Environment.create(at: path, tables: [rows], durability: .everyCommit)
    try fill(path) { unlink(path + ".ballast") }
  case "create-and-rest":
    _ = try Environment.create(at: path, tables: [rows], durability: .everyCommit) {
      write throws(StorageError) in
      try write.put(Key("half"), Key("half"), in: rows)
      say("ready")
      rest()
    }
  case "fork": try inFork(path)
  default: say("no such command: \(command)")
  }
}

/// Says the codes with which a fork is refused, and what the parent can still do after it.
func inFork(_ path: String) throws(StorageError) {
  let store = try open(path)
  var write = try store.beginWrite(within: .zero)
  try write.put(Key("parent"), Key("parent"), in: rows)
  // Swift hides fork for good reasons, which are the ones tested here.
  guard let symbol = dlsym(nil, "fork") else { return say("no fork") }
  let child = unsafeBitCast(symbol, to: (@convention(c) () -> pid_t).self)()
  if child == 0 {
    do throws(StorageError) { try store.read { _ in } } catch { say("read \(error.code)") }
    do throws(StorageError) { _ = try store.beginWrite(within: .zero) } catch { say("write \(error.code)") }
    do throws(StorageError) { try store.sync() } catch { say("sync \(error.code)") }
    do throws(StorageError) { try write.commit() } catch { say("commit \(error.code)") }
    _exit(0)
  }
  var status: Int32 = 0
  waitpid(child, &status, 0)
  try write.commit()
  try store.read { view throws(StorageError) in
    say("parent \(try view.contains(rows, Key("parent")) ? "committed" : "lost it")")
  }
}

let arguments = CommandLine.arguments
do throws(StorageError) {
  try run(arguments[1], arguments[2], arguments.count > 3 ? Int(arguments[3]) ?? 0 : 1022)
} catch {
  say("\(error.code)")
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(1)
}
