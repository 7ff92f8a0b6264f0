internal import CLMDB
internal import Glibc
internal import RelmFiles

extension Environment {
  /// Makes a store, filled by `prepare`, whole or not at all.
  ///
  /// It is made in a `BuildPlace` beside the path, `.NAME.creating-PID-N`, and renamed once all of it is on disk, so
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
    let birth = try Birth(of: path, on: fileSystem)
    let place = try birth.place()
    let outcome = Result { () throws(StorageError) in
      try fill(place, options, prepare)
      try birth.finish(place)
    }
    // Nothing is there any more where it has come to its place.
    try withFiles(.create) { () throws(FileError) in try place.remove() }
    try outcome.get()
    return try open(
      at: path, tables: tables, durability: durability, mode: .readWrite, mapSizeBytes: mapSizeBytes,
      maxReaders: maxReaders, fileSystem: fileSystem)
  }

  /// Makes the store in its birth place and closes it again, all of it on disk.
  private static func fill(
    _ place: borrowing BuildPlace, _ options: EnvironmentOptions,
    _ prepare: (inout WriteTransaction) throws(StorageError) -> Void
  ) throws(StorageError) {
    let directory = try withFiles(.create) { () throws(FileError) in try Descriptor(directory: place.path) }
    // It has no identity: nobody else can come to open it, so the registry need not know.
    let environment = try Environment(opening: place.path, directory, nil, options)
    var transaction = try environment.beginWrite(within: .zero)
    _ = try unsafe environment.openTables(in: transaction.snapshot.transaction, making: true)
    try prepare(&transaction)
    try transaction.commit()
    try environment.sync()
    try withFiles(.sync) { () throws(FileError) in try environment.directory.sync(place.path) }
  }
}

/// Where a store is to come to be.
private struct Birth {
  let path: String
  let parent: String
  let name: String

  /// - Throws: `alreadyExists` where there is something, `cannotCreate` where nothing can be.
  init(of path: String, on fileSystem: some FileSystemKind) throws(StorageError) {
    self.path = Files.withoutTrailingSlashes(path)
    parent = Files.directory(of: self.path)
    name = String(self.path.split(separator: "/").last ?? "")
    guard !name.isEmpty, name != ".", name != ".." else {
      throw StorageError(.cannotCreate, .create, path, detail: "the path ends in no name")
    }
    guard FileIdentity(path: parent) != nil else {
      throw StorageError(
        .cannotCreate, .create, path, systemCode: ENOENT, detail: "there is no directory \(parent)")
    }
    try RefusedFileSystem.check(parent, on: fileSystem)
    let isTaken = try withFiles(.create) { () throws(FileError) in
      guard let about = try Files.status(path) else { return false }
      guard about.st_mode & S_IFMT == S_IFDIR else { return true }
      return try !Files.list(path).isEmpty
    }
    guard !isTaken else { throw StorageError(.alreadyExists, .create, path) }
  }

  /// A place beside it, after removing what dead creators of the same name have left.
  func place() throws(StorageError) -> BuildPlace {
    do throws(FileError) { return try BuildPlace.make(in: parent, named: ".\(name).creating-") } catch {
      throw StorageError(.cannotCreate, .create, error.path, systemCode: error.code)
    }
  }

  /// Puts the finished store in its place, in one step that is on disk when this returns.
  func finish(_ place: borrowing BuildPlace) throws(StorageError) {
    // rename replaces an empty directory, and refuses a file or a directory with anything in it.
    do throws(FileError) { try Files.rename(place.path, to: path) } catch {
      switch error.code {
      case EEXIST, ENOTEMPTY, ENOTDIR:
        throw StorageError(.alreadyExists, .create, path, systemCode: error.code)
      default: throw StorageError(error, .create)
      }
    }
    try withFiles(.create) { () throws(FileError) in try Files.syncDirectory(of: path) }
  }
}
