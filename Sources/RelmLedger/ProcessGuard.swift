internal import RelmStorage

/// What ends this process properly when a damaged store would kill it, or a store that can be rebuilt was found damaged.
package enum ProcessGuard {
  /// Arms it, for the life of the process. To be called first of all, on the main thread.
  ///
  /// - Parameters:
  ///   - damaged: the exit status where the truth is damaged.
  ///   - inputOutput: where the disk is full or fails.
  ///   - tryAgain: where the views were damaged, and the next run rebuilds them.
  package static func arm(damaged: Int32, inputOutput: Int32, tryAgain: Int32) {
    StoreGuard.arm(StoreGuard.Ends(damaged: damaged, inputOutput: inputOutput, tryAgain: tryAgain))
  }

  /// Begins the command anew with views built anew, where an error says that they are damaged; unless that has been done.
  package static func rebuildViews(after error: any Error) {
    if Ledger.viewsMayBeDamaged(error) { StoreGuard.rebuild() }
  }
}
