package import RelmDomain

/// The frameworks of controls that are known: those that the program brings, and what a house adds to them.
///
/// The program's own are data, one file each in `Controls/Frameworks`, and travel in the program as text. Nothing of it is
/// decoded before a catalogue is made.
package struct ControlCatalogue: Sendable {
  /// In the order of their ids; what a house adds to a framework stands behind that one's own clauses.
  package let frameworks: [ControlFramework]

  /// - Parameter own: a house's own, without problems beside those that stand before them
  ///   (`ControlFramework.problems(beside:)`).
  package init(adding own: [ControlFramework] = []) {
    var whole = Self.builtIn()
    for framework in own {
      if let place = whole.firstIndex(where: { $0.id == framework.id }) {
        whole[place] = whole[place].adding(framework)
      } else {
        whole.append(framework)
      }
    }
    frameworks = whole.sorted { $0.id < $1.id }
  }

  /// The frameworks that the program brings, in the order of their ids.
  package static func builtIn() -> [ControlFramework] {
    FrameworkText.allCases.map { text in
      do throws(DecodingFailure) {
        var reader = CanonicalReader(Array(text.json.utf8))
        let framework = try ControlFramework(from: &reader)
        try reader.finish()
        return framework
      } catch {
        preconditionFailure("the framework \(text.rawValue) is not as its schema says: \(error)")
      }
    }
  }

  /// The ids of the frameworks that the program brings.
  package static var builtInIDs: [String] { FrameworkText.allCases.map(\.rawValue) }

  /// A framework by its id.
  ///
  /// - Throws: `UnknownControl`, with the nearest id.
  package func framework(named name: String) throws(UnknownControl) -> ControlFramework {
    guard let framework = UnknownControl.match(name, among: frameworks, by: \.id) else {
      throw UnknownControl(name, kind: .framework, among: frameworks.map(\.id))
    }
    return framework
  }
}
