internal import Glibc
internal import RelmFiles

/// LMDB's two head pages (`MDB_meta`, LMDB 0.9 on 64 bits), checked before LMDB believes them.
///
/// LMDB takes the newer one as it stands: a map size that no machine has, a page size of nothing, a root behind the
/// end. Each of these ends in an error that blames the machine, or in none at all.
struct HeadPages {
  /// - Throws: `damaged`; `versionMismatch` where another version of LMDB wrote both.
  static func check(in directory: borrowing Descriptor, _ path: String) throws(StorageError) {
    var reason: String?
    // A commit between the two readings makes them look unlike each other; not again and again.
    for attempt in 0..<20 {
      let found = try fault(in: directory, path)
      guard let found else { return }
      reason = found
      if attempt > 0 { usleep(2000) }
    }
    guard let reason else { return }
    throw StorageError(.damaged, .open, path + "/" + StoreFile.data, detail: reason)
  }

  /// What is wrong with the heads; nil for nothing.
  private static func fault(in directory: borrowing Descriptor, _ path: String) throws(StorageError) -> String?
  {
    // What may not be read, or cannot be opened, is no word about what it holds.
    let file = path + "/" + StoreFile.data
    do throws(FileError) { _ = try directory.opening(StoreFile.data, file) } catch {
      if error.code == EACCES { throw StorageError(.notPermitted, .open, file) }
      throw StorageError(error, .open)
    }
    guard let first = HeadPage(in: directory, at: 0) else { return "its first page is missing" }
    guard first.isOfLMDB else { return "it is not a store" }
    guard let pageSize = first.pageSizeBytes else { return "its page size is none that there is" }
    guard let second = HeadPage(in: directory, at: pageSize), second.isOfLMDB else {
      return "its second head page is missing"
    }
    guard first.version == second.version else { return "its head pages are of different versions" }
    // A version that LMDB does not know, it refuses by itself.
    guard first.version == HeadPage.knownVersion else { return nil }
    guard second.pageSizeBytes == pageSize else { return "its head pages are of different sizes" }
    // Commits write the two in turn, beginning with the second.
    let (even, odd) = (first.transaction, second.transaction)
    let areInTurn = even >= 0 && odd >= 0 && even % 2 == 0 && (odd % 2 == 1 || odd == 0) && abs(even - odd) <= 1
    guard areInTurn else { return "its head pages are not of two commits in turn" }
    // The older one is not read. After a commit that failed LMDB gives its head back no more than its number and its last
    // page, so that it may name tables that were never written.
    return (even > odd ? first : second).fault(pageSizeBytes: pageSize)
  }
}

/// One head page.
struct HeadPage {
  /// The root of an empty table.
  static let noPage = UInt64.max
  static let knownVersion = 1
  private static let magic = 0xBEEF_C0DE
  /// LMDB walks no deeper.
  private static let deepest = 32

  /// What a head says of a table: LMDB's own of free pages, and the one of the tables.
  private struct TableHead {
    let kind: UInt64
    let depth: UInt64
    let entries: UInt64
    let root: UInt64

    init(_ words: ArraySlice<UInt64>) {
      let first = words.startIndex
      kind = words[first] >> 32 & 0xFFFF
      depth = words[first] >> 48
      entries = words[first + 4]
      root = words[first + 5]
    }

    func isSound(kind: UInt64, lastPage: UInt64) -> Bool {
      guard self.kind == kind, depth <= HeadPage.deepest, entries < 1 << 56 else { return false }
      guard root != HeadPage.noPage else { return depth == 0 && entries == 0 }
      return depth > 0 && entries > 0 && (2...lastPage).contains(root)
    }
  }

  private let words: [UInt64]

  init?(in directory: borrowing Descriptor, at offset: Int) {
    do throws(FileError) {
      let file = try directory.opening(StoreFile.data, StoreFile.data)
      self.init(of: file.number, at: offset)
    } catch {
      return nil
    }
  }

  /// - Parameter file: the data file, open.
  init?(of file: Int32, at offset: Int) {
    var words = [UInt64](repeating: 0, count: 19)
    let length = words.count * 8
    guard unsafe pread(file, &words, length, offset) == length else { return nil }
    self.words = words
  }

  var isOfLMDB: Bool { words[2] & 0xFFFF_FFFF == Self.magic }
  var version: Int { Int(words[2] >> 32 & 0xFFFF) }
  var freeRoot: UInt64 { words[10] }
  var mainRoot: UInt64 { words[16] }
  var lastPage: UInt64 { words[17] }
  /// The commit that wrote it; negative where it is none.
  var transaction: Int { Int(exactly: words[18]) ?? -1 }

  /// Nil where it is none that LMDB has.
  var pageSizeBytes: Int? {
    let size = Int(words[5] & 0xFFFF_FFFF)
    return (512...65_536).contains(size) && size.nonzeroBitCount == 1 ? size : nil
  }

  /// What is wrong with what it says; nil for nothing.
  func fault(pageSizeBytes: Int) -> String? {
    let mapSize = words[4]
    guard mapSize <= 1 << 46, lastPage < 1 << 46 / UInt64(pageSizeBytes), lastPage >= 1 else {
      return "a head page claims a size that no store has"
    }
    guard lastPage > 1 || (freeRoot == Self.noPage && mainRoot == Self.noPage) else {
      return "a head page names pages that there are not"
    }
    // Free pages go by number, which LMDB marks; tables by name.
    guard TableHead(words[5...10]).isSound(kind: 8, lastPage: max(lastPage, 2)),
      TableHead(words[11...16]).isSound(kind: 0, lastPage: max(lastPage, 2))
    else { return "a head page does not say where its tables are" }
    return nil
  }
}
