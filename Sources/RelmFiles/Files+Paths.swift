package import Glibc

extension Files {
  /// What `stat(2)` says of what a path leads to; nil where there is nothing.
  ///
  /// - Parameter follows: whether a link at its end is followed.
  package static func status(_ path: String, follows: Bool = true) throws(FileError) -> stat? {
    var about = stat()
    if unsafe (follows ? stat(path, &about) : lstat(path, &about)) == 0 { return about }
    guard errno == ENOENT || errno == ENOTDIR else { throw .errno("look at", path) }
    return nil
  }

  /// Whether something is at the path, and be it a link that leads nowhere.
  package static func exists(_ path: String) -> Bool {
    var about = stat()
    return unsafe lstat(path, &about) == 0
  }

  /// Whether this user may not even look whether it is there.
  package static func isDenied(_ path: String) -> Bool {
    unsafe access(path, F_OK) != 0 && errno == EACCES
  }

  /// Whether this process may write there; false on a file system that is mounted for reading only.
  package static func isWritable(_ path: String) -> Bool {
    unsafe access(path, W_OK) == 0
  }

  /// A path from the root, without following links.
  package static func absolute(_ path: String) -> String {
    guard !path.hasPrefix("/"), let here = unsafe getcwd(nil, 0) else { return path }
    defer { unsafe free(here) }
    return unsafe String(cString: here) + "/" + path
  }

  /// A file's length in bytes; 0 where there is none.
  package static func length(_ path: String) throws(FileError) -> Int {
    try status(path)?.st_size ?? 0
  }

  /// The path of the directory that holds a path.
  package static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// A path as another spelling has it that ends in a name: `a/` is `a`; the root stays.
  package static func withoutTrailingSlashes(_ path: String) -> String {
    var path = path[...]
    while path.count > 1, path.last == "/" { path.removeLast() }
    return String(path)
  }

  /// A path from the root, without links; nil where nothing is there.
  package static func resolved(_ path: String) -> String? {
    guard let real = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(real) }
    return unsafe String(cString: real)
  }
}
