internal import CLMDB
internal import Glibc
internal import RelmFiles

/// What kind of file system a path is on; the seam through which tests play file systems that are not there.
package protocol FileSystemKind: Sendable {
  /// The `f_type` of `statfs(2)`.
  func magicNumber(at path: String) throws(StorageError) -> UInt32
  /// Whether this process may make and change files in the directory.
  func isWritable(directory path: String) -> Bool
  /// Whether FUSE is let pass.
  var allowsFUSE: Bool { get }
}

/// The machine's file systems as they are.
package struct SystemFileSystem: FileSystemKind {
  /// A FUSE file system cannot be told from another: it may be an encrypted local disk, or `sshfs`, under which a
  /// shared map silently shows stale pages. It is therefore refused unless a person says that it is local.
  package let allowsFUSE: Bool

  package init(allowsFUSE: Bool = false) { self.allowsFUSE = allowsFUSE }

  package func magicNumber(at path: String) throws(StorageError) -> UInt32 {
    var about = statfs()
    guard unsafe statfs(path, &about) == 0 else { throw .errno(.open, path) }
    return UInt32(truncatingIfNeeded: about.f_type)
  }

  package func isWritable(directory path: String) -> Bool {
    // The lock files count as well: another user's store may lie in a directory that everybody may write.
    guard unsafe access(path, W_OK | X_OK) == 0 else { return false }
    return [StoreFile.lmdbLock, StoreFile.writerLock].allSatisfy { name in
      let file = path + "/" + name
      return unsafe access(file, F_OK) != 0 || access(file, W_OK) == 0
    }
  }
}

/// The file systems on which a store would be lost sooner or later: their maps and locks do not hold between
/// machines. The numbers are those of `statfs(2)` and `linux/magic.h`.
enum RefusedFileSystem: UInt32, CaseIterable {
  case nfs = 0x6969
  case smb = 0x517B
  case cifs = 0xFF53_4D42
  case smb2 = 0xFE53_4D42
  case ceph = 0x00C3_6400
  case openAFS = 0x5346_414F
  case kernelAFS = 0x6B41_4653
  case coda = 0x7375_7245
  case ncp = 0x564C
  case ninePlan = 0x0102_1997
  case gfs2 = 0x0116_1970
  case ocfs2 = 0x7461_636F
  case lustre = 0x0BD0_0BD0
  case gpfs = 0x4750_4653
  case beeGFS = 0x1983_0326
  case panFS = 0xAAD7_AAEA
  case virtualBoxShare = 0x786F_4256
  case vmwareShare = 0xBACB_ACBC
  case fuse = 0x6573_5546

  /// - Throws: `networkFileSystem` if the path is on one of these.
  static func check(_ path: String, on kind: some FileSystemKind) throws(StorageError) {
    let magic = try kind.magicNumber(at: path)
    guard let refused = RefusedFileSystem(rawValue: magic) else { return }
    let number = "0x" + String(magic, radix: 16)
    if refused == .fuse {
      if kind.allowsFUSE { return }
      throw StorageError(
        .networkFileSystem, .open, path,
        detail: "it is on a FUSE file system (\(number)), which may be a remote one")
    }
    throw StorageError(
      .networkFileSystem, .open, path,
      detail: "it is on a shared file system (\(refused), \(number)), where maps and locks do not hold")
  }
}

/// The names of the files in a store's directory.
enum StoreFile {
  static let data = "data.mdb"
  /// LMDB's reader table and mutexes. No other code may open it: closing any descriptor of it would drop this
  /// process's POSIX locks on it.
  static let lmdbLock = "lock.mdb"
  /// Held (`flock`) by the process that writes. `flock write.lock COMMAND` holds writers off from a shell.
  static let writerLock = "write.lock"
  /// Its being there says that reading the store has ended a process.
  static let broken = "broken"
  static let all = [data, lmdbLock, writerLock]

  /// Makes what LMDB would make, which goes by the umask. What is there is not so much as opened; but LMDB would wait for
  /// the other end of a FIFO.
  static func makeMissing(in directory: String, mode: mode_t) throws(StorageError) {
    for file in [data, lmdbLock] {
      let path = directory + "/" + file
      do throws(FileError) {
        try Descriptor(path, O_WRONLY | O_CREAT | O_EXCL, to: "create", mode: mode).protect(mode, path)
      } catch {
        guard error.code == EEXIST else { throw StorageError(error, .open) }
        guard let kind = FileKind(at: path) else { continue }
        throw StorageError(FileError(path: path, operation: "open", code: error.code, kind: kind), .open)
      }
    }
  }
}
