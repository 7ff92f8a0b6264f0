internal import Glibc
internal import RelmFiles
internal import Synchronization

/// What ends this process properly when a store's file would kill it.
///
/// LMDB trusts its pages. Where one is damaged, reading it ends the process: by a signal (`SIGSEGV`, `SIGBUS`,
/// `SIGFPE`), or by a failed assertion. Once the guard is armed, the process then ends with a sentence and a status
/// instead. Which, depends on the store that was touched last, or whose map the address lies in:
///
/// - the truth (`Durability.everyCommit`): damaged, and nothing is tried again;
/// - what can be rebuilt (`Durability.onRequest`): the store is marked as broken, and the same program is executed
///   once more with the same arguments, which throws it away and builds it anew. Where something was printed, consumed
///   or committed already, it ends with "try again" instead;
/// - a page that the disk could not give, or a lock file that a full disk could not take: trouble with the disk.
///
/// It costs nothing until then but a word a call, so that it is there in every command. A stack that has run over is
/// not its affair: there is no second stack, so that the system ends the process as ever.
package enum StoreGuard {
  /// The exit statuses with which it ends the process.
  package struct Ends: Sendable {
    let damaged: Int32
    let inputOutput: Int32
    let tryAgain: Int32

    /// - Parameters:
    ///   - damaged: the truth is damaged.
    ///   - inputOutput: the disk is full or fails.
    ///   - tryAgain: what can be rebuilt was damaged, and the next run rebuilds it.
    package init(damaged: Int32, inputOutput: Int32, tryAgain: Int32) {
      (self.damaged, self.inputOutput, self.tryAgain) = (damaged, inputOutput, tryAgain)
    }
  }

  /// What a second execution finds in its environment.
  private static let secondTry = "RELM_SECOND_TRY"

  /// Whether this process is the second execution of a command, after one that met broken views.
  package static var isSecondTry: Bool { unsafe GuardState.shared.pointee.isSecondTry }

  /// Arms the guard, for the life of the process. To be called first of all, on the main thread.
  package static func arm(_ ends: Ends) {
    unsafe GuardState.shared.pointee.ends = ends
    unsafe GuardState.shared.pointee.isSecondTry = getenv(secondTry) != nil
    // Programs that this one starts have tries of their own.
    unsafe unsetenv(secondTry)
    unsafe GuardState.shared.pointee.arguments = CommandLine.unsafeArgv
    unsafe GuardState.shared.pointee.environment = environment(adding: secondTry + "=1")
    unsafe GuardState.shared.pointee.inputOffset = lseek(STDIN_FILENO, 0, SEEK_CUR)
    FaultHandler.prepare()
    _ = unsafe GuardedStore.lastTouched
    // Made now, as a signal handler may not.
    _ = (Traces.areLeft.load(ordering: .relaxed), Traces.inputIsRead.load(ordering: .relaxed))
    for signal in [SIGSEGV, SIGBUS, SIGFPE, SIGABRT] {
      var action = sigaction()
      unsafe action.__sigaction_handler.sa_sigaction = FaultHandler.onSignal
      action.sa_flags = SA_SIGINFO
      // Without a handler a signal ends the process, as it would without the guard.
      _ = unsafe sigaction(signal, &action, nil)
    }
    unsafe GuardState.shared.pointee.isArmed = true
  }

  /// Whether reading the store has ended a process since it was made.
  package static func isBroken(storeAt path: String) -> Bool {
    unsafe access(path + "/" + StoreFile.broken, F_OK) == 0
  }

  /// Whether what an error names is a store that can be rebuilt.
  package static func canRebuild(_ error: StorageError) -> Bool {
    var store = unsafe GuardState.shared.pointee.stores
    while let candidate = unsafe store {
      if error.context.hasPrefix(unsafe String(cString: candidate.pointee.path)) {
        return unsafe !candidate.pointee.isTruth
      }
      unsafe store = candidate.pointee.next
    }
    return false
  }

  /// Ends the process as a damaged page would of the stores that can be rebuilt; for damage that was met as an error.
  /// All of those that were opened are thrown away at their next opening.
  ///
  /// It returns only where the guard is not armed, nothing was opened that can be rebuilt, or this is the second try.
  package static func rebuild() {
    guard unsafe GuardState.shared.pointee.isArmed, !isSecondTry else { return }
    var store = unsafe GuardState.shared.pointee.stores
    var last: UnsafeMutablePointer<GuardedStore>?
    while let candidate = unsafe store {
      if unsafe !candidate.pointee.isTruth {
        if let last = unsafe last { unsafe FaultHandler.mark(last.pointee.mark) }
        unsafe last = candidate
      }
      unsafe store = candidate.pointee.next
    }
    if let last = unsafe last { unsafe FaultHandler.endForRebuilding(mark: last.pointee.mark) }
  }

  /// This process's environment with one more variable, as C has it.
  private static func environment(adding variable: String) -> UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  {
    let words = unsafe environ
    var count = 0
    while unsafe words[count] != nil { count += 1 }
    let list = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>.allocate(capacity: count + 2)
    unsafe list.initialize(from: words, count: count)
    unsafe (list + count).initialize(to: strdup(variable))
    unsafe (list + count + 1).initialize(to: nil)
    return unsafe list
  }
}
