internal import Glibc
internal import RelmFiles
internal import Synchronization

/// What happens when a signal says that a page could not be read. All of it is async-signal-safe (signal-safety(7)):
/// no allocation, no lock, no Swift object.
enum FaultHandler {
  /// The one thread that ends the process; others that fault meanwhile wait for it.
  private static let isEnding = Atomic<Bool>(false)

  static let onSignal:
    @convention(c) (Int32, UnsafeMutablePointer<siginfo_t>?, UnsafeMutableRawPointer?) -> Void = {
      signal, info, _ in
      let address = unsafe UInt(bitPattern: info?.pointee._sifields._sigfault.si_addr)
      FaultHandler.handle(signal, at: signal == SIGABRT ? 0 : address)
    }

  /// An assertion of LMDB that failed.
  static func failedAssertion(_ store: UnsafeMutablePointer<GuardedStore>?) {
    guard unsafe GuardState.shared.pointee.isArmed, let store = unsafe store else { return }
    becomeTheOneThatEnds()
    unsafe end(store)
  }

  private static func handle(_ signal: Int32, at address: UInt) {
    becomeTheOneThatEnds()
    let file = MappedFile(at: address)
    let owner = unsafe file.flatMap { file in unsafe GuardedStore.having(file) }
    // An address that is in no map comes of a page that was read before. What ends by itself (`abort`) has found a heap
    // that is spoilt, or is a mistake of the program's own.
    let suspect = unsafe signal == SIGABRT ? GuardState.shared.pointee.lastWritten : GuardedStore.lastTouched
    guard let store = unsafe owner ?? suspect else { return passOn(signal) }
    if signal == SIGBUS, let file {
      // A lock file, or a page that is there: the disk is full, or fails.
      guard unsafe owner != nil, file.isBeyondItsEnd(address) else { unsafe failOfDisk(store) }
    }
    unsafe end(store)
  }

  private static func becomeTheOneThatEnds() {
    let state = unsafe GuardState.shared
    while isEnding.exchange(true, ordering: .acquiringAndReleasing) {
      // The ending itself has met what is broken.
      if unsafe state.pointee.endingThread == pthread_self() { unsafe _exit(state.pointee.ends.inputOutput) }
      // Another thread is at it.
      pause()
    }
    unsafe state.pointee.endingThread = pthread_self()
  }

  /// Makes what the handler uses, which it may not make itself.
  static func prepare() { _ = isEnding.load(ordering: .relaxed) }

  /// It is not about a store: the system is to do with the process what it does without a guard.
  private static func passOn(_ signal: Int32) {
    var usual = sigaction()
    unsafe sigemptyset(&usual.sa_mask)
    _ = unsafe sigaction(signal, &usual, nil)
    raise(signal)
  }

  private static func end(_ store: UnsafeMutablePointer<GuardedStore>) {
    guard unsafe store.pointee.isTruth else { unsafe endForRebuilding(mark: store.pointee.mark) }
    var text = RawText()
    unsafe text.add("relm: ", store.pointee.path)
    text.add(" is damaged: a page of it does not read. Restore it from a backup; 'relm verify' tells more.\n")
    text.writeToStandardError()
    unsafe _exit(GuardState.shared.pointee.ends.damaged)
  }

  private static func failOfDisk(_ store: UnsafeMutablePointer<GuardedStore>) -> Never {
    var volume = statvfs()
    let isFull =
      unsafe statvfs(store.pointee.directory, &volume) == 0 && volume.f_bavail * volume.f_frsize < 65_536
    var text = RawText()
    unsafe text.add("relm: the system cannot give a page of ", store.pointee.path)
    text.add(
      isFull
        ? ": the disk is full. Free some space and try again.\n" : ": look at the disk and the system log.\n")
    text.writeToStandardError()
    unsafe _exit(GuardState.shared.pointee.ends.inputOutput)
  }

  /// Marks a store as broken. One that cannot be marked is on a disk that may not be written, and told of in words.
  static func mark(_ path: UnsafePointer<CChar>) {
    let file = unsafe open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o600)
    if file >= 0 { close(file) }
  }

  /// Marks a store as broken, and begins the command anew where that shows nowhere.
  static func endForRebuilding(mark: UnsafePointer<CChar>) -> Never {
    unsafe self.mark(mark)
    let state = unsafe GuardState.shared
    if !Traces.areLeft.load(ordering: .relaxed), unsafe !state.pointee.isSecondTry, unsafe isInputThere(state) {
      // A signal that is being handled is blocked, and what is blocked stays so over an execution.
      var none = sigset_t()
      unsafe sigemptyset(&none)
      unsafe pthread_sigmask(SIG_SETMASK, &none, nil)
      if let arguments = unsafe state.pointee.arguments {
        _ = unsafe execve("/proc/self/exe", arguments, state.pointee.environment)
      }
    }
    let isHopeless = unsafe state.pointee.isSecondTry
    var text = RawText()
    text.add(
      isHopeless
        ? "relm: the views were built anew and are broken again: look at the disk and the machine.\n"
        : "relm: the views are broken, and are built anew by the next command. Nothing that was recorded is lost. Try again, with the same id.\n"
    )
    text.writeToStandardError()
    unsafe _exit(isHopeless ? state.pointee.ends.inputOutput : state.pointee.ends.tryAgain)
  }

  /// Whether standard input can be read from its beginning, going back to it.
  private static func isInputThere(_ state: UnsafeMutablePointer<GuardState>) -> Bool {
    guard Traces.inputIsRead.load(ordering: .relaxed) else { return true }
    let offset = unsafe state.pointee.inputOffset
    return offset >= 0 && lseek(STDIN_FILENO, offset, SEEK_SET) == offset
  }
}
