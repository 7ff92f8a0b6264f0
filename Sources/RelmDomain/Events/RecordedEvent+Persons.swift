extension Event {
  /// The persons whom its data names, in no particular order; none for an event that is not ours.
  package var persons: [PersonID] {
    guard let type else { return [] }
    var writer = CanonicalWriter()
    write(to: &writer)
    let data: JSONDocument
    do {
      data = try JSONDocument(writer.bytes)
    } catch {
      preconditionFailure("what is written canonically is JSON: \(error)")
    }
    return EventCatalogue.description(of: type).persons.flatMap { pattern in
      data.root.places(at: pattern.split(separator: "/")).compactMap { $0.node.string.flatMap(PersonID.init) }
    }
  }
}
