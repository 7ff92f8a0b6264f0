internal import CLMDB
internal import Glibc

/// Looks at the pages that a write begins with, before LMDB believes them: its list of free pages, the table of the
/// tables, and the way to each table's last row.
///
/// A damaged page that is read ends in an error or in the guard. One that is written to spoils what was whole: a list of
/// free pages that is wrong hands out pages that are in use or never ends, and a row that does not lie in its page is moved
/// into memory that is somebody else's. Done once for each opening, in a few reads of the file.
///
/// The layout is LMDB 0.9's on 64 bits (`MDB_page`, `MDB_node`, `MDB_db`).
struct PageCheck {
  private let file: Int32
  private let pageSize: Int
  private let lastPage: UInt64
  private let transaction: UInt64
  /// LMDB walks no deeper.
  private static let deepest = 32

  /// - Parameter transaction: the one that begins; it builds on the one before it.
  /// - Throws: `damaged`, `inputOutput`.
  static func check(_ environment: Environment, before transaction: Int) throws(StorageError) {
    let path = environment.path + "/" + StoreFile.data
    // LMDB's own descriptor: the file at the path may be another by now, or gone.
    var file: Int32 = -1
    try RelmStorage.check(unsafe mdb_env_get_fd(environment.handle, &file), .begin, path)
    guard let first = HeadPage(of: file, at: 0), let pageSize = first.pageSizeBytes,
      let second = HeadPage(of: file, at: pageSize)
    else { throw StorageError(.damaged, .begin, path) }
    guard let head = [first, second].first(where: { $0.transaction == transaction - 1 }) else {
      throw StorageError(.damaged, .begin, path, detail: "no head page is of the last commit")
    }
    let check = PageCheck(
      file: file, pageSize: pageSize, lastPage: head.lastPage, transaction: UInt64(transaction))
    guard check.isSound(freeRoot: head.freeRoot, mainRoot: head.mainRoot) else {
      throw StorageError(.damaged, .begin, path, detail: "a page that the write would build on is not sound")
    }
  }

  private init(file: Int32, pageSize: Int, lastPage: UInt64, transaction: UInt64) {
    (self.file, self.pageSize, self.lastPage, self.transaction) = (file, pageSize, lastPage, transaction)
  }

  private func isSound(freeRoot: UInt64, mainRoot: UInt64) -> Bool {
    var last: UInt64 = 0
    guard forEachLeaf(under: freeRoot, depth: 0, { leaf in isFreeList(leaf, after: &last) }) else {
      return false
    }
    return forEachLeaf(under: mainRoot, depth: 0) { tables in
      tables.nodes.allSatisfy { table in
        guard table.isTable, let root = tables.root(of: table) else { return false }
        return isWaySound(to: root, depth: 0)
      }
    }
  }

  /// Whether a leaf of the table of free pages holds lists of pages that there are, each list descending, under the
  /// commits that set them free.
  private func isFreeList(_ leaf: Page, after last: inout UInt64) -> Bool {
    for node in leaf.nodes {
      guard node.keySize == 8, let commit = leaf.word(at: node.key), commit > last, commit < transaction,
        let list = value(of: node, in: leaf), let count = list.first, count < UInt64(list.count)
      else { return false }
      last = commit
      var bound = lastPage + 1
      for page in list[1...Int(count)] {
        guard page >= 2, page < bound else { return false }
        bound = page
      }
    }
    return true
  }

  /// Whether the pages from a table's root to its last row are sound.
  private func isWaySound(to root: UInt64, depth: Int) -> Bool {
    guard root != HeadPage.noPage else { return true }
    guard depth < Self.deepest, let page = page(root) else { return false }
    guard page.isBranch else { return page.isLeaf }
    guard let last = page.nodes.last, page.nodes.allSatisfy({ $0.child <= lastPage && $0.child >= 2 }) else {
      return false
    }
    return isWaySound(to: last.child, depth: depth + 1)
  }

  /// Hands out every leaf of a small tree; false where a page is not sound, or the body says so.
  private func forEachLeaf(under root: UInt64, depth: Int, _ body: (Page) -> Bool) -> Bool {
    guard root != HeadPage.noPage else { return true }
    guard depth < Self.deepest, let page = page(root) else { return false }
    if page.isLeaf { return body(page) }
    guard page.isBranch, !page.nodes.isEmpty else { return false }
    return page.nodes.allSatisfy { forEachLeaf(under: $0.child, depth: depth + 1, body) }
  }

  private func page(_ number: UInt64) -> Page? {
    guard number >= 2, number <= lastPage, let bytes = read(number, count: 1) else { return nil }
    return Page(bytes, number: number)
  }

  /// A node's value as numbers; from pages of its own where it is long.
  private func value(of node: Page.Node, in page: Page) -> [UInt64]? {
    guard node.isLong else {
      return stride(from: node.value, to: node.value + node.valueSize - 7, by: 8).map { page.word(at: $0) ?? 0 }
    }
    guard let first = page.word(at: node.value), first >= 2, first <= lastPage else { return nil }
    let count = (16 + node.valueSize + pageSize - 1) / pageSize
    guard UInt64(count) <= lastPage - first + 1, let bytes = read(first, count: count) else { return nil }
    return stride(from: 16, to: 16 + node.valueSize - 7, by: 8).map { offset in
      unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
    }
  }

  private func read(_ number: UInt64, count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count * pageSize)
    let length = bytes.count
    guard unsafe pread(file, &bytes, length, off_t(number) * off_t(pageSize)) == length else { return nil }
    return bytes
  }
}

/// A page of rows or of ways to them, whose every node lies within it.
private struct Page {
  struct Node {
    /// Where key and value begin in the page, and how long they are.
    let key: Int
    let keySize: Int
    let value: Int
    let valueSize: Int
    /// In a branch: the page that the way leads to.
    let child: UInt64
    /// Its value lies in pages of its own, whose number stands in its place.
    let isLong: Bool
    /// Its value is the head of a table.
    let isTable: Bool
  }

  private static let headSize = 16
  private let bytes: [UInt8]
  let isBranch: Bool
  let isLeaf: Bool
  private(set) var nodes: [Node] = []

  /// - Returns: nil where it is not a sound page of this number.
  init?(_ bytes: [UInt8], number: UInt64) {
    self.bytes = bytes
    func half(_ offset: Int) -> Int { Int(bytes[offset]) | Int(bytes[offset + 1]) << 8 }
    let flags = half(10)
    (isBranch, isLeaf) = (flags == 1, flags == 2)
    let (lower, upper) = (half(12), half(14))
    guard isBranch || isLeaf, lower >= Self.headSize, lower.isMultiple(of: 2), lower <= upper,
      upper <= bytes.count,
      word(at: 0) == number
    else { return nil }
    nodes.reserveCapacity((lower - Self.headSize) / 2)
    for place in stride(from: Self.headSize, to: lower, by: 2) {
      let offset = half(place)
      guard offset >= upper, offset + 8 <= bytes.count else { return nil }
      let low = UInt64(half(offset)) | UInt64(half(offset + 2)) << 16
      let (kind, keySize) = (half(offset + 4), half(offset + 6))
      let isLong = isLeaf && kind == 1
      guard isBranch || [0, 1, 2].contains(kind) else { return nil }
      let node = Node(
        key: offset + 8, keySize: keySize, value: offset + 8 + keySize, valueSize: isLeaf ? Int(low) : 0,
        child: low | UInt64(kind) << 32, isLong: isLong, isTable: isLeaf && kind == 2)
      guard node.value + (isLong ? 8 : node.valueSize) <= bytes.count else { return nil }
      nodes.append(node)
    }
  }

  /// Eight bytes; nil where they are not all in the page.
  func word(at offset: Int) -> UInt64? {
    guard offset >= 0, offset + 8 <= bytes.count else { return nil }
    return unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self) }
  }

  /// The root that a table's head names; nil where it is no sound head.
  func root(of node: Node) -> UInt64? {
    guard node.valueSize == 48, let first = word(at: node.value), first >> 32 & 0xFFFF == 0 else { return nil }
    return word(at: node.value + 40)
  }
}
