import RelmStorage
import Testing

@Suite("Transactions")
struct TransactionTests {
  let store: TestStore
  init() throws { store = try TestStore() }

  @Test("what is committed is there, for every kind of bytes")
  func putAndGet() throws {
    var write = try store.environment.beginWrite(within: .zero)
    try write.put([1, 2] as [UInt8], Key("array"), in: rows)
    try write.put(([9, 1, 3] as [UInt8])[1...], [] as [UInt8], in: rows)
    let bytes: [UInt8] = [1, 4]
    try write.put(bytes.span.bytes, bytes.span.bytes, in: rows)
    try write.commit()
    #expect(try store.get([1, 2]) == Array("array".utf8))
    #expect(try store.get([1, 3]) == [])
    #expect(try store.get([1, 4]) == [1, 4])
    #expect(try store.get([1, 5]) == nil)
    #expect(try store.count() == 3 && store.count(others) == 0)
  }

  @Test("what is not committed leaves no trace")
  func abort() throws {
    var write = try store.environment.beginWrite(within: .zero)
    try write.put(Key("a"), [1] as [UInt8], in: rows)
    write.abort()
    func forgotten() throws {
      var write = try store.environment.beginWrite(within: .zero)
      try write.put(Key("b"), [1] as [UInt8], in: rows)
    }
    try forgotten()
    #expect(try store.count() == 0)
    try store.put(("c", [1]))
    #expect(try store.count() == 1)
  }

  @Test("a reader sees the store as of its beginning, a writer its own changes")
  func isolation() throws {
    try store.put(("a", [1]))
    let environment = store.environment
    let (inside, before) = try environment.read { view throws(StorageError) in
      var write = try environment.beginWrite(within: .zero)
      try write.put(Key("a"), [2] as [UInt8], in: rows)
      let inside = try copy(of: "a", in: write)
      try write.commit()
      return (inside, try copy(of: "a", in: view))
    }
    #expect(inside == [2] && before == [1])
    #expect(try store.get("a") == [2])
  }

  /// Generic over both kinds of transaction.
  func copy(of key: Key, in transaction: borrowing some Reading & ~Copyable) throws(StorageError) -> [UInt8]? {
    try transaction.withValue(rows, key) { bytes in [UInt8](bytes) }
  }

  @Test("a put replaces, appends or inserts, and says when it may not")
  func modes() throws {
    try store.put(("m", [1]))
    var write = try store.environment.beginWrite(within: .zero)
    do throws(StorageError) {
      try write.put(Key("a"), Key("v"), in: rows, mode: .append)
      Issue.record("appended before the last row")
    } catch {
      #expect(error.code == .alreadyExists && error.description.contains("not behind the last"))
    }
    do throws(StorageError) {
      try write.put(Key("m"), Key("v"), in: rows, mode: .insert)
      Issue.record("inserted a row that was there")
    } catch {
      #expect(error.code == .alreadyExists)
    }
    try write.put(Key("z"), Key("v"), in: rows, mode: .append)
    try write.put(Key("b"), Key("v"), in: rows, mode: .insert)
    try write.put(Key("m"), [2] as [UInt8], in: rows)
    try write.commit()
    #expect(try store.get("m") == [2])
    #expect(try store.count() == 3)
  }

  @Test("rows can be deleted one by one and all at once")
  func deletion() throws {
    try store.put(("a", [1]), ("b", [1]), ("c", [1]))
    try store.put(("a", [1]), in: others)
    var write = try store.environment.beginWrite(within: .zero)
    #expect(try write.delete(Key("a"), in: rows))
    #expect(try !write.delete(Key("a"), in: rows))
    #expect(try write.count(of: rows) == 2)
    #expect(try write.firstKey(in: rows) == Key("b").bytes)
    #expect(try write.lastKey(in: rows) == Key("c").bytes)
    try write.clear(rows)
    #expect(try write.firstKey(in: rows) == nil)
    try write.commit()
    #expect(try store.count() == 0 && store.count(others) == 1)
  }

  @Test("a key has 1 to 511 bytes, and the longest is a good one")
  func keyLengths() throws {
    let longest = [UInt8](repeating: 1, count: 511)
    try store.put((Key(longest), [5]))
    #expect(try store.get(Key(longest)) == [5])
    for bad in [[], longest + [1]] {
      #expect(code { try store.put((Key(bad), [])) } == .keyTooLong)
      #expect(code { _ = try store.get(Key(bad)) } == .keyTooLong)
    }
  }

  struct HouseError: StorageErrorConvertible, Equatable {
    var storage: StorageError?
    init(_ error: StorageError) { storage = error }
    init() { storage = nil }
  }

  @Test("a body throws the caller's own error, which wraps the store's")
  func typedErrors() throws {
    try store.put(("a", [1]))
    let environment = store.environment
    func own() throws(HouseError) {
      try environment.read { view throws(HouseError) in
        try view.forEach(in: rows) { _, _ throws(HouseError) in throw HouseError() }
      }
    }
    #expect(throws: HouseError()) { try own() }
    func wrapped() throws(HouseError) {
      try environment.read { view throws(HouseError) in
        _ = try view.withValue(rows, Key()) { _ throws(HouseError) in 1 }
      }
    }
    do throws(HouseError) { try wrapped() } catch { #expect(error.storage?.code == .keyTooLong) }
  }

  @Test("a commit that fails gives its lock back, and the next one succeeds")
  func failedCommit() throws {
    let small = try TestStore(mapSizeBytes: 1 << 18)
    let big = [UInt8](repeating: 1, count: 1 << 20)
    var write = try small.environment.beginWrite(within: .zero)
    do throws(StorageError) { try write.put(Key("a"), big, in: rows) } catch { #expect(error.code == .mapFull) }
    do throws(StorageError) {
      try write.commit()
      Issue.record("committed after a failed step")
    } catch {
      #expect(error.code == .badTransaction)
    }
    try small.put(("b", [1]))
    #expect(try small.count() == 1)
  }
}
