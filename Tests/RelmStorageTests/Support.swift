import Foundation
import RelmStorage
import Testing

/// A directory that is gone when the test is.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.appending(path: "relm-storage-\(UUID().uuidString)").path
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      Issue.record(error)
    }
  }

  deinit {
    if FileManager.default.fileExists(atPath: path) { remove() }
  }

  /// Removes it at once, for a process that is going to trap. What is open in it can still be used.
  func remove() {
    do { try FileManager.default.removeItem(atPath: path) } catch { Issue.record(error) }
  }

  /// The names in it, without the two dots.
  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
}

let rows = Table("rows")
let others = Table("others")

/// A fresh store with the tables `rows` and `others`.
struct TestStore {
  let folder = TemporaryFolder()
  let environment: Environment
  var path: String { folder.path + "/store" }

  init(durability: Durability = .onRequest, mapSizeBytes: Int = 1 << 30, maxReaders: Int = 1022) throws {
    environment = try Environment.create(
      at: folder.path + "/store", tables: [rows, others], durability: durability, mapSizeBytes: mapSizeBytes,
      maxReaders: maxReaders)
  }

  func put(_ pairs: (Key, [UInt8])..., in table: Table = rows) throws {
    var write = try environment.beginWrite(within: .seconds(10))
    for (key, value) in pairs { try write.put(key, value, in: table) }
    try write.commit()
  }

  func get(_ key: Key, in table: Table = rows) throws -> [UInt8]? {
    try environment.read { view throws(StorageError) in try view.get(table, key) }
  }

  func count(_ table: Table = rows) throws -> Int {
    try environment.read { view throws(StorageError) in try view.count(of: table) }
  }
}

/// The code of the storage error that the body throws, nil if it throws none.
func code(_ body: () throws -> Void) -> StorageError.Code? {
  do {
    try body()
    return nil
  } catch let error as StorageError {
    return error.code
  } catch {
    Issue.record(error)
    return nil
  }
}

/// SplitMix64: the same numbers from the same seed, for ever.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Runs the body on a thread of its own and waits for it.
func onAnotherThread(_ body: @escaping @Sendable () -> Void) {
  let done = DispatchSemaphore(value: 0)
  Thread.detachNewThread {
    body()
    done.signal()
  }
  done.wait()
}
