package import RelmDomain
package import RelmYAML

/// A policy as a person writes it: in YAML or JSON.
package struct PolicyText: Sendable {
  package typealias Fault = DocumentFault
  package typealias Faults = DocumentFaults

  package let document: PolicyDocument
  private let text: YAMLDocument

  /// Where people stand in it, as accounts; `*` is each element of a list.
  private static let people = ["rules", "*", "by", "accounts", "*"]

  /// The accounts that a policy names; none where it does not read.
  package static func accounts(in bytes: [UInt8]) -> [String] {
    do throws(DocumentFaults) {
      return try DocumentReading<PolicyDocument>(bytes).scalars(at: people[...]).map(\.text)
    } catch {
      // Whoever reads it whole is told what is wrong with it.
      return []
    }
  }

  /// The moments that a policy names, as they are written and by the names of their fields; none where it does not read.
  package static func moments(in bytes: [UInt8]) -> [WrittenMoment] {
    do throws(DocumentFaults) {
      return try DocumentReading<PolicyDocument>(bytes).moments().map(\.moment)
    } catch {
      return []
    }
  }

  /// Reads and checks it.
  ///
  /// - Parameters:
  ///   - bytes: the text, UTF-8.
  ///   - people: the pseudonyms of the accounts that it names.
  ///   - moments: those that it names and that a record has otherwise, such as a day.
  /// - Throws: ``Faults``, all of them up to their limit.
  package init(
    _ bytes: [UInt8], people: [String: PersonID] = [:], moments: [WrittenMoment: String] = [:]
  ) throws(Faults) {
    var reading = try DocumentReading<PolicyDocument>(bytes)
    text = reading.text
    reading.take(moments)
    reading.name(people, at: Self.people)
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
