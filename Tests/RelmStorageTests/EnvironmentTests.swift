import Foundation
import RelmStorage
import RelmTestSupport
import Testing

@Suite("Environments")
struct EnvironmentTests {
  func open(
    _ path: String, tables: [Table] = [rows], durability: Durability = .onRequest, mode: OpenMode = .readWrite,
    mapSizeBytes: Int = 1 << 30, maxReaders: Int = 1022, on fileSystem: any FileSystemKind = SystemFileSystem()
  ) throws -> Environment {
    try Environment.open(
      at: path, tables: tables, durability: durability, mode: mode, mapSizeBytes: mapSizeBytes,
      maxReaders: maxReaders, fileSystem: fileSystem)
  }

  @Test("a directory is opened once in a process, by whatever path")
  func oneEnvironment() throws {
    let store = try TestStore()
    let link = store.folder.path + "/link"
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: store.path)
    let detour = store.folder.path + "/../" + URL(filePath: store.folder.path).lastPathComponent + "/store"
    for path in [store.path, store.path + "/", detour, link] {
      #expect(try open(path) === store.environment)
    }
  }

  @Test("threads that open a directory at the same time get one environment")
  func openingTogether() throws {
    let path: String
    let folder: TemporaryFolder
    do {
      let store = try TestStore()
      (path, folder) = (store.path, store.folder)
    }
    for _ in 0..<50 {
      let found = Found()
      DispatchQueue.concurrentPerform(iterations: 8) { _ in
        do { found.add(try self.open(path)) } catch { Issue.record(error) }
      }
      #expect(Set(found.all.map { ObjectIdentifier($0) }).count == 1)
    }
    withExtendedLifetime(folder) {}
  }

  final class Found: @unchecked Sendable {
    private let lock = NSLock()
    private var environments: [Environment] = []
    var all: [Environment] { lock.withLock { environments } }
    func add(_ environment: Environment) { lock.withLock { environments.append(environment) } }
  }

  @Test("a second opening with other options fails and says which")
  func conflicts() throws {
    let store = try TestStore()
    #expect(code { _ = try open(store.path, durability: .everyCommit) } == .openedDifferently)
    #expect(code { _ = try open(store.path, mode: .readOnly) } == .openedDifferently)
    #expect(code { _ = try open(store.path, mapSizeBytes: 1 << 20) } == .openedDifferently)
    #expect(code { _ = try open(store.path, maxReaders: 5) } == .openedDifferently)
    #expect(code { _ = try open(store.path, tables: [Table("third")]) } == .openedDifferently)
    do { _ = try open(store.path, maxReaders: 5) } catch { #expect("\(error)".contains("another maxReaders")) }
  }

  @Test("an environment closes with its last reference, and may then be opened otherwise")
  func closing() throws {
    let folder = TemporaryFolder()
    do {
      let store = try Environment.create(at: folder.path + "/s", tables: [rows], durability: .onRequest)
      #expect(!store.isReadOnly && store.path == folder.path + "/s")
    }
    let again = try open(folder.path + "/s", durability: .everyCommit, mode: .readOnly)
    #expect(again.isReadOnly)
    #expect(code { _ = try again.beginWrite(within: .zero) } == .readOnly)
    #expect(code { try again.sync() } == .readOnly)
  }

  @Test("what is no store is not opened, and not made one either")
  func notAStore() throws {
    let folder = TemporaryFolder()
    #expect(code { _ = try open(folder.path + "/nothing") } == .notFound)
    #expect(code { _ = try open(folder.path) } == .notFound)
    #expect(try folder.names().isEmpty)
    let data = folder.path + "/data.mdb"
    #expect(FileManager.default.createFile(atPath: data, contents: Data()))
    #expect(code { _ = try open(folder.path) } == .damaged)
    for size in [100, 100_000] {
      try Data(repeating: 0x55, count: size).write(to: URL(filePath: data))
      #expect(code { _ = try open(folder.path) } == .damaged)
    }
  }

  @Test("a file that has lost its tail is damaged, however much of it", arguments: [1, 2, 50, 90, 99])
  func truncated(percentLost: Int) throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/s"
    do {
      let store = try Environment.create(at: path, tables: [rows], durability: .onRequest)
      var write = try store.beginWrite(within: .zero)
      let value = [UInt8](repeating: 1, count: 1000)
      for row in 0..<2000 as Range<UInt64> {
        try write.put(Key(bigEndian: row), value, in: rows, mode: .append)
      }
      try write.commit()
    }
    let file = try FileHandle(forUpdating: URL(filePath: path + "/data.mdb"))
    let size = try file.seekToEnd()
    try file.truncate(atOffset: size * UInt64(100 - percentLost) / 100)
    try file.close()
    #expect(code { _ = try open(path) } == .damaged)
  }

  @Test("a file whose last pages were never used is whole")
  func shortButWhole() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/s"
    let value = [UInt8](repeating: 1, count: 1000)
    do {
      let store = try Environment.create(at: path, tables: [rows], durability: .onRequest)
      var write = try store.beginWrite(within: .zero)
      for row in 0..<200 as Range<UInt64> { try write.put(Key(bigEndian: row), value, in: rows) }
      for row in (0..<200 as Range<UInt64>).reversed() { try write.delete(Key(bigEndian: row), in: rows) }
      try write.put(Key("left"), value, in: rows)
      try write.commit()
    }
    #expect(try open(path).read { view throws(StorageError) in try view.count(of: rows) } == 1)
  }

  @Test("tables that are missing are made; where one may not write they are empty")
  func missingTables() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/s"
    do { _ = try Environment.create(at: path, tables: [rows], durability: .onRequest) }
    let new = Table("new")
    do {
      let reader = try open(path, tables: [rows, new], mode: .readOnly)
      let isEmpty = try reader.read { view throws(StorageError) in
        let (value, first) = (try view.get(new, Key("a")), try view.firstKey(in: new))
        return try view.count(of: new) == 0 && value == nil && first == nil
      }
      #expect(isEmpty)
    }
    let writer = try open(path, tables: [rows, new])
    var write = try writer.beginWrite(within: .zero)
    try write.put(Key("a"), Key("b"), in: new)
    try write.commit()
    #expect(try writer.read { view throws(StorageError) in try view.count(of: new) } == 1)
  }

  @Test("a full map is an error that loses nothing, and a larger map cures it")
  func mapFull() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/s"
    var committed = 0
    do {
      let small = try Environment.create(
        at: path, tables: [rows], durability: .onRequest, mapSizeBytes: 1 << 20)
      let failure = code {
        while true {
          var write = try small.beginWrite(within: .zero)
          for row in committed..<committed + 10 {
            try write.put(Key(bigEndian: UInt64(row)), [UInt8](repeating: 1, count: 500), in: rows)
          }
          try write.commit()
          committed += 10
        }
      }
      #expect(failure == .mapFull && committed > 100)
      #expect(try small.read { view throws(StorageError) in try view.count(of: rows) } == committed)
    }
    let large = try open(path)
    var write = try large.beginWrite(within: .zero)
    try write.put(Key("more"), [UInt8](repeating: 1, count: 500_000), in: rows)
    try write.commit()
    #expect(try large.read { view throws(StorageError) in try view.count(of: rows) } == committed + 1)
  }

  @Test("one reader too many is an error, and its end makes room")
  func readersFull() throws {
    let store = try TestStore(maxReaders: 2)
    try store.environment.read { _ throws(StorageError) in
      try store.environment.read { _ throws(StorageError) in
        do throws(StorageError) {
          try store.environment.read { _ in }
          Issue.record("read with more readers than there may be")
        } catch {
          #expect(error.code == .readersFull)
        }
      }
    }
    #expect(try store.count() == 0)
  }

  @Test("a watcher sees each commit, and the size that it takes")
  func commitsAreSeen() throws {
    let store = try TestStore()
    let (before, size) = (try store.environment.lastTransaction, try store.environment.sizeOnDiskBytes)
    try store.put(("a", [UInt8](repeating: 1, count: 1 << 20)))
    #expect(try store.environment.lastTransaction == before + 1)
    #expect(try store.environment.sizeOnDiskBytes >= size + 1 << 20)
    try store.environment.sync()
  }

  @Test("no descriptor of the store survives exec")
  func closeOnExec() throws {
    let store = try TestStore()
    var files: Set<String> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
      // Other tests open and close files meanwhile, so a descriptor of the list may be gone.
      var target = [CChar](repeating: 0, count: Int(PATH_MAX))
      let count = readlink("/proc/self/fd/" + name, &target, Int(PATH_MAX))
      guard let number = Int32(name), count > 0 else { continue }
      let file = String(decoding: target[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard file.hasPrefix(store.path) else { continue }
      files.insert(file)
      #expect(fcntl(number, F_GETFD) & FD_CLOEXEC != 0, "\(file) survives exec")
    }
    #expect(files.count == 4, "directory, data, and two locks: \(files)")
    #expect(try store.count() == 0)
  }

  /// A file system of any kind.
  struct Pretended: FileSystemKind {
    var magic: UInt32 = 0xEF53
    var allowsFUSE = false
    var isWritable = true
    func magicNumber(at path: String) -> UInt32 { magic }
    func isWritable(directory path: String) -> Bool { isWritable }
  }

  @Test(
    "network file systems are refused, to open and to create",
    arguments: [0x6969, 0x517B, 0xFF53_4D42, 0xFE53_4D42, 0x00C3_6400, 0x5346_414F, 0x0102_1997, 0x6573_5546])
  func networkFileSystems(magic: UInt32) throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/s"
    do { _ = try Environment.create(at: path, tables: [rows], durability: .onRequest) }
    let network = Pretended(magic: magic)
    #expect(code { _ = try open(path, on: network) } == .networkFileSystem)
    let creation = code {
      _ = try Environment.create(
        at: folder.path + "/n", tables: [rows], durability: .onRequest, fileSystem: network)
    }
    #expect(creation == .networkFileSystem)
    #expect(try folder.names() == ["s"])
  }

  @Test("FUSE is let pass when a person says that it is local")
  func fuse() throws {
    let folder = TemporaryFolder()
    let fuse = Pretended(magic: 0x6573_5546, allowsFUSE: true)
    let store = try Environment.create(
      at: folder.path + "/s", tables: [rows], durability: .onRequest, fileSystem: fuse)
    #expect(try store.read { view throws(StorageError) in try view.count(of: rows) } == 0)
  }

  @Test("a directory that may not be written can be read, and nothing in it changes")
  func readWithoutLock() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/s"
    do {
      let store = try Environment.create(at: path, tables: [rows], durability: .onRequest) {
        write throws(StorageError) in try write.put(Key("a"), Key("b"), in: rows)
      }
      try store.sync()
    }
    for lock in ["lock.mdb", "write.lock"] { try FileManager.default.removeItem(atPath: path + "/" + lock) }
    let store = try open(path, mode: .readOnly, on: Pretended(isWritable: false))
    #expect(try store.read { view throws(StorageError) in try view.get(rows, Key("a")) } == [98])
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["data.mdb"])
  }

  @Test("a reading without a lock that a writer may have overtaken does not count")
  func overtakenWithoutLock() throws {
    let folder = TemporaryFolder()
    let path = folder.path + "/s"
    do { _ = try Environment.create(at: path, tables: [rows], durability: .onRequest) }
    let store = try open(path, mode: .readOnly, on: Pretended(isWritable: false))
    let writer = try Probe("append", path)
    let failure = code {
      try store.read { _ throws(StorageError) in
        for _ in 0..<5 { _ = writer.line() }
      }
    }
    writer.kill()
    #expect(failure == .busy)
    #expect(try store.read { view throws(StorageError) in try view.count(of: rows) } > 0)
  }

  @Test("an error says what, where, and what to do next")
  func descriptions() throws {
    for code in StorageError.Code.allCases {
      let text = StorageError(code, .commit, "/ledger/log", systemCode: 5).description
      #expect(text.contains("commit") && text.contains("/ledger/log") && text.contains("Input/output error"))
      #expect(text.hasSuffix(".") && text.contains(". "))
    }
  }
}
