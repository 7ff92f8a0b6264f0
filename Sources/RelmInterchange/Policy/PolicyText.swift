package import RelmDomain

/// A policy as a person writes it: in YAML or JSON.
package struct PolicyText: Sendable {
  /// One thing that is wrong, with where it stands in the text.
  package struct Fault: Equatable, Sendable, CustomStringConvertible {
    package let place: YAMLPlace
    /// The JSON pointer (RFC 6901) of the field; empty where it is the text as a whole.
    package let pointer: String
    /// What is wrong and what to do, in words that end without a full stop.
    package let reason: String

    package var description: String { "\(place): \(pointer.isEmpty ? "" : pointer + ": ")\(reason)" }
  }

  /// All that is wrong, in the order of the text; at least one thing.
  package struct Faults: Error, Equatable, Sendable {
    package let faults: [Fault]
  }

  package let document: PolicyDocument
  private let text: YAMLDocument

  /// The most faults that are told at once.
  package static let faultLimit = 20

  /// Reads and checks it.
  ///
  /// - Parameter bytes: the text, UTF-8.
  /// - Throws: ``Faults``, all of them up to ``faultLimit``.
  package init(_ bytes: [UInt8]) throws(Faults) {
    let text: YAMLDocument
    do throws(YAMLError) {
      text = try YAMLDocument(bytes)
    } catch {
      throw Faults(faults: [Fault(place: error.place, pointer: "", reason: error.reason)])
    }
    self.text = text
    var reading = PolicyReading(text)
    let document = reading.document()
    // What was put right with an example says nothing more of what it was.
    let replaced = Set(reading.faults.map(\.pointer))
    let problems = (document?.problems ?? []).filter { problem in
      guard !replaced.isEmpty else { return true }
      let rule = problem.pointer.split(separator: "/").prefix(2).map { "/" + $0 }.joined()
      return problem.isAboutName && !replaced.contains(rule) && !replaced.contains(rule + "/rule")
    }
    let faults =
      reading.faults
      + problems.map { problem in
        Fault(
          place: text.place(of: problem.pointer, isName: problem.isAboutName), pointer: problem.pointer,
          reason: "\(problem.reason). \(problem.advice)")
      }
    guard faults.isEmpty, let document else {
      throw Faults(
        faults: faults.sorted { ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column) })
    }
    self.document = document
  }

  /// Where a field stands in the text.
  package func place(of pointer: String) -> YAMLPlace { text.place(of: pointer) }
}
