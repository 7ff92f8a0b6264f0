internal import RelmDomain
internal import RelmViews
internal import RelmVault

/// The names that are known at one moment, looked up where they are asked for, and listed once.
///
/// A name is looked up in the views; only for one that is not known are the others listed, from name to name.
struct KnownNames {
  private let rows: any RowReading
  private let vault: Vault
  private var packages: [String]?
  private var environments: [String]?
  private var hasRegistered = false
  private var capabilities: [String]?
  private var sources: [String]?
  private var accounts: [String]?

  init(_ rows: any RowReading, _ vault: Vault) {
    self.rows = rows
    self.vault = vault
  }

  // MARK: Whether it is known

  func environment(_ name: String) throws -> EnvironmentRow? {
    try Environments.row(Environments.key(name), in: rows)
  }

  /// What an environment counts as.
  func context(of environment: String) throws -> Context {
    try self.environment(environment)?.currentContext ?? .production
  }

  /// Whether something has run in an environment.
  func isUsed(_ environment: String) throws -> Bool { try begins(Running.self, environment) }

  func release(_ package: String, _ version: String) throws -> ReleaseRow? {
    try Releases.row(Releases.key(package: package, version: version), in: rows)
  }

  func isKnown(package: String) throws -> Bool { try begins(Releases.self, package) }

  func isRegistered(capability: String) throws -> Bool {
    try Capabilities.row(RowKey(capability), in: rows) != nil
  }

  func isKnown(source: String) throws -> Bool {
    try rows.row(IndexTables.sources, IndexKey.name(source)) != nil
  }

  /// Whether an event of that source and id is recorded.
  func isRecorded(_ envelope: Envelope) throws -> Bool {
    guard
      let source = try rows.row(IndexTables.sources, IndexKey.name(envelope.source)).flatMap({
        RowBytes.uint32($0)
      })
    else { return false }
    return try rows.row(IndexTables.ids, IndexKey.id(envelope.id, source: source)) != nil
  }

  func isKnown(stream: String) throws -> Bool {
    try StreamHead.read(IndexKey.name(stream), rows) != nil
  }

  func person(_ person: PersonID) throws -> PersonRow? { try People.row(People.key(person), in: rows) }

  private func begins<View: Projection>(_ view: View.Type, _ name: String) throws -> Bool {
    var isThere = false
    try rows.scan(View.table, prefix: RowKey(name).prefix) { _, _ in
      isThere = true
      return false
    }
    return isThere
  }

  // MARK: What there is

  mutating func allPackages() throws -> [String] {
    if let packages { return packages }
    let found = try rows.names(of: Releases.self)
    packages = found
    return found
  }

  /// The environments that were registered and not retired, and those in which something has run.
  mutating func allEnvironments() throws -> [String] {
    if let environments { return environments }
    var found = Set(try rows.names(of: Running.self))
    try rows.scan(Environments.table, prefix: []) { key, value in
      let row = try Environments.decode(value, at: key)
      if row.currentContext != nil {
        found.insert(row.environment)
        hasRegistered = true
      }
      return true
    }
    let names = found.sorted(by: NameOrder.precedes)
    environments = names
    return names
  }

  /// Whether any environment is registered.
  mutating func areEnvironmentsRegistered() throws -> Bool {
    _ = try allEnvironments()
    return hasRegistered
  }

  mutating func allCapabilities() throws -> [String] {
    if let capabilities { return capabilities }
    let found = try rows.names(of: Capabilities.self)
    capabilities = found
    return found
  }

  mutating func allSources() throws -> [String] {
    if let sources { return sources }
    var found: [String] = []
    try rows.scan(IndexTables.sources, prefix: [0]) { key, _ in
      found.append(String(decoding: key.dropFirst(), as: UTF8.self))
      return true
    }
    sources = found
    return found
  }

  /// How many people's files are read in search of an account.
  private static let mostPeople = 500

  /// The accounts that somebody has used here; none where there are too many to read them all.
  mutating func allAccounts() throws -> [String] {
    if let accounts { return accounts }
    let found = try vault.accounts(amongAtMost: Self.mostPeople) ?? []
    accounts = found
    return found
  }

  func versions(of package: String) throws -> [String] {
    var versions: [String] = []
    try rows.scan(Releases.table, prefix: RowKey(package).prefix) { key, value in
      versions.append(try Releases.decode(value, at: key).version)
      return true
    }
    return versions
  }
}
