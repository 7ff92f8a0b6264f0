package import RelmYAML

/// One thing that is wrong in a document that a person wrote, with where it stands in the text.
package struct DocumentFault: Equatable, Sendable, CustomStringConvertible {
  package let place: YAMLPlace
  /// The JSON pointer (RFC 6901) of the field; empty where it is the text as a whole.
  package let pointer: String
  /// What is wrong and what to do, in words that end without a full stop.
  package let reason: String

  /// The line of its place, from 1.
  package var line: Int { place.line }

  package var description: String { "\(place): \(pointer.isEmpty ? "" : pointer + ": ")\(reason)" }
}

/// All that is wrong in a document, in the order of the text; at least one thing.
package struct DocumentFaults: Error, Equatable, Sendable {
  package let faults: [DocumentFault]

  /// The most faults that are told at once.
  package static let limit = 20
}
