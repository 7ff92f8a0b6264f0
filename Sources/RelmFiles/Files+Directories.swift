package import Glibc

extension Files {
  /// Makes a directory of a ledger, for whom the directory is that it lies in; one that is there is left.
  package static func makeDirectory(_ path: String) throws(FileError) {
    try makeDirectory(path, mode: AccessMode.inside(directory(of: path)).directory)
  }

  /// Makes a directory that somebody asked for, for whom their umask says; one that is there is left.
  package static func makeOutputDirectory(_ path: String) throws(FileError) {
    guard try !make(path, 0o777) else { return }
    guard FileKind(at: path) == .directory else {
      throw FileError(path: path, operation: "create the directory", code: EEXIST)
    }
  }

  /// Makes a directory with just this mode, whatever the umask; one that is there is left.
  package static func makeDirectory(_ path: String, mode: mode_t) throws(FileError) {
    if try make(path, mode) { try protect(path, mode) }
  }

  /// - Returns: false where something has that name.
  static func make(_ path: String, _ mode: mode_t) throws(FileError) -> Bool {
    do throws(FileError) { try check("create the directory", path) { unsafe mkdir(path, mode) } } catch {
      guard error.code == EEXIST else { throw error }
      return false
    }
    return true
  }

  static func protect(_ path: String, _ mode: mode_t) throws(FileError) {
    try check("protect", path) { unsafe chmod(path, mode) }
  }

  /// Puts a directory's entries on disk: of the directory that holds the path.
  package static func syncDirectory(of path: String) throws(FileError) {
    try sync(directory: directory(of: path))
  }

  /// Puts a directory's entries on disk.
  package static func sync(directory path: String) throws(FileError) {
    try Descriptor(directory: path).sync(path)
  }

  /// The names in a directory, sorted.
  package static func list(_ path: String) throws(FileError) -> [String] {
    guard let directory = unsafe opendir(path) else { throw .errno("list", path) }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(directory) else {
        guard errno == 0 else { throw .errno("list", path) }
        return names.sorted()
      }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != "." && name != ".." { names.append(name) }
    }
  }

  /// Removes a file or a whole directory; what is not there stays so.
  package static func remove(_ path: String) throws(FileError) {
    guard let about = try status(path, follows: false) else { return }
    let isDirectory = about.st_mode & S_IFMT == S_IFDIR
    if isDirectory { for name in try list(path) { try remove(path + "/" + name) } }
    do throws(FileError) {
      try check("remove", path) { unsafe isDirectory ? rmdir(path) : unlink(path) }
    } catch {
      guard error.code == ENOENT else { throw error }
    }
  }
}
