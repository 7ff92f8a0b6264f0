internal import RelmDomain
internal import RelmFiles
internal import RelmLog
package import RelmProof

/// A cursor as a list of them shows it.
package struct CursorEntry: Sendable {
  package let name: String
  /// What its file holds; nil where that does not read.
  package let cursor: WatchCursor?
  /// How many events lie behind it that it has not passed; nil where it cannot go on here.
  package let behind: UInt64?
  /// Why it cannot go on here.
  package let trouble: String?
}

extension Ledger {
  /// Neither can be part of a cursor's name.
  static let temporaryEnding = "~new"
  static let lockEnding = "~lock"

  /// Takes a cursor, which is made where there is none of this name.
  ///
  /// - Parameters:
  ///   - name: one for which ``WatchCursor/isName(_:)`` holds.
  ///   - from: where a new cursor begins; the log's end where it is nil.
  /// - Throws: ``LedgerError``: `busy` where another watcher has it, `badInput` where it belongs to another ledger or to
  ///   another history than this log's; `FileError`.
  package func holdCursor(_ name: String, from: Position?) throws -> HeldCursor {
    precondition(WatchCursor.isName(name), "the caller has checked the name")
    if !Files.exists(layout.cursors) {
      try Files.makeDirectory(layout.local)
      try Files.makeDirectory(layout.cursors)
      try Files.syncDirectory(of: layout.cursors)
    }
    guard let lock = try FileLock.take(path(ofCursor: name) + Self.lockEnding) else {
      throw LedgerError(
        .busy,
        "another watcher has the cursor \(name); end that one first, or give this one a cursor of its own")
    }
    if let cursor = try cursor(name) {
      if let trouble = try trouble(with: cursor) {
        throw LedgerError(
          .badInput,
          "the cursor \(name) \(trouble); nothing was handled. If it is to begin anew here: "
            + "relm watch --forget \(name)")
      }
      return try HeldCursor(name, cursor, isNew: false, self, lock)
    }
    let size = try self.size()
    let next = from ?? Position(size.value)
    guard next.value <= size.value else {
      throw LedgerError(
        .badInput,
        "a cursor cannot begin at position \(next.value): the log has \(PlainWords.count(size.value, "record")), from 0"
      )
    }
    return try HeldCursor(name, newCursor(at: next), isNew: true, self, lock)
  }

  /// All cursors, by name.
  package func cursors() throws -> [CursorEntry] {
    guard Files.exists(layout.cursors) else { return [] }
    return try Files.list(layout.cursors).filter(WatchCursor.isName).compactMap { name in
      let path = path(ofCursor: name)
      let bytes: [UInt8]
      do throws(FileError) {
        bytes = try Files.readSmall(path)
      } catch {
        // Forgotten meanwhile.
        if error.isMissing { return nil }
        throw error
      }
      guard let cursor = WatchCursor(bytes: bytes) else {
        return CursorEntry(name: name, cursor: nil, behind: nil, trouble: "does not read")
      }
      let trouble = try trouble(with: cursor)
      let behind = try trouble == nil ? size().value - cursor.next.value : nil
      return CursorEntry(name: name, cursor: cursor, behind: behind, trouble: trouble)
    }
  }

  /// Removes a cursor.
  ///
  /// - Throws: ``LedgerError``: `notFound` where there is none of this name, `busy` where a watcher has it.
  package func forgetCursor(_ name: String) throws {
    precondition(WatchCursor.isName(name), "the caller has checked the name")
    let path = path(ofCursor: name)
    guard Files.exists(path) else {
      throw LedgerError(.notFound, "there is no cursor \(name); 'relm watch --list' lists those that there are")
    }
    guard let lock = try FileLock.take(path + Self.lockEnding) else {
      throw LedgerError(.busy, "a watcher has the cursor \(name); end that one first")
    }
    try withExtendedLifetime(lock) {
      for ending in ["", Self.temporaryEnding, Self.lockEnding] { try Files.remove(path + ending) }
      try Files.syncDirectory(of: path)
    }
  }

  /// A cursor of this ledger as it is now.
  func newCursor(at next: Position) throws -> WatchCursor {
    guard next.value > 0 else { return WatchCursor(origin: log.origin, next: next, leaf: nil) }
    guard let record = try log.bytes(at: Position(next.value - 1)) else {
      throw LogError.missingRecord(Position(next.value - 1))
    }
    return WatchCursor(origin: log.origin, next: next, leaf: .leaf(record))
  }

  private func path(ofCursor name: String) -> String { layout.cursors + "/" + name }

  private func cursor(_ name: String) throws -> WatchCursor? {
    let path = path(ofCursor: name)
    guard Files.exists(path) else { return nil }
    guard let cursor = WatchCursor(bytes: try Files.readSmall(path)) else {
      throw LedgerError(
        .badInput,
        "the cursor in \(path) does not read; look where the watcher was, then: relm watch --forget \(name)")
    }
    return cursor
  }

  /// Why a cursor cannot go on here, as the end of a sentence that begins with it.
  private func trouble(with cursor: WatchCursor) throws -> String? {
    guard cursor.origin == log.origin else {
      return "is of the ledger \(cursor.origin), and this is \(log.origin)"
    }
    guard let leaf = cursor.leaf, cursor.next.value > 0 else { return nil }
    let size = try self.size()
    guard cursor.next.value <= size.value else {
      return
        "stands at position \(cursor.next.value), and the log has only \(PlainWords.count(size.value, "record")): it is of another "
        + "history, or the log was restored from an older copy"
    }
    guard try log.bytes(at: Position(cursor.next.value - 1)).map(Digest.leaf) == leaf else {
      return
        "is of another history: position \(cursor.next.value - 1) holds another event than the one that it passed"
    }
    return nil
  }
}
