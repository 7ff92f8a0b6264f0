internal import Glibc
internal import RelmDomain
internal import RelmInterchange
internal import RelmLedger

/// A policy in a file, or on standard input where that is `-`.
struct PolicyFile {
  let path: String
  let text: PolicyText

  var document: PolicyDocument { text.document }

  /// Reads and checks it; what is wrong is told line by line.
  ///
  /// - Throws: `FileError`, or an end with status 65 where anything is wrong with it.
  init(_ path: String) throws {
    self.path = path == "-" ? "standard input" : path
    let limit = YAMLDocument.sizeLimitBytes
    let bytes =
      try path == "-"
      ? Files.read(STDIN_FILENO, path: self.path, limit: limit) : Files.read(path, limit: limit)
    do throws(PolicyText.Faults) {
      text = try PolicyText(bytes)
    } catch {
      for fault in error.faults { Terminal.remark(Rows.printable("\(self.path):\(fault.said)")) }
      if error.faults.count >= PolicyText.faultLimit {
        Terminal.remark("and perhaps more; correct these first")
      }
      throw ExitStatusSignal(status: .badInput)
    }
  }

  /// Says something about a field that is no mistake, with its place.
  func remark(_ pointer: String, _ words: String) {
    Terminal.remark(Rows.printable("\(path):\(text.place(of: pointer)): \(pointer): remark: \(words)"))
  }
}

extension PolicyText.Fault {
  /// The place, the field and what is wrong with it.
  fileprivate var said: String { "\(place): \(pointer.isEmpty ? "" : pointer + ": ")\(reason)" }
}
