internal import ArgumentParser
internal import RelmDomain
internal import RelmVault
internal import Synchronization

/// How people are shown: by name, or as the pseudonyms that the log has of them. Usually tables and CSV have names, as people
/// read them, and JSON the pseudonyms, as programs compare them.
enum ShownPeople {
  private enum Way: Int { case usual, names, pseudonyms }

  private static let way = Atomic<Int>(Way.usual.rawValue)
  /// The vault of the ledger that is open.
  private static let vault = Mutex<Vault?>(nil)

  static var areNames: Bool { way.load(ordering: .relaxed) == Way.names.rawValue }
  static var arePseudonyms: Bool { way.load(ordering: .relaxed) == Way.pseudonyms.rawValue }

  static func useNames() { way.store(Way.names.rawValue, ordering: .relaxed) }
  static func usePseudonyms() { way.store(Way.pseudonyms.rawValue, ordering: .relaxed) }
  static func know(_ vault: Vault) { self.vault.withLock { $0 = vault } }

  /// JSON as it is to be shown.
  static func told(_ json: [UInt8]) throws -> String { try told(String(decoding: json, as: UTF8.self)) }

  static func told(_ text: String) throws -> String {
    guard areNames, let vault = vault.withLock({ $0 }) else { return text }
    let names = Names(vault)
    return try PersonID.naming(in: text) { person in
      var writer = CanonicalWriter()
      writer.string(try names.text(person.text))
      // Within the quotes that stand there.
      return String(decoding: writer.bytes.dropFirst().dropLast(), as: UTF8.self)
    }
  }
}

/// How people come out, in every format alike.
struct PeopleOptions: ParsableArguments {
  @Flag(help: "Show people by their names, in JSON too.")
  var names = false

  @Flag(help: "Show people as the pseudonyms that the log has of them, in tables and CSV too.")
  var pseudonyms = false

  /// What is asked for holds from here on, before anybody is named.
  func validate() throws {
    guard !(names && pseudonyms) else { throw ValidationError("--names and --pseudonyms exclude each other") }
    if names { ShownPeople.useNames() }
    if pseudonyms { ShownPeople.usePseudonyms() }
  }
}
