package import RelmDomain

/// A framework of controls as a house writes it: in YAML or JSON.
package struct ControlsText: Sendable {
  package let framework: ControlFramework

  /// Reads and checks it.
  ///
  /// - Parameters:
  ///   - bytes: the text, UTF-8.
  ///   - known: the frameworks that are known already, to one of which it may add clauses.
  /// - Throws: ``DocumentFaults``, all of them up to their limit.
  package init(_ bytes: [UInt8], beside known: [ControlFramework]) throws(DocumentFaults) {
    var reading = try DocumentReading<ControlFramework>(bytes)
    let framework = reading.document()
    // What was put right with an example says nothing more of what it was: then only clauses that were read as they stand
    // are looked at, and each for itself.
    let spoilt = Set(reading.faults.map { Self.clause($0.pointer) })
    let problems = (framework?.problems(beside: known) ?? []).filter { problem in
      spoilt.isEmpty
        || problem.pointer.hasPrefix("/clauses/") && !problem.pointer.hasSuffix("/id")
          && !spoilt.contains(Self.clause(problem.pointer))
    }
    try reading.end(with: problems)
    guard let framework else { preconditionFailure("what could not be read has a fault") }
    self.framework = framework
  }

  /// The part of a pointer that names a clause.
  private static func clause(_ pointer: String) -> Substring {
    pointer[..<(pointer.indices.filter { pointer[$0] == "/" }.dropFirst(2).first ?? pointer.endIndex)]
  }
}
