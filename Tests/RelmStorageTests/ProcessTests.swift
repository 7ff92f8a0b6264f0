import Foundation
import RelmBytes
import RelmStorage
import RelmTestSupport
import Testing

@Suite("Processes")
struct ProcessTests {
  let folder = TemporaryFolder()
  var path: String { folder.path + "/store" }

  static let hasPIDNamespaces = Probe.can("unshare", "--pid", "--fork", "true")
  static let hasMounts = Probe.can("unshare", "--mount", "sh", "-c", "mount -t tmpfs tmpfs /mnt")

  init() throws {
    #expect(
      FileManager.default.isExecutableFile(atPath: Probe.path),
      "StorageProbe is not built beside the test program")
    _ = try Environment.create(at: path, tables: [rows], durability: .everyCommit)
  }

  func open(_ mode: OpenMode = .readWrite) throws(StorageError) -> Environment {
    try Environment.open(at: path, tables: [rows], durability: .everyCommit, mode: mode)
  }

  func count(_ store: Environment) throws -> Int {
    try store.read { view throws(StorageError) in try view.count(of: rows) }
  }

  @Test("readers that were killed do not keep their places", arguments: ["open", "read"])
  func deadReaders(clearedBy moment: String) throws {
    // A table of readers only ever grows, so this store begins with a small one.
    let path = folder.path + "/small"
    do { _ = try Environment.create(at: path, tables: [rows], durability: .everyCommit, maxReaders: 3) }
    func open() throws(StorageError) -> Environment {
      try Environment.open(at: path, tables: [rows], durability: .everyCommit, mode: .readWrite, maxReaders: 3)
    }
    // Somebody must have the store open all the time, or LMDB begins a new table of readers by itself.
    let keeper = try Probe("hold-open", path, "3")
    #expect(keeper.line() == "ready")
    let early = moment == "read" ? try open() : nil
    let readers = try (0..<3).map { _ in try Probe("hold-read", path, "3") }
    for reader in readers { #expect(reader.line() == "ready") }
    if let early { #expect(code { _ = try count(early) } == .readersFull) }
    for reader in readers { reader.kill() }
    #expect(try count(early ?? open()) == 0)
  }

  @Test("a writer that hangs makes others give up in time, and its death frees the lock")
  func hungWriter() throws {
    let writer = try Probe("hold-write", path)
    #expect(writer.line() == "ready")
    writer.signal(SIGSTOP)
    let store = try open()
    do throws(StorageError) {
      _ = try store.beginWrite(within: .milliseconds(50))
      Issue.record("wrote beside another writer")
    } catch {
      #expect(error.code == .busy && error.description.contains("another process"))
    }
    #expect(try count(store) == 0)
    writer.kill()
    var write = try store.beginWrite(within: .seconds(10))
    try write.put(Key("a"), Key("b"), in: rows)
    try write.commit()
    #expect(try count(store) == 1)
  }

  @Test("a writer killed at any moment loses nothing that it acknowledged", arguments: [21 as UInt64])
  func killedWriters(seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    for _ in 0..<15 {
      let writer = try Probe("append", path)
      var acknowledged = Int(writer.line() ?? "") ?? -1
      usleep(UInt32.random(in: 0..<8000, using: &generator))
      writer.kill()
      acknowledged = writer.lines().compactMap { Int($0) }.last ?? acknowledged
      let found = try count(try open(.readOnly))
      #expect(
        found >= acknowledged && found % 3 == 0, "seed \(seed): acknowledged \(acknowledged), found \(found)")
    }
  }

  @Test(
    "a file at its size limit is an error that loses nothing",
    arguments: ["1048576", "1049000", "600100", "8192"])
  func fileSizeLimit(bytes: String) throws {
    #expect(try Probe("fill-limited", path, bytes).lines() == ["fileTooLarge whole", "usable"])
  }

  @Test(
    "a full disk is an error that loses nothing",
    .enabled(if: hasMounts, "skipped: no mount namespaces here (unshare --mount, as root)"))
  func fullDisk() throws {
    let disk = folder.path + "/disk"
    try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: false)
    let setUp = """
      mount -t tmpfs -o size=2m tmpfs "$0" && head -c 500000 /dev/zero >"$0/s.ballast" && exec "$1" "$2" "$3"
      """
    let probe = try Probe("fill-disk", disk + "/s", below: ["unshare", "--mount", "sh", "-c", setUp, disk])
    #expect(probe.lines() == ["noSpace whole", "usable"])
  }

  @Test(
    "a store on a disk that is mounted read-only can be read",
    .enabled(if: hasMounts, "skipped: no mount namespaces here (unshare --mount, as root)"))
  func readOnlyMount() throws {
    let setUp = """
      mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$1" "$2" "$3"
      """
    let below = ["unshare", "--mount", "sh", "-c", setUp, folder.path]
    #expect(try Probe("count-read-only", path, below: below).lines() == ["0"])
    #expect(try Probe("count", path, below: below).lines() == ["readOnly"])
  }

  @Test(
    "a process with the same pid in another PID namespace is told from this one",
    .enabled(if: hasPIDNamespaces, "skipped: no PID namespaces here (unshare --pid, as root)"))
  func twoPIDNamespaces() throws {
    let below = ["unshare", "--pid", "--fork", "--kill-child"]
    let one = try Probe("hold-read", path, "1022", below: below)
    #expect(one.line() == "ready")
    #expect(try Probe("count", path, below: below).lines() == ["busy"])
    one.kill()
    #expect(try Probe("count", path, below: below).lines() == ["0"])
  }

  @Test("a fork is refused, and does the parent no harm")
  func fork() throws {
    let lines = try Probe("fork", path).lines()
    #expect(lines == ["read forked", "write forked", "sync forked", "commit forked", "parent committed"])
  }

  @Test("threads wait for each other no longer than they say")
  func threads() throws {
    let store = try open()
    let write = try store.beginWrite(within: .zero)
    onAnotherThread {
      do throws(StorageError) {
        _ = try store.beginWrite(within: .milliseconds(20))
        Issue.record("two writers at once")
      } catch {
        #expect(error.code == .busy && error.description.contains("another thread"))
      }
    }
    write.abort()
    onAnotherThread { #expect(code { _ = try store.beginWrite(within: .zero) } == nil) }
  }
}
