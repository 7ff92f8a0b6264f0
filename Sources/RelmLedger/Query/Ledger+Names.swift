package import RelmDomain
internal import RelmHistory
internal import RelmViews

/// Whether anything is recorded under a name.
package enum NameStanding: Sendable, Equatable {
  case known
  /// Which known name is nearest, where one is near.
  case unknown(nearest: String?)
}

/// The names that somebody may have meant.
extension Ledger {
  /// Whether anything that counts is recorded about a release, be it by others alone.
  package func knows(_ package: String, _ version: String) throws -> Bool {
    try release(package, version) != nil
  }

  /// What is known of a release, be it what others say of it alone; nil where nothing is.
  package func release(_ package: String, _ version: String) throws -> ReleaseRow? {
    try withRows { rows, _ in try Releases.known(package, version, in: rows, history(rows)) }
  }

  package func standing(ofPackage package: String) throws -> NameStanding {
    try withRows { rows, _ in
      guard try !isKnown(package: package, rows) else { return .known }
      return .unknown(nearest: NearNames.of(package, in: try packages(rows), most: 1).first)
    }
  }

  package func standing(ofEnvironment environment: String) throws -> NameStanding {
    try withRows { rows, _ in
      guard try !isKnown(environment: environment, rows) else { return .known }
      return .unknown(nearest: NearNames.of(environment, in: try environments(rows), most: 1).first)
    }
  }

  /// The same for one package: known is what was registered, where something runs, and where the package was deployed to.
  /// That is a few look-ups, and not a walk through all deployments.
  package func standing(
    ofEnvironment environment: String, for package: String
  ) throws -> NameStanding {
    try withRows { rows, _ in
      guard try !isUsed(environment, rows) else { return .known }
      let names = try environments(rows, of: package)
      guard !names.contains(environment) else { return .known }
      // That a gate was asked about a name makes nothing of it, but somebody may have meant the same as then.
      let asked = try gates(rows, of: package).filter { !$0.utf8.elementsEqual(environment.utf8) }
      return .unknown(nearest: NearNames.of(environment, in: names.union(asked), most: 1).first)
    }
  }

  /// The environments that gates of a package's releases were asked about.
  private func gates(_ rows: any RowReading, of package: String) throws -> Set<String> {
    var names: Set<String> = []
    try forEachRow(of: Releases.self, under: [package], in: rows) { row in
      names.formUnion(row.gates.map(\.environment))
      return true
    }
    return names
  }

  /// What an environment is for; what nobody has registered is production.
  package func context(ofEnvironment environment: String) throws -> Context {
    try withRows { rows, _ in
      try Environments.row(Environments.key(environment), in: rows)?.currentContext ?? .production
    }
  }

  func isKnown(package: String, _ rows: any RowReading) throws -> Bool {
    var isKnown = false
    try forEachRow(of: Releases.self, under: [package], in: rows) { _ in
      isKnown = true
      return false
    }
    return isKnown
  }

  func packages(_ rows: any RowReading) throws -> Set<String> {
    Set(try rows.names(of: Releases.self))
  }

  func isKnown(environment: String, _ rows: any RowReading) throws -> Bool {
    // Where nothing ever ran and nothing was registered, something may still have failed.
    try isUsed(environment, rows) || environments(rows).contains(environment)
  }

  /// Whether an environment was registered, or something has run there.
  private func isUsed(_ environment: String, _ rows: any RowReading) throws -> Bool {
    if try Environments.row(Environments.key(environment), in: rows) != nil { return true }
    var isUsed = false
    try forEachRow(of: Running.self, under: [environment], in: rows) { row in
      isUsed = row.changed != nil
      return !isUsed
    }
    return isUsed
  }

  /// Those that were registered, and those that something was deployed to: of all packages, or of one.
  func environments(_ rows: any RowReading, of package: String? = nil) throws -> Set<String> {
    var names: Set<String> = []
    try forEachRow(of: Environments.self, in: rows) { row in
      names.insert(row.environment)
      return true
    }
    try forEachRow(of: Attempts.self, under: package.map { [$0] } ?? [], in: rows) { row in
      if row.kind == .deployment, let environment = row.environment { names.insert(environment) }
      return true
    }
    return names
  }
}
