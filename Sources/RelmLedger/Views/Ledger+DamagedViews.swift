internal import RelmDomain
internal import RelmViews
internal import RelmStorage

extension Ledger {
  /// Whether an error may come of views that are not what was written, so that building them anew tells.
  ///
  /// A record that does not continue its stream, or that an index names and the log does not hold, is the log's damage
  /// only if views that were just built say so as well. A record that does not read is the log's own.
  package static func viewsMayBeDamaged(_ error: any Error) -> Bool {
    switch error {
    case is DamagedRow: true
    case let error as StorageError: error.code == .damaged && StoreGuard.canRebuild(error)
    case let error as BrokenHistory: !error.reason.hasPrefix(BrokenHistory.unreadable)
    default: false
    }
  }
}
