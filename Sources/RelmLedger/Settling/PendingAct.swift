internal import RelmDomain
internal import RelmFiles
internal import RelmLog
internal import RelmViews
internal import RelmProof
internal import RelmVault

/// What an act is to change outside the log, kept until the log has it: a new signing key, a person's new name.
///
/// It is on disk before the event is appended and takes effect after. Its place is locked while the process lives that
/// acts; if that dies, the next to open the ledger asks the log whether the event is there, and takes or drops it.
struct PendingAct: Equatable {
  enum Change: Equatable {
    /// The private key with this public half, which lies beside that file, is to take its place; ``ownKey`` is the vault's.
    case key(verifier: String, path: String)
    /// What the person is to be called.
    case name(String, of: PersonID)
  }

  let change: Change
  /// The event that tells whether it was done.
  let source: String
  let id: String

  static let ownKey = "signing.key"
  static let placePrefix = "act-"
  private static let file = "/act.json"
  private static let fields = FieldNames(["id", "name", "path", "person", "source", "verifier"])

  /// Writes it down in a place of its own, which the caller removes once it is known what becomes of it.
  func place(in layout: LedgerLayout) throws -> BuildPlace {
    try Files.makeDirectory(layout.pending)
    let place = try BuildPlace.make(in: layout.pending, named: Self.placePrefix)
    do {
      try Files.write(canonical, to: place.path + Self.file)
      try Files.syncDirectory(of: place.path)
    } catch {
      try place.remove()
      throw error
    }
    return place
  }

  /// What is written down in a place; nil where whoever made it did not come so far.
  static func read(in place: String) throws -> PendingAct? {
    let path = place + file
    guard Files.exists(path) else { return nil }
    do throws(DecodingFailure) {
      return try PendingAct(canonical: try bytes(path))
    } catch {
      throw LedgerError(.unreadable, "\(path) does not read (\(error)); look at it, and remove \(place)")
    }
  }

  private static func bytes(_ path: String) throws(DecodingFailure) -> [UInt8] {
    do throws(FileError) { return try Files.readSmall(path) } catch {
      throw DecodingFailure(reason: error.description)
    }
  }

  /// Every act that is under way or was broken off.
  static func all(in layout: LedgerLayout) throws -> [(path: String, act: PendingAct)] {
    guard Files.exists(layout.pending) else { return [] }
    return try Files.list(layout.pending).compactMap { name in
      let place = layout.pending + "/" + name
      return try read(in: place).map { (place, $0) }
    }
  }

  private var canonical: [UInt8] {
    var members: [(String, String)] = [("id", id)]
    switch change {
    case .key(_, let path): members.append(("path", path))
    case .name(let name, let person): members += [("name", name), ("person", person.text)]
    }
    members.append(("source", source))
    if case .key(let verifier, _) = change { members.append(("verifier", verifier)) }
    var writer = CanonicalWriter()
    writer.beginObject()
    for (name, value) in members {
      writer.key(name)
      writer.string(value)
    }
    writer.endObject()
    return writer.bytes
  }

  private init(canonical: [UInt8]) throws(DecodingFailure) {
    var values = [String?](repeating: nil, count: 6)
    var reader = CanonicalReader(canonical)
    try reader.object(Self.fields) { (field, reader) throws(DecodingFailure) in
      values[field] = try reader.nonEmptyString()
    }
    try reader.finish()
    guard let id = values[0], let source = values[4] else { throw DecodingFailure(reason: "it names no event") }
    if let path = values[2], let verifier = values[5] {
      self.init(change: .key(verifier: verifier, path: path), source: source, id: id)
    } else if let name = values[1], let person = values[3].flatMap(PersonID.init) {
      self.init(change: .name(name, of: person), source: source, id: id)
    } else {
      throw DecodingFailure(reason: "it changes nothing")
    }
  }

  init(change: Change, source: String, id: String) {
    self.change = change
    self.source = source
    self.id = id
  }

  /// Does what it is to do. Doing it again changes nothing.
  func take(in layout: LedgerLayout, _ vault: Vault) throws {
    switch change {
    case .key(let verifier, let path): try Self.keyChange(path, layout).take(verifier)
    case .name(let name, let person):
      // Erased meanwhile: there is nobody left to have a name.
      guard try vault.tells(of: person) else { return }
      try vault.setName(name, of: person)
    }
  }

  /// Removes what lies ready for it outside of its place.
  func drop(in layout: LedgerLayout) throws {
    switch change {
    case .key(let verifier, let path): try Self.keyChange(path, layout).drop(verifier)
    case .name: break
    }
  }

  static func keyChange(_ path: String, _ layout: LedgerLayout) -> SigningKeyChange {
    SigningKeyChange(path: path == ownKey ? layout.defaultSigningKey : path, vault: layout.vault)
  }
}
