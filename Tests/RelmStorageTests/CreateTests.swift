import Foundation
import RelmStorage
import RelmTestSupport
import Testing

@Suite("Creation")
struct CreateTests {
  let folder = TemporaryFolder()
  var path: String { folder.path + "/store" }

  func create(_ first: String = "first") throws -> Environment {
    try Environment.create(at: path, tables: [rows], durability: .everyCommit) { write throws(StorageError) in
      try write.put(Key(first), Key("row"), in: rows)
    }
  }

  @Test("a new store has what was prepared, and nothing is left beside it")
  func whole() throws {
    let store = try create()
    #expect(try store.read { view throws(StorageError) in try view.contains(rows, Key("first")) })
    #expect(try folder.names() == ["store"])
  }

  @Test("a failed preparation leaves nothing")
  func failed() throws {
    let failure = code {
      _ = try Environment.create(at: path, tables: [rows], durability: .everyCommit) {
        write throws(StorageError) in
        try write.put(Key("a"), Key("b"), in: rows)
        throw StorageError(.inputOutput, .create, "here")
      }
    }
    #expect(failure == .inputOutput)
    #expect(try folder.names().isEmpty)
  }

  @Test("what is there already is not touched")
  func alreadyThere() throws {
    do { _ = try create("one") }
    #expect(code { _ = try create("two") } == .alreadyExists)
    let store = try Environment.open(at: path, tables: [rows], durability: .everyCommit, mode: .readOnly)
    #expect(try store.read { view throws(StorageError) in try view.firstKey(in: rows) } == Key("one").bytes)

    let file = folder.path + "/file"
    #expect(FileManager.default.createFile(atPath: file, contents: Data("text".utf8)))
    #expect(code { _ = try Environment.create(at: file, tables: [], durability: .onRequest) } == .alreadyExists)
    #expect(try folder.names() == ["file", "store"])
  }

  @Test("an empty directory is as good as none")
  func emptyDirectory() throws {
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    #expect(code { _ = try create() } == nil)
  }

  @Test("without a parent directory there is no store")
  func noParent() throws {
    let failure = code {
      _ = try Environment.create(at: folder.path + "/a/b", tables: [rows], durability: .everyCommit)
    }
    #expect(failure == .cannotCreate)
  }

  @Test("of many creators one wins, and its store is whole")
  func together() throws {
    for round in 0..<10 {
      let folder = TemporaryFolder()
      let outcomes = Outcomes()
      DispatchQueue.concurrentPerform(iterations: 6) { number in
        let outcome = code {
          _ = try Environment.create(at: folder.path + "/s", tables: [rows], durability: .everyCommit) {
            write throws(StorageError) in try write.put(Key("creator"), Key("\(number)"), in: rows)
          }
        }
        outcomes.add(outcome)
      }
      #expect(outcomes.all.count { $0 == nil } == 1, "round \(round)")
      #expect(outcomes.all.count { $0 == .alreadyExists } == 5, "round \(round)")
      #expect(try folder.names() == ["s"])
      let store = try Environment.open(
        at: folder.path + "/s", tables: [rows], durability: .everyCommit, mode: .readOnly)
      #expect(try store.read { view throws(StorageError) in try view.count(of: rows) } == 1)
    }
  }

  final class Outcomes: @unchecked Sendable {
    private let lock = NSLock()
    private var codes: [StorageError.Code?] = []
    var all: [StorageError.Code?] { lock.withLock { codes } }
    func add(_ code: StorageError.Code?) { lock.withLock { codes.append(code) } }
  }

  @Test("what a killed creator left is removed by the next, and what a living one is making is not")
  func leftovers() throws {
    let dead = try Probe("create-and-rest", path)
    #expect(dead.line() == "ready")
    dead.kill()
    #expect(try folder.names().count == 1)
    #expect(!FileManager.default.fileExists(atPath: path))

    let living = try Probe("create-and-rest", path)
    #expect(living.line() == "ready")
    do { _ = try create() }
    let names = try folder.names()
    #expect(names.count == 2 && names.contains("store"), "\(names)")
    #expect(names.contains { $0.hasPrefix(".store.creating-\(living.pid)-") }, "\(names)")
  }
}
