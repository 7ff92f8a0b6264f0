/// Why something that another program wrote could not be read.
package struct InterchangeError: Error, Equatable, Sendable {
  /// Where in the input: "line 12", "tag 3".
  package let place: String
  /// What is wrong there and what belongs there.
  package let reason: String

  package init(at place: String, _ reason: String) {
    self.place = place
    self.reason = reason
  }
}

extension InterchangeError: CustomStringConvertible {
  package var description: String { "\(place): \(reason)" }
}
