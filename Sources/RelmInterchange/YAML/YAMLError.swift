package import RelmYAML

/// Why a text is not the YAML that is taken here: where it is wrong, and what is wrong there, in words.
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
