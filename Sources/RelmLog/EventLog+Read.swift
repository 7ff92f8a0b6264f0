package import RelmProof
internal import RelmStorage

extension EventLog {
  /// How many records a scan reads before it lets go of its reader, so that it holds up no reuse of pages.
  static let rowsPerReader = 4096

  /// The bytes of one record; nil beyond the end.
  package func bytes(at position: Position) throws -> [UInt8]? {
    try environment.read { transaction throws(StorageError) in
      try transaction.get(LogSchema.events, Key(bigEndian: position.value))
    }
  }

  /// Hands out the records of a range in order.
  ///
  /// - Parameters:
  ///   - start: the first position.
  ///   - end: the first position that no longer belongs; records that must be there but are not are damage.
  ///   - body: takes position and bytes, and answers whether to go on.
  /// - Throws: ``LogError/missingRecord(_:)``, `StorageError`, and what the body throws.
  package func forEach(
    from start: Position, upTo end: Position, _ body: (Position, [UInt8]) throws -> Bool
  ) throws {
    var next = start.value
    while next < end.value {
      let stop = min(end.value, next + UInt64(Self.rowsPerReader))
      let goesOn = try AnyFailure.unwrapping { () throws(AnyFailure) in
        try environment.read { transaction throws(AnyFailure) in
          var goesOn = true
          try transaction.forEach(
            in: LogSchema.events, from: Key(bigEndian: next), upTo: Key(bigEndian: stop)
          ) { key, value throws(AnyFailure) in
            try AnyFailure.wrapping {
              guard Key(key) == Key(bigEndian: next) else { throw LogError.missingRecord(Position(next)) }
              goesOn = try body(Position(next), [UInt8](value))
              next += 1
              return goesOn ? .continue : .stop
            }
          }
          return goesOn
        }
      }
      guard goesOn else { return }
      guard next == stop else { throw LogError.missingRecord(Position(next)) }
    }
  }
}

extension EventLog {
  /// The end of the log, with how many records the store itself counts, both as of one moment.
  package func headAndCount() throws -> (head: LogHead, count: UInt64) {
    let (stored, count) = try environment.read { transaction throws(StorageError) in
      (try transaction.get(LogSchema.meta, LogSchema.headKey), try transaction.count(of: LogSchema.events))
    }
    return (try Self.head(stored, path: environment.path), UInt64(count))
  }
}
