internal import CLMDB
internal import Glibc

extension Environment {
  /// Makes a store, filled by `prepare`, whole or not at all.
  ///
  /// It is made in a directory beside the path, `.NAME.creating-PID-N`, and renamed once all of it is on disk, so
  /// that nobody ever sees half of one. Of two creators at once one wins. What dead creators left is removed.
  ///
  /// - Parameters:
  ///   - path: nothing, or an empty directory. Its parent exists.
  ///   - tables: all tables that will be used.
  ///   - durability: when its commits reach the disk, now and whenever this environment is used.
  ///   - mapSizeBytes: the most that the store can grow to. The map is sparse and costs nothing.
  ///   - maxReaders: the most read transactions at a time, over all processes.
  ///   - fileSystem: tells what the path is on; replaced in tests.
  ///   - prepare: writes the first rows, in the transaction that makes the tables.
  /// - Throws: `alreadyExists`, `cannotCreate`, `networkFileSystem`, `noSpace`, what `prepare` throws, and what
  ///   `open` does.
  @available(*, noasync, message: "a write transaction stays on one thread; create in a synchronous function")
  package static func create(
    at path: String, tables: [Table], durability: Durability,
    mapSizeBytes: Int = 1 << 40, maxReaders: Int = 1022, fileSystem: any FileSystemKind = SystemFileSystem(),
    prepare: (inout WriteTransaction) throws(StorageError) -> Void = { _ throws(StorageError) in }
  ) throws(StorageError) -> Environment {
    let options = EnvironmentOptions(
      tables: tables, durability: durability, mode: .readWrite, mapSizeBytes: mapSizeBytes,
      maxReaders: maxReaders, fileSystem: fileSystem)
    let place = try BirthPlace.make(for: path, on: fileSystem)
    do throws(StorageError) {
      try fill(place, options, prepare)
      try place.moveToPath()
    } catch {
      place.remove()
      throw error
    }
    return try open(
      at: path, tables: tables, durability: durability, mode: .readWrite, mapSizeBytes: mapSizeBytes,
      maxReaders: maxReaders, fileSystem: fileSystem)
  }

  /// Makes the store in its birth place and closes it again, all of it on disk.
  private static func fill(
    _ place: borrowing BirthPlace, _ options: EnvironmentOptions,
    _ prepare: (inout WriteTransaction) throws(StorageError) -> Void
  ) throws(StorageError) {
    let directory = try Descriptor(place.temporaryPath, O_RDONLY | O_DIRECTORY, for: .create)
    // It has no identity: nobody else can come to open it, so the registry need not know.
    let environment = try Environment(opening: place.temporaryPath, directory, nil, options)
    var transaction = try environment.beginWrite(within: .zero)
    _ = try unsafe environment.openTables(in: transaction.snapshot.transaction, making: true)
    try prepare(&transaction)
    try transaction.commit()
    try environment.sync()
    try environment.directory.sync(place.temporaryPath)
  }
}

/// The directory beside its destination in which a store is made. Whoever makes it holds a lock on it; one that is
/// not locked was left by a creator that died.
private struct BirthPlace: ~Copyable {
  /// A new directory, and the lock on it.
  private struct Claim: ~Copyable {
    let path: String
    let lock: Descriptor
  }

  let path: String
  private let parent: String
  private let claim: Claim
  var temporaryPath: String { claim.path }

  /// Makes it, unless there is something at the path already.
  static func make(
    for path: String, on fileSystem: some FileSystemKind
  ) throws(StorageError) -> BirthPlace {
    var destination = path[...]
    while destination.count > 1, destination.last == "/" { destination.removeLast() }
    let slash = destination.lastIndex(of: "/")
    let name = slash.map { destination[destination.index(after: $0)...] } ?? destination
    let folder = slash.map { destination[..<$0] } ?? "."
    guard !name.isEmpty, name != ".", name != ".." else {
      throw StorageError(.cannotCreate, .create, path, detail: "the path ends in no name")
    }
    let parent = folder.isEmpty ? "/" : String(folder)
    guard FileIdentity(path: parent) != nil else {
      throw StorageError(
        .cannotCreate, .create, path, systemCode: ENOENT, detail: "there is no directory \(parent)")
    }
    try RefusedFileSystem.check(parent, on: fileSystem)
    let beginning = ".\(name).creating-"
    try removeLeftovers(in: parent, beginning)
    if FileIdentity(path: path) != nil, try !isEmptyDirectory(path) {
      throw StorageError(.alreadyExists, .create, path)
    }
    let claim = try claim(parent + "/" + beginning + String(getpid()), in: parent)
    return BirthPlace(path: String(destination), parent: parent, claim: claim)
  }

  private static func claim(_ beginning: String, in parent: String) throws(StorageError) -> Claim {
    var attempt = 0
    while true {
      attempt += 1
      let path = "\(beginning)-\(attempt)"
      let mode = StoreMode.inside(parent).directory
      guard unsafe mkdir(path, mode) == 0 else {
        // Another thread of this process has that name, or another PID namespace's process.
        if errno == EEXIST, attempt < 10_000 { continue }
        throw StorageError(.cannotCreate, .create, path, systemCode: errno)
      }
      // Whatever the umask of who makes it; that somebody takes it for a leftover meanwhile is seen below.
      guard unsafe chmod(path, mode) == 0 || errno == ENOENT else {
        throw StorageError(.cannotCreate, .create, path, systemCode: errno)
      }
      let lock: Descriptor
      do throws(StorageError) { lock = try Descriptor(path, O_RDONLY | O_DIRECTORY, for: .create) } catch {
        if error.systemCode == ENOENT { continue }
        throw error
      }
      // Between mkdir and lock, another creator may have taken it for a leftover.
      if try lock.tryLock(path), FileIdentity(path: path) == (try lock.identity(path)) {
        return Claim(path: path, lock: lock)
      }
    }
  }

  /// Puts the finished store in its place, in one step that is on disk when this returns.
  func moveToPath() throws(StorageError) {
    // rename replaces an empty directory, and refuses a file or a directory with anything in it.
    guard unsafe rename(temporaryPath, path) == 0 else {
      let code = errno
      switch code {
      case EEXIST, ENOTEMPTY, ENOTDIR: throw StorageError(.alreadyExists, .create, path, systemCode: code)
      default: throw StorageError(system: code, .create, path)
      }
    }
    let parent = try Descriptor(self.parent, O_RDONLY | O_DIRECTORY, for: .create)
    try parent.sync(self.parent)
  }

  func remove() { Self.remove(temporaryPath) }

  /// Removes what dead creators of the same name have left. What cannot be removed is left to the next one.
  private static func removeLeftovers(in parent: String, _ beginning: String) throws(StorageError) {
    for name in try names(in: parent) where name.hasPrefix(beginning) {
      let path = parent + "/" + name
      do throws(StorageError) {
        let directory = try Descriptor(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW, for: .create)
        if try directory.tryLock(path) { remove(path) }
      } catch {
        // It has gone meanwhile, or is not ours; neither stands in the way.
        continue
      }
    }
  }

  /// Only the files that a store has: should anything else be in there, it is not ours to remove.
  private static func remove(_ directory: String) {
    for file in StoreFile.all { unsafe unlink(directory + "/" + file) }
    unsafe rmdir(directory)
  }

  private static func isEmptyDirectory(_ path: String) throws(StorageError) -> Bool {
    var about = stat()
    guard unsafe stat(path, &about) == 0, about.st_mode & S_IFMT == S_IFDIR else { return false }
    return try names(in: path).isEmpty
  }

  private static func names(in directory: String) throws(StorageError) -> [String] {
    guard let stream = unsafe opendir(directory) else { throw .errno(.create, directory) }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }
}
