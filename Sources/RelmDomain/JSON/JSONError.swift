/// Why an input is not JSON that the ledger takes: where it is wrong, and what is wrong there, in words.
///
/// Line and column count from 1; a column is a character (a Unicode scalar), as editors count.
package struct JSONError: Error, Equatable, Sendable {
  /// The line in the whole input.
  package let line: Int
  /// The character in that line.
  package let column: Int
  /// The JSON pointer (RFC 6901) of the value that is wrong; empty for the whole document.
  package let pointer: String
  /// What is wrong, in words that end without a full stop.
  package let reason: String

  package init(line: Int, column: Int, pointer: String, reason: String) {
    self.line = line
    self.column = column
    self.pointer = pointer
    self.reason = reason
  }
}

extension JSONError: CustomStringConvertible {
  package var description: String {
    let place = "line \(line), column \(column)"
    return pointer.isEmpty ? "\(place): \(reason)" : "\(place), at \(pointer): \(reason)"
  }
}
