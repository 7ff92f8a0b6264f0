internal import RelmDomain

/// Our own types as somebody may write them who leaves the prefix away or misspells one.
enum OwnTypeNames {
  private static let names = EventType.allCases.map(\.rawValue)

  /// The own type that a type of somebody else's is like: the same without the prefix, or a near miss of one.
  static func nearest(to type: String) -> String? {
    let whole = type.hasPrefix("relm.") ? type : "relm." + type
    if let same = names.first(where: { $0.lowercased() == whole.lowercased() }) { return same }
    return EditDistance.nearest(to: whole.lowercased(), in: names)
  }
}
