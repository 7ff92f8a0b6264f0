internal import Glibc
internal import Synchronization

/// What the guard knows when a signal comes: plain memory that never moves, because a signal handler may neither
/// allocate nor lock.
@unsafe
struct GuardState {
  var isArmed = false
  var isSecondTry = false
  /// The thread that ends the process.
  var endingThread: pthread_t?
  var ends = StoreGuard.Ends(damaged: 2, inputOutput: 74, tryAgain: 75)
  var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
  var environment: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
  /// Where standard input stood at first; -1 where it is no file.
  var inputOffset: off_t = -1
  /// The store that can be rebuilt and was written to last, which is what a spoilt heap is blamed on: what a write to the
  /// truth builds on is looked at before.
  var lastWritten: UnsafeMutablePointer<GuardedStore>?
  /// All that were opened, the newest first.
  var stores: UnsafeMutablePointer<GuardedStore>?

  nonisolated(unsafe) static let shared: UnsafeMutablePointer<GuardState> = {
    let state = UnsafeMutablePointer<GuardState>.allocate(capacity: 1)
    unsafe state.initialize(to: GuardState())
    return unsafe state
  }()
}

/// A store that is open in this process, as the guard knows it. One that is closed is never freed, so that a late
/// signal still reads what was there; there are few.
@unsafe
struct GuardedStore {
  /// Its path, without anything that could steer a terminal.
  let path: UnsafeMutablePointer<CChar>
  /// The file whose being there says that the store is broken.
  let mark: UnsafeMutablePointer<CChar>
  /// Its data file.
  let data: UnsafeMutablePointer<CChar>
  /// Its directory, as it is opened.
  let directory: UnsafeMutablePointer<CChar>
  /// Whether nothing can rebuild it.
  let isTruth: Bool
  private(set) var isOpen = true
  /// The one that was opened before.
  private(set) var next: UnsafeMutablePointer<GuardedStore>?

  private static let registration = Mutex(())

  /// The store that each thread has touched last.
  private static let touched: pthread_key_t = {
    var key = pthread_key_t()
    // Without a key the guard knows no store by the thread, only by the address.
    return unsafe pthread_key_create(&key, nil) == 0 ? key : pthread_key_t.max
  }()

  /// Describes a store to the guard, before anything of it is read.
  static func register(_ path: String, isTruth: Bool) -> UnsafeMutablePointer<GuardedStore> {
    let store = UnsafeMutablePointer<GuardedStore>.allocate(capacity: 1)
    let legible = path.utf8.allSatisfy { (0x20..<0x7F).contains($0) } ? path : unsafe legible(path)
    unsafe store.initialize(
      to: GuardedStore(
        path: strdup(legible), mark: strdup(path + "/" + StoreFile.broken),
        data: strdup(path + "/" + StoreFile.data), directory: strdup(path), isTruth: isTruth))
    unsafe registration.withLock { _ in
      unsafe store.pointee.next = GuardState.shared.pointee.stores
      unsafe GuardState.shared.pointee.stores = store
    }
    return unsafe store
  }

  /// A path with a question mark for all that could steer a terminal.
  private static func legible(_ path: String) -> String {
    String(
      String.UnicodeScalarView(
        path.unicodeScalars.map { scalar in
          switch scalar.properties.generalCategory {
          case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: "?"
          default: scalar
          }
        }))
  }

  /// Forgets a store that is closed.
  static func forget(_ store: UnsafeMutablePointer<GuardedStore>) {
    unsafe store.pointee.isOpen = false
    if unsafe GuardState.shared.pointee.lastWritten == store {
      unsafe GuardState.shared.pointee.lastWritten = nil
    }
  }

  /// Says which store the next calls of this thread are about.
  @inline(__always)
  static func touch(_ store: UnsafeMutablePointer<GuardedStore>) {
    _ = unsafe pthread_setspecific(touched, store)
  }

  /// The open store that has its data in a file.
  static func having(_ file: MappedFile) -> UnsafeMutablePointer<GuardedStore>? {
    var store = unsafe GuardState.shared.pointee.stores
    while let candidate = unsafe store {
      if unsafe candidate.pointee.isOpen, unsafe file.is(candidate.pointee.data) { return unsafe candidate }
      unsafe store = candidate.pointee.next
    }
    return nil
  }

  static var lastTouched: UnsafeMutablePointer<GuardedStore>? {
    unsafe pthread_getspecific(touched)?.assumingMemoryBound(to: GuardedStore.self)
  }
}
