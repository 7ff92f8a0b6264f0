internal import RelmDomain
internal import RelmInterchange

/// A policy in a file, or on standard input where that is `-`.
struct PolicyFile {
  let path: String
  let text: PolicyText

  var document: PolicyDocument { text.document }

  /// Reads and checks it; what is wrong is told line by line.
  ///
  /// - Throws: `FileError`, or an end with status 65 where anything is wrong with it.
  init(_ path: String) throws {
    let file = try WrittenFile(path)
    self.path = file.name
    text = try file.read { bytes throws(DocumentFaults) in try PolicyText(bytes) }
  }

  /// Says something about a field that is no mistake, with its place.
  func remark(_ pointer: String, _ words: String) {
    Terminal.remark(Rows.printable("\(path):\(text.place(of: pointer)): \(pointer): remark: \(words)"))
  }
}
