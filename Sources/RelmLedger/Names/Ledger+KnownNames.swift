package import RelmDomain
internal import RelmViews
internal import RelmProof

/// What is recorded under the names that people type, and what is called nearly so.
extension Ledger {
  /// Whether any event stands in a stream.
  package func isRecorded(stream: String) throws -> Bool {
    try withRows { rows, _ in try KnownNames(rows, vault).isKnown(stream: stream) }
  }

  /// Whether there is a release of a package.
  package func isRecorded(package: String) throws -> Bool {
    try withRows { rows, _ in try KnownNames(rows, vault).isKnown(package: package) }
  }

  /// Whether anything ever ran in an environment.
  package func isUsed(environment: String) throws -> Bool {
    try withRows { rows, _ in try KnownNames(rows, vault).isUsed(environment) }
  }

  /// Whether there is an event of a type, or of one that begins as a pattern does before its star.
  package func isRecorded(type pattern: String) throws -> Bool {
    try withRows { rows, _ in
      guard pattern.last == "*" else { return try rows.row(IndexTables.types, IndexKey.name(pattern)) != nil }
      var isThere = false
      try rows.scan(IndexTables.types, prefix: IndexKey.beginning(of: String(pattern.dropLast()))) { _, _ in
        isThere = true
        return false
      }
      return isThere
    }
  }

  /// The types of events that were recorded, but for names that are too long to be kept as they are.
  package func recordedTypes() throws -> [String] {
    try withRows { rows, _ in
      var types: [String] = []
      try rows.scan(IndexTables.types, prefix: IndexKey.beginning(of: "")) { key, _ in
        types.append(String(decoding: key.dropFirst(), as: UTF8.self))
        return true
      }
      return types
    }
  }

  /// Every event that comes from a source, in the order of the log.
  package func events(from source: String) throws -> [RecordedEvent] {
    let positions = try withRows { rows, _ -> [Position] in
      guard
        let number = try rows.row(IndexTables.sources, IndexKey.name(source)).flatMap({ RowBytes.uint32($0) })
      else { return [] }
      var prefix: [UInt8] = []
      RowBytes.append(number, to: &prefix)
      var found: [Position] = []
      try rows.scan(IndexTables.ids, prefix: prefix) { _, value in
        if let place = RowBytes.place(value) { found.append(Position(place)) }
        return true
      }
      return found.sorted()
    }
    return try positions.compactMap { try event(at: $0) }
  }

  /// The releases that have an artifact whose digest, as `sha256:…`, begins so; no more than a few.
  package func releases(withDigest beginning: String) throws -> [Subject] {
    var found: [Subject] = []
    func take(_ digests: [ContentDigest], _ package: String, _ version: String) -> Bool {
      let release = Subject.release(package: package, version: version)
      if digests.contains(where: { $0.text.hasPrefix(beginning) }), !found.contains(release) {
        found.append(release)
      }
      return found.count < Self.mostReleases
    }
    try forEachRow(of: Releases.self) { row, _ in
      take(Array(row.knownDigests.all(of: row.digests)), row.package, row.version)
    }
    // What nobody says to have built may have been tested or deployed.
    if found.isEmpty {
      try forEachRow(of: Attempts.self) { row, _ in take(row.digests, row.package, row.version) }
    }
    return found
  }

  /// How many releases are named to whom gave too little of a digest.
  private static let mostReleases = 10

  /// The known names of a kind that somebody may have meant, the nearest first: as a person types them, without the kind.
  package func names(near word: String, of kind: StreamKind) throws -> [String] {
    try withRows { rows, _ in
      var known = KnownNames(rows, vault)
      switch kind {
      case .release: return try Self.releases(near: word, &known)
      case .environment: return NearNames.of(word, in: try known.allEnvironments())
      case .service: return NearNames.of(word, in: try rows.names(of: Services.self))
      case .policy: return NearNames.of(word, in: try rows.names(of: Policies.self))
      case .procedure: return NearNames.of(word, in: try rows.names(of: Procedures.self))
      case .capability: return NearNames.of(word, in: try known.allCapabilities())
      case .incident: return NearNames.of(word, in: try rows.names(of: Incidents.self))
      case .person: return NearNames.of(word, in: try known.allAccounts())
      case .ledger: return []
      }
    }
  }

  /// Releases and packages that a word may mean: of a package that is known its versions, else packages.
  private static func releases(near word: String, _ known: inout KnownNames) throws -> [String] {
    guard let slash = word.lastIndex(of: "/") else { return NearNames.of(word, in: try known.allPackages()) }
    let (package, version) = (String(word[..<slash]), String(word[word.index(after: slash)...]))
    let packages =
      try known.isKnown(package: package) ? [package] : NearNames.of(package, in: try known.allPackages())
    return try packages.flatMap { package -> [String] in
      let versions = try known.versions(of: package)
      // Whoever meant the version and slipped in the package finds it again.
      if versions.contains(version) { return ["\(package)/\(version)"] }
      let near = NearNames.of(version, in: versions)
      return near.isEmpty
        ? VersionOrder.sorted(versions, of: package).suffix(2).reversed().map { "\(package)/\($0)" }
        : near.map { "\(package)/\($0)" }
    }.prefix(3).map { $0 }
  }
}
