internal import RelmDomain
internal import RelmViews
internal import RelmRules

/// What is said at once of a change of scope that names a list anew: that takes the place of the one before, and whoever meant to
/// add to it is to hear what is left out now, and how to keep it.
struct ScopeRemarks {
  /// What the views say before the event.
  let views: Views

  /// How many of what is left out are named one by one.
  private static let named = 10

  /// Each is a sentence without its stop.
  func about(_ event: Event, _ subject: Subject?) throws -> [String] {
    guard case .release(.releaseScopeChanged(let data)) = event,
      case .release(let package, let version)? = subject
    else { return [] }
    let before = try views.events(ofRelease: package, version).counting.compactMap(\.scope)
    let dropped = ScopeList.allCases.compactMap { list -> Dropped? in
      let new = list.items(of: Scope(data))
      guard !new.isEmpty, let old = before.map(list.items).last(where: { !$0.isEmpty }) else { return nil }
      let gone = old.filter { !new.contains($0) }
      return gone.isEmpty ? nil : Dropped(list: list, items: gone, kept: new)
    }
    guard !dropped.isEmpty else { return [] }
    let fields = dropped.flatMap { list in (list.items + list.kept).flatMap(list.list.fields) }
    let remedy = Remedy.record(
      .releaseScopeChanged, about: .release(package: package, version: version), fields + ["reason=…"])
    return [
      "what a change of scope names takes the place of what was planned: "
        + dropped.map(\.words).joined(separator: "; ")
        + ". To add instead, name those too: \(remedy.command)"
    ]
  }

  private struct Dropped {
    let list: ScopeList
    let items: [ScopeItem]
    let kept: [ScopeItem]

    /// `it leaves out the commits a, b`.
    var words: String {
      let more = items.count > named ? " and \(items.count - named) more" : ""
      let noun = items.count == 1 ? list.one : list.rawValue
      return "it leaves out the \(noun) \(items.prefix(named).map(\.name).joined(separator: ", "))\(more)"
    }
  }
}

/// The lists of a plan, as it was made or changed.
private struct Scope {
  let commits: [Commit]
  let changes: [Change]
  let components: [Component]
  let services: [String]
  let requires: [String]
  let fixes: [String]

  init(_ data: ReleasePlanned) {
    (commits, changes, components) = (data.commits, data.changes, data.components)
    (services, requires, fixes) = (data.services, data.requires, data.fixes)
  }

  init(_ data: ReleaseScopeChanged) {
    (commits, changes, components) = (data.commits, data.changes, data.components)
    (services, requires, fixes) = (data.services, data.requires, data.fixes)
  }
}

extension RecordedEvent {
  fileprivate var scope: Scope? {
    switch event {
    case .release(.releasePlanned(let data)): Scope(data)
    case .release(.releaseScopeChanged(let data)): Scope(data)
    default: nil
    }
  }
}

/// One thing in a list of a plan: what it is called, and the fields by which `relm record` takes it.
private struct ScopeItem: Equatable {
  let name: String
  let members: [String]

  static func == (one: Self, other: Self) -> Bool { one.name == other.name }
}

/// A list of a plan, by its field.
private enum ScopeList: String, CaseIterable {
  case commits, changes, components, services, requires, fixes

  /// What one of them is called.
  var one: String {
    switch self {
    case .commits: "commit"
    case .changes: "change"
    case .components: "component"
    case .services: "service"
    case .requires: "requirement"
    case .fixes: "incident"
    }
  }

  func items(of scope: Scope) -> [ScopeItem] {
    switch self {
    case .commits: scope.commits.map { ScopeItem(name: $0.id, members: ["id=\($0.id)"]) }
    case .changes:
      scope.changes.map { ScopeItem(name: $0.id, members: ["id=\($0.id)", "system=\($0.system)"]) }
    case .components:
      scope.components.map { component in
        ScopeItem(
          name: [component.name, component.version].compactMap { $0 }.joined(separator: " "),
          members: [
            "name=\(component.name)", component.version.map { "version=\($0)" },
            component.purl.map { "purl=\($0)" }, component.digest.map { "digest=\($0.text)" },
          ].compactMap { $0 })
      }
    case .services: scope.services.map { ScopeItem(name: $0, members: [$0]) }
    case .requires: scope.requires.map { ScopeItem(name: $0, members: [$0]) }
    case .fixes: scope.fixes.map { ScopeItem(name: $0, members: [$0]) }
    }
  }

  /// How `relm record` is told of one.
  func fields(_ item: ScopeItem) -> [String] {
    switch self {
    case .commits, .changes, .components: item.members.map { "\(rawValue).\($0)" }
    case .services, .requires, .fixes: item.members.map { "\(rawValue)=\($0)" }
    }
  }
}
