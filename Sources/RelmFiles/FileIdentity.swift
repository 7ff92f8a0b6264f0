package import Glibc

/// Which file it is, whatever it is called and whatever lies at its path later: symbolic links and other spellings of a
/// path give the same.
package struct FileIdentity: Hashable, Sendable {
  private let device: dev_t
  private let inode: ino_t

  package init(_ about: stat) { (device, inode) = (about.st_dev, about.st_ino) }

  /// The identity of what a path leads to; nil where there is nothing.
  package init?(path: String) {
    var about = stat()
    guard unsafe stat(path, &about) == 0 else { return nil }
    self.init(about)
  }
}
