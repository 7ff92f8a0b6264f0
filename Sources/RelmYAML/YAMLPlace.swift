/// A place in a text: line and column from 1; a column is a character (a Unicode scalar), as editors count.
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
