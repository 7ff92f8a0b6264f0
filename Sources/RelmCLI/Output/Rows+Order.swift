internal import RelmDomain

extension Rows {
  /// The rows in the order of the names in some columns, as words.
  func ordered(byNames columns: [Int]) -> Rows {
    reordered(
      rows.indices.sorted { left, right in
        for column in columns {
          let (first, second) = (rows[left][column].text, rows[right][column].text)
          if !first.utf8.elementsEqual(second.utf8) { return NameOrder.precedes(first, second) }
        }
        return left < right
      })
  }

  /// The rows by package, and of each package by version, the oldest first.
  func ordered(byNamesAndVersions columns: (name: Int, version: Int)) -> Rows {
    let packages = Dictionary(grouping: rows.indices) { PackageName(rows[$0][columns.name].text) }
    let places = packages.sorted { NameOrder.precedes($0.key.name, $1.key.name) }.flatMap { package, places in
      VersionOrder.sorted(places, of: package.name) { rows[$0][columns.version].text }
    }
    return reordered(places)
  }
}

/// A package's name, told from others by its bytes: two spellings of one letter are two packages.
private struct PackageName: Hashable {
  let name: String

  init(_ name: String) { self.name = name }

  static func == (one: PackageName, other: PackageName) -> Bool { one.name.utf8.elementsEqual(other.name.utf8) }

  func hash(into hasher: inout Hasher) { for byte in name.utf8 { hasher.combine(byte) } }
}
