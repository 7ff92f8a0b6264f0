/// Something that a document cannot mean, though every field is as its schema has it.
package struct DocumentProblem: Sendable, Equatable {
  /// The JSON pointer (RFC 6901) of the field, from the document's root.
  package let pointer: String
  /// What is wrong, in words that end without a full stop.
  package let reason: String
  /// What to do about it.
  package let advice: String
  /// Whether the field should not be there at all: its name is wrong, and not its value.
  package var isAboutName = false

  /// Words of a list that stand in it more than once; each place but the first.
  static func repeated(_ words: [String], at pointer: String) -> [DocumentProblem] {
    words.indices.filter { words[..<$0].contains(words[$0]) }.map { place in
      DocumentProblem(
        pointer: "\(pointer)/\(place)", reason: "“\(words[place])” stands twice", advice: "Leave one out")
    }
  }
}
