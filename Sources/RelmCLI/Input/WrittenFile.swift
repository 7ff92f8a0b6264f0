internal import RelmFiles
internal import RelmInterchange
internal import RelmLedger

/// A document that somebody wrote in YAML or JSON, in a file or on standard input.
struct WrittenFile {
  /// What it is called in remarks.
  let name: String
  private let bytes: [UInt8]

  /// - Parameter path: the file's; `-` is standard input.
  /// - Throws: `FileError`; an end with status 65 where it is longer than such a document may be.
  init(_ path: String) throws {
    let file = try InputFile(path)
    name = file.name
    do throws(FileError) {
      bytes = try file.bytes(atMost: YAMLDocument.sizeLimitBytes)
    } catch {
      guard error.isTooLong else { throw error }
      Terminal.remark(
        Rows.printable("\(name):1:1: the text is larger than \(YAMLDocument.sizeLimitBytes >> 20) MiB"))
      throw ExitStatusSignal(status: .badInput)
    }
  }

  /// Reads the document; what is wrong is told line by line.
  ///
  /// - Throws: an end with status 65 where anything is wrong with it.
  func read<Document>(_ read: ([UInt8]) throws(DocumentFaults) -> Document) throws -> Document {
    do throws(DocumentFaults) {
      return try read(bytes)
    } catch {
      for fault in error.faults {
        ErrorOutput.tell(Problem(fault, in: name), .badInput, prefix: "")
      }
      if error.faults.count >= DocumentFaults.limit {
        Terminal.remark("and perhaps more; correct these first")
      }
      throw ExitStatusSignal(status: .badInput)
    }
  }
}
