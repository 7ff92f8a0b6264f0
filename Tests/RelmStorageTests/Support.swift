import Foundation
import RelmStorage
import RelmTestSupport
import Testing

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

/// Runs the body on a thread of its own and waits for it.
func onAnotherThread(_ body: @escaping @Sendable () -> Void) {
  let done = DispatchSemaphore(value: 0)
  Thread.detachNewThread {
    body()
    done.signal()
  }
  done.wait()
}
