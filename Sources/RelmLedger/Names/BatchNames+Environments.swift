internal import RelmDomain

extension BatchNames {
  mutating func look(atStreamOf name: String, _ event: Event, _ place: Int) throws {
    guard case .environment(let said) = event else { return }
    switch said {
    case .environmentRegistered, .environmentRetired, .freezeDeclared, .freezeLifted: return
    case .environmentObserved, .baselineRecorded, .configurationExchanged, .driftDetected, .driftResolved:
      try look(atEnvironment: name, "/subject", place)
    }
  }

  mutating func look(atEnvironment name: String, _ pointer: String, _ place: Int) throws {
    guard isNew("environment/\(name)"), !made.environments.contains(name) else { return }
    let scope = EnvironmentScope(name)
    if scope.isPattern {
      guard try !known.allEnvironments().contains(where: scope.contains) else { return }
      return tell(
        "environment/\(name)", place, at: pointer, "no environment is known that '\(name)' names",
        advice: "Known are: \(Self.list(try known.allEnvironments()))")
    }
    // Of what was registered and retired since, somebody knew.
    guard try known.environment(name)?.registration == nil else { return }
    let near = NearNames.of(
      name, in: try known.allEnvironments().filter { !$0.utf8.elementsEqual(name.utf8) }, most: 2)
    tell(
      "environment/\(name)", place, at: pointer,
      "nobody has registered the environment '\(name)', and so it counts as production",
      advice: Self.advice(
        near,
        else:
          "To register it: relm record environment.registered --subject 'environment/\(name)' context=production"
      ), isOfNewName: near.isEmpty)
  }

  /// A freeze has to cover something that is known: one that covers nothing was meant for something else.
  mutating func look(at freeze: FreezeDeclared, of name: String, _ place: Int) throws {
    guard try known.environment(name)?.currentContext == nil else { return }
    guard !made.environments.contains(name) else { return }
    let all = Set(try known.allEnvironments()).union(made.environments)
    let scope = EnvironmentScope(name)
    let reached = try all.filter { environment in
      try scope.reaches(environment) && !freeze.except.contains { EnvironmentScope($0).reaches(environment) }
        && freeze.context.map { try known.context(of: environment) == $0 } ?? true
    }.sorted(by: NameOrder.precedes)
    // A house that registers no environment knows its names by itself.
    guard try !reached.isEmpty || !known.areEnvironmentsRegistered() && made.environments.isEmpty else {
      let near = NearNames.of(name, in: all)
      return refuse(
        place, at: "/subject",
        "no environment is known that is '\(name)' or below it: the freeze would cover nothing",
        advice: near.isEmpty
          ? "Register the environment first, or name one of: \(Self.list(all.sorted(by: NameOrder.precedes)))"
          : Self.advice(near, else: "If it is a new one, register it first"))
    }
    guard !scope.isPattern || reached.isEmpty, !told.contains("freeze/\(name)") else { return }
    tell(
      "freeze/\(name)", place, at: "/subject",
      reached == [name] || reached.isEmpty
        ? "nobody has registered the environment '\(name)', and so it counts as production"
        : "no environment '\(name)' is registered: the freeze covers what is below it, \(Self.list(reached))",
      advice: reached == [name] || reached.isEmpty
        ? "The freeze covers it all the same" : "If it was meant for one, lift it and name that")
  }

  private static func list(_ names: [String]) -> String {
    guard !names.isEmpty else { return "none" }
    let shown = names.prefix(5).joined(separator: ", ")
    return names.count > 5 ? "\(shown) and \(names.count - 5) more" : shown
  }
}
