internal import CLMDB

/// A consistent picture of the store as of one commit, lent by `Environment.read`.
///
/// Keep it short: while it lives, the pages that it sees cannot be used again, and the file grows. It is not tied
/// to a thread (`MDB_NOTLS`), but it is not `Sendable` and cannot be copied, so one thread at a time uses it.
@safe
package struct ReadTransaction: ~Copyable, Reading {
  package let snapshot: Snapshot

  init(_ snapshot: Snapshot) { self.snapshot = snapshot }

  deinit {
    // In a fork the reader's slot belongs to the parent.
    if snapshot.isOfThisProcess { unsafe mdb_txn_abort(snapshot.transaction) }
  }
}

extension Snapshot {
  /// False in a fork of the process that began the transaction.
  var isOfThisProcess: Bool {
    unsafe environment._withUnsafeGuaranteedRef { environment in environment.isOfThisProcess }
  }
}
