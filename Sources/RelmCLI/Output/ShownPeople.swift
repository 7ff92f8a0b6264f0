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

  /// Whether somebody asked that nobody be named.
  static var areHidden: Bool { way.load(ordering: .relaxed) == Way.pseudonyms.rawValue }

  /// Whether nobody is to be named in what is shown: as was asked, or because it is a program that reads, and nobody asked for names.
  static var arePseudonyms: Bool {
    switch way.load(ordering: .relaxed) {
    case Way.names.rawValue: false
    case Way.pseudonyms.rawValue: true
    default: ErrorOutput.isJSON
    }
  }

  /// Whether what is told names people.
  ///
  /// - Parameter isData: whether it is JSON.
  static func areToldNames(in isData: Bool) -> Bool { isData ? areNames : !arePseudonyms }

  static func useNames() { way.store(Way.names.rawValue, ordering: .relaxed) }
  static func usePseudonyms() { way.store(Way.pseudonyms.rawValue, ordering: .relaxed) }
  static func know(_ vault: Vault) { self.vault.withLock { $0 = vault } }

  /// JSON as it is to be shown to a program.
  static func told(_ json: [UInt8]) throws -> String { try told(String(decoding: json, as: UTF8.self)) }

  static func told(_ text: String) throws -> String { areNames ? try named(text) : text }

  /// JSON as it is to be shown in a table, or in a cell of CSV.
  static func read(_ json: [UInt8]) throws -> String {
    let text = String(decoding: json, as: UTF8.self)
    return arePseudonyms ? text : try named(text)
  }

  /// JSON with names for pseudonyms, in the subjects of people too.
  private static func named(_ text: String) throws -> String {
    guard let vault = vault.withLock({ $0 }) else { return text }
    let names = Names(vault)
    func name(_ person: PersonID) throws -> String {
      var writer = CanonicalWriter()
      writer.string(try names.text(person.text))
      // Within the quotes that stand there.
      return String(decoding: writer.bytes.dropFirst().dropLast(), as: UTF8.self)
    }
    return try PersonID.naming(in: PersonID.addressing(in: text, name), name)
  }
}

/// How people come out, in every format alike.
struct PeopleOptions: ParsableArguments {
  @Flag(help: "Show people by their names, in JSON too.")
  var names = false

  @Flag(help: "Show people as the pseudonyms that the log has of them, in tables and CSV too.")
  var pseudonyms = false

  init() {}

  init(_ words: inout PlainLine) {
    names = words.flag("--names")
    pseudonyms = words.flag("--pseudonyms")
    words.check { try validate() }
  }

  /// What is asked for holds from here on, before anybody is named.
  func validate() throws {
    guard !(names && pseudonyms) else { throw ValidationError("--names and --pseudonyms exclude each other") }
    if names { ShownPeople.useNames() }
    if pseudonyms { ShownPeople.usePseudonyms() }
  }
}
