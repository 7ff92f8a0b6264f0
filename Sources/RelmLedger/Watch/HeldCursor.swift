package import RelmDomain
internal import RelmFiles
package import RelmProof

/// A cursor in the hands of the one watcher that may move it.
package final class HeldCursor {
  /// Its name.
  package let name: String
  /// What is on disk.
  package private(set) var saved: WatchCursor
  private let ledger: Ledger
  private let lock: FileLock

  init(_ name: String, _ cursor: WatchCursor, isNew: Bool, _ ledger: Ledger, _ lock: FileLock) throws {
    self.name = name
    self.ledger = ledger
    self.lock = lock
    saved = cursor
    // On disk before anything is handled: what is appended before the first event is handled is not skipped.
    if isNew { try save(cursor) }
  }

  /// Moves it behind an event that has been handled, and puts that on disk.
  ///
  /// - Throws: `FileError`; the cursor is then where it was.
  package func move(past event: RecordedEvent) throws {
    try save(WatchCursor(origin: saved.origin, next: event.position.next, leaf: event.digest))
  }

  /// Moves it over events that nobody asked for, and puts that on disk.
  ///
  /// - Parameter next: the first position that has not been looked at.
  package func move(to next: Position) throws {
    guard next != saved.next else { return }
    try save(try ledger.newCursor(at: next))
  }

  private func save(_ cursor: WatchCursor) throws {
    let path = ledger.layout.cursors + "/" + name
    try Files.write(cursor.bytes, to: path, by: path + Ledger.temporaryEnding)
    saved = cursor
  }
}
