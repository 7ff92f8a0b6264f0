internal import Glibc
internal import RelmFiles
internal import RelmVault

/// Who may write in a ledger's directory: its owner, or the group that it is shared with on purpose. Whoever else can write
/// there can write what they like, past every rule.
enum LedgerAccess {
  /// - Throws: ``LedgerError`` with code `exposed` where somebody else may write to one of the ledger's directories.
  static func check(_ layout: LedgerLayout) throws {
    for path in [layout.root, layout.log, layout.evidence, layout.views, layout.local] {
      guard let mode = try Files.status(path)?.st_mode else { continue }
      let who: String
      if mode & S_IWOTH != 0 {
        who = "everybody"
      } else if mode & S_IWGRP != 0, !AccessMode.isShared(mode) {
        who = "its group"
      } else {
        continue
      }
      throw LedgerError(
        .exposed,
        "\(who) may write to \(path) (mode 0\(String(mode & 0o7777, radix: 8))), past every rule of the ledger. Run: "
          + "chmod go-w '\(path)'; or where a group is to share the ledger, make it with 'relm init --shared-group'; or "
          + "read it all the same with --allow-shared")
    }
  }

  /// Makes the ledger's own directory; what is made in it later is for the same people.
  ///
  /// - Parameter group: the name or number of the group that shares it; nil for the owner alone.
  static func makeRoot(_ path: String, group: String?) throws {
    guard let group else { return try Files.makeDirectory(path, mode: AccessMode.owner.directory) }
    let number = try number(of: group)
    try Files.makeDirectory(path, mode: AccessMode.owner.directory)
    guard chown(path, uid_t.max, number) == 0, chmod(path, AccessMode.group.directory) == 0 else {
      throw FileError(path: path, operation: "share with the group \(group)", code: errno)
    }
  }

  private static func number(of group: String) throws -> gid_t {
    if let number = gid_t(group) { return number }
    let file = "/etc/group"
    guard let number = GroupFile(try Files.read(file, atMost: 1 << 24)).number(of: group) else {
      throw LedgerError(
        .badInput,
        "there is no group '\(group)' in \(file); one that is kept elsewhere is given by its number, which 'getent group' "
          + "shows")
    }
    return number
  }
}

/// The groups of this machine, as group(5) has them. Read here and not asked of the system, whose answer may load libraries,
/// which a program that is linked whole cannot.
struct GroupFile {
  private let lines: [[UInt8].SubSequence]

  init(_ bytes: [UInt8]) { lines = bytes.split(separator: UInt8(ascii: "\n")) }

  /// A group's number; nil where there is no such group.
  func number(of group: String) -> gid_t? {
    for line in lines {
      let fields = line.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
      guard fields.count >= 3, fields[0].elementsEqual(group.utf8) else { continue }
      return gid_t(String(decoding: fields[2], as: UTF8.self))
    }
    return nil
  }
}
