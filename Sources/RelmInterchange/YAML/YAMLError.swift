/// Why a text is not the YAML that is taken here: where it is wrong, and what is wrong there, in words.
///
/// Line and column count from 1; a column is a character (a Unicode scalar), as editors count.
package struct YAMLError: Error, Equatable, Sendable {
  package let place: YAMLPlace
  /// What is wrong, in words that end without a full stop.
  package let reason: String

  package init(at place: YAMLPlace, _ reason: String) {
    self.place = place
    self.reason = reason
  }
}

extension YAMLError: CustomStringConvertible {
  package var description: String { "\(place): \(reason)" }
}

/// A place in a text.
package struct YAMLPlace: Hashable, Sendable, CustomStringConvertible {
  package let line: Int
  package let column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  package static let beginning = YAMLPlace(line: 1, column: 1)

  package var description: String { "\(line):\(column)" }
}
