package import RelmDomain

/// A policy as a person writes it: in YAML or JSON.
package struct PolicyText: Sendable {
  package typealias Fault = DocumentFault
  package typealias Faults = DocumentFaults

  package let document: PolicyDocument
  private let text: YAMLDocument

  /// Reads and checks it.
  ///
  /// - Parameter bytes: the text, UTF-8.
  /// - Throws: ``Faults``, all of them up to their limit.
  package init(_ bytes: [UInt8]) throws(Faults) {
    var reading = try DocumentReading<PolicyDocument>(bytes)
    text = reading.text
    let document = reading.document()
    // What was put right with an example says nothing more of what it was.
    let replaced = Set(reading.faults.map(\.pointer))
    let problems = (document?.problems ?? []).filter { problem in
      guard !replaced.isEmpty else { return true }
      let rule = problem.pointer.split(separator: "/").prefix(2).map { "/" + $0 }.joined()
      return problem.isAboutName && !replaced.contains(rule) && !replaced.contains(rule + "/rule")
    }
    try reading.end(with: problems)
    guard let document else { preconditionFailure("what could not be read has a fault") }
    self.document = document
  }

  /// Where a field stands in the text.
  package func place(of pointer: String) -> YAMLPlace { text.place(of: pointer) }
}
