import RelmStorage
import RelmTestSupport
import Testing

/// Bugs of the caller trap, each in a process of its own.
@Suite("Traps")
struct TrapTests {
  /// Carries a transaction to where the compiler would not let it go.
  final class Smuggler: @unchecked Sendable {
    var write: WriteTransaction?
    init(_ write: consuming WriteTransaction) { self.write = consume write }
  }

  /// Runs what must not return. An error is no trap, so it ends the process with success.
  static func expectTrap(_ body: () throws -> Void) {
    do { try body() } catch { print("thrown instead of trapped: \(error)") }
  }

  @Test("a write transaction works on its own thread")
  func ownThread() async {
    await #expect(processExitsWith: .success) {
      func body() throws {
        let store = try TestStore()
        store.folder.remove()
        let smuggler = Smuggler(try store.environment.beginWrite(within: .zero))
        try smuggler.write?.put(Key("a"), Key("b"), in: rows)
        smuggler.write = nil
      }
      try body()
    }
  }

  @Test("a write transaction used on another thread traps")
  func otherThread() async {
    await #expect(processExitsWith: .failure) {
      func body() throws {
        let store = try TestStore()
        store.folder.remove()
        let smuggler = Smuggler(try store.environment.beginWrite(within: .zero))
        onAnotherThread {
          TrapTests.expectTrap { try smuggler.write?.put(Key("a"), Key("b"), in: rows) }
        }
      }
      TrapTests.expectTrap(body)
    }
  }

  @Test("a write transaction ended on another thread traps")
  func endedElsewhere() async {
    await #expect(processExitsWith: .failure) {
      func body() throws {
        let store = try TestStore()
        store.folder.remove()
        let smuggler = Smuggler(try store.environment.beginWrite(within: .zero))
        onAnotherThread { smuggler.write = nil }
      }
      TrapTests.expectTrap(body)
    }
  }

  @Test("a thread that writes twice at once traps")
  func twice() async {
    await #expect(processExitsWith: .failure) {
      func body() throws {
        let store = try TestStore()
        store.folder.remove()
        let write = try store.environment.beginWrite(within: .zero)
        _ = try store.environment.beginWrite(within: .zero)
        write.abort()
      }
      TrapTests.expectTrap(body)
    }
  }

  @Test("a table that was not named at opening traps")
  func unnamedTable() async {
    await #expect(processExitsWith: .failure) {
      func body() throws {
        let store = try TestStore()
        store.folder.remove()
        _ = try store.get("a", in: Table("never named"))
      }
      TrapTests.expectTrap(body)
    }
  }
}
