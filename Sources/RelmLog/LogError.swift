package import RelmProof

/// What is wrong with a log as a whole, beyond trouble with its storage.
package enum LogError: Error, Equatable, CustomStringConvertible {
  /// The directory holds no log that relm has made.
  case notALog(path: String)
  /// A newer program has written it.
  case newerFormat(found: String, path: String)
  /// A record that must be there is not.
  case missingRecord(Position)
  /// What the log says of its own end does not read.
  case damagedHead(path: String)

  package var description: String {
    switch self {
    case .notALog(let path):
      "\(path) holds no relm log; make a ledger with: relm init"
    case .newerFormat(let found, let path):
      "\(path) has log format \(found), which a newer relm has written (this one knows 1 to \(LogSchema.format)); "
        + "use that version"
    case .missingRecord(let position):
      "the log has no record at position \(position.value), which lies before its end: it is damaged; "
        + "restore it from a backup"
    case .damagedHead(let path):
      "the end of the log at \(path) does not read: it is damaged; restore it from a backup"
    }
  }
}
