internal import RelmDomain

extension RowReading {
  /// The names under which a view has rows, as the first part of their keys has them, in the order of the keys.
  ///
  /// It goes from name to name and passes over the rows between, so that it costs what there are names.
  package func names<View: Projection>(of view: View.Type) throws -> [String] {
    var names: [String] = []
    var next: [UInt8]? = []
    while let lower = next {
      next = nil
      try scan(View.table, from: lower, upTo: nil, reversed: false) { key, _ in
        let name = try (RowKey.stored(key, in: View.table, self) ?? RowKey(unabridged: key)).components[0]
        names.append(name)
        // Behind all keys that have this name and more: a name is followed by nothing or by 0x00.
        next = RowKey(name).bytes + [1]
        return false
      }
    }
    return names
  }
}
