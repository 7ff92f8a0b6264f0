internal import ArgumentParser
internal import Glibc
internal import RelmFiles
internal import RelmLedger

/// In which form a page comes out.
enum PageFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, markdown, html

  /// The form where none is named: what RELM_FORMAT means for a page.
  static func usual() throws -> PageFormat {
    switch try FormatOptions.usual() {
    case .json, .ndjson: .json
    case .table, .csv: .text
    }
  }
}

/// Where a page goes: to a file, whole or not at all, or to standard output.
struct PageOutput {
  /// Nil for standard output.
  let path: String?

  /// - Parameter holdsNames: whether it tells who the pseudonyms are, or what was sealed.
  func write(_ text: String, holdsNames: Bool = true) throws {
    guard let path else { return try Terminal.write(Array(text.utf8)) }
    guard !path.isEmpty else { throw CommandFailure(.usage, "--output is empty; name a file") }
    do {
      try Files.write(Array(text.utf8), to: path, .output)
    } catch {
      throw CommandFailure(.cannotCreate, "cannot write \(path): \(error)")
    }
    try Self.remark(path, holdsNames: holdsNames)
  }

  /// Says what was written, and if it names people, who may read it: the umask of who wrote it has said so.
  static func remark(_ path: String, holdsNames: Bool) throws {
    guard holdsNames, let mode = try Files.status(path)?.st_mode, mode & (S_IRGRP | S_IROTH) != 0 else {
      return Terminal.remark("wrote \(path)")
    }
    Terminal.remark(
      "wrote \(path), which may name people and can be read by others (mode 0\(String(mode & 0o7777, radix: 8))); "
        + "to keep it to yourself: chmod go= '\(path)'")
  }
}
