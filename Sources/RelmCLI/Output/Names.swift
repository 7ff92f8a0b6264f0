internal import RelmDomain
internal import RelmVault

/// The names behind pseudonyms, each looked up once.
final class Names {
  private let vault: Vault
  private var known: [String: String] = [:]
  private var supposed: [String: String] = [:]
  /// Whether it is about what somebody has typed: they hear it back as they typed it, unless they asked for pseudonyms.
  private let isOfErrors: Bool

  init(_ vault: Vault, ofErrors isOfErrors: Bool = false) {
    self.vault = vault
    self.isOfErrors = isOfErrors
  }

  private var isMasked: Bool { isOfErrors ? ShownPeople.areHidden : ShownPeople.arePseudonyms }

  /// What a person reads for an `authid`: name or account; the pseudonym where the vault does not know it.
  func text(_ authid: String) throws -> String {
    if isMasked { return Rows.printable(authid) }
    if let name = known[authid] { return name }
    let told = try PersonID(authid).map { try vault.displayName(of: $0) } ?? authid
    let name = Rows.printable(told == authid ? supposed[authid] ?? told : told)
    known[authid] = name
    return name
  }

  /// Names somebody in case the vault does not know them.
  func suppose(_ authid: String, is account: String) { supposed[authid] = account }
}

extension Names {
  /// A subject with the name for a person's pseudonym in it.
  func subject(_ text: String) throws -> String {
    guard text.hasPrefix("person/"), case .person(let person)? = Subject.named(text) else { return text }
    let name = try self.text(person.text)
    return name == person.text ? text : "person/" + name
  }

  /// A sentence with names for the pseudonyms in it: what people read, who know nobody by a number.
  ///
  /// - Throws: `VaultError` where the vault does not serve.
  func sentence(_ text: String) throws -> String {
    try PersonID.naming(in: command(text)) { try self.text($0.text) }
  }

  /// A command with accounts for the pseudonyms in it: what `relm` takes for a person.
  ///
  /// - Throws: `VaultError` where the vault does not serve.
  func command(_ text: String) throws -> String {
    guard !isMasked else { return text }
    return try PersonID.addressing(in: text) { person in
      try vault.describe(person)?.accounts.first ?? supposed[person.text] ?? person.uuid.text
    }
  }
}

/// Event types as people write them.
enum EventNames {
  /// The whole type for what was typed: our own types may be named without their prefix.
  static func qualified(_ name: String) -> String {
    guard !name.hasPrefix("relm.") else { return name }
    let beginning = name.last == "*" ? String(name.dropLast()) : name
    let isOwn = EventType.allCases.contains { type in
      name.last == "*" ? type.rawValue.hasPrefix("relm." + beginning) : type.rawValue == "relm." + beginning
    }
    return isOwn ? "relm." + name : name
  }
}
