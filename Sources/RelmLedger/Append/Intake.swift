package import RelmDomain
package import RelmVault

/// Turns what callers write into claims: accounts become pseudonyms, personal text is sealed, and what remains is
/// canonical and strictly decoded. Nothing is written: new people are only proposed until ``commitPeople()``.
package struct Intake {
  /// The own verb of what only the ledger itself writes.
  package static let ofItself = "itself"

  private let vault: Vault
  private var people: Proposals
  /// Accounts that were met, so that an input of many events looks each up once.
  private var known: [[UInt8]: PersonID] = [:]
  /// Where the schemas that were met have persons and personal text.
  private var places: [EventType: PersonalPlaces] = [:]
  /// What a claim comes from that does not say so itself.
  package var defaultSource: String?
  /// Who has made a claim that does not say so itself: an account.
  package var defaultActor: String?
  /// The command that makes the claims, where it writes types that no other may.
  private let verb: String?

  init(vault: Vault, defaultSource: String? = nil, defaultActor: String? = nil, verb: String? = nil) {
    self.vault = vault
    self.verb = verb
    people = vault.proposals()
    self.defaultSource = defaultSource
    self.defaultActor = defaultActor
  }

  /// Takes one CloudEvent in.
  ///
  /// - Parameter node: the event as JSON.
  /// - Returns: the claim, or why it is refused, with the line at which.
  /// - Throws: `VaultError` where the vault does not serve.
  package mutating func take(_ node: JSONNode) throws -> Result<PreparedClaim, IntakeRefusal> {
    do {
      return .success(try prepare(node))
    } catch let error as DecodingFailure {
      return .failure(refusal(error.pointer, error.reason, in: node))
    } catch let refusal as Refusal {
      return .failure(IntakeRefusal(place(of: refusal.pointer ?? "", in: node), refusal))
    } catch VaultError.badAccount(let account, let reason) {
      return .failure(refusal("/authid", "'\(account)' is no account: \(reason)", in: node))
    }
  }

  /// The people who were met for the first time, to go with the claims into their request.
  package var newcomers: Proposals { people }

  /// Writes the people who were met for the first time into the vault, whatever becomes of their claims: for who appends
  /// these in another way than with its newcomers.
  ///
  /// - Returns: false where another process has met one of them meanwhile: the claims are then to be taken in again.
  package mutating func commitPeople() throws -> Bool {
    do {
      try people.commit()
      return true
    } catch VaultError.conflict {
      people = vault.proposals()
      known = [:]
      return false
    }
  }

  private mutating func prepare(_ node: JSONNode) throws -> PreparedClaim {
    // What is not known is kept, as CloudEvents has it, and read by nobody: of what is said so, a slip would be lost.
    for member in node.members {
      guard let meant = StrangeAttribute.slip(member.name) else { continue }
      throw Refusal(
        .badInput, at: "/\(member.name)", "an event has no '\(member.name)'",
        advice: "Did you mean '\(meant)'? An extension of your own cannot be called so nearly the same")
    }
    var edits = JSONEdits()
    var defaults = ["specversion": "1.0"]
    defaults["source"] = defaultSource
    let type = node["type"]?.string.flatMap(EventType.named)
    if let type {
      if let own = personalPlaces(of: type).ownVerb, own != verb {
        throw Refusal(
          .badInput, at: "/type",
          own == Self.ofItself
            ? "\(type.rawValue) is written by the ledger alone"
            : "\(type.rawValue) is written only by 'relm \(own)'",
          advice: own == Self.ofItself ? "Leave it out" : "Use that command")
      }
      defaults["dataschema"] = type.schema
      defaults["datacontenttype"] = "application/json"
    }
    let actor = try actor(of: node, &defaults, &edits)
    if type != nil { try replaceSubject(of: node, &edits) }
    if let type {
      let personal = personalPlaces(of: type)
      for place in personal.persons { try replacePersons(at: place, in: node["data"], &edits) }
      for place in personal.texts { try sealTexts(at: place, in: node, actor: actor, &edits) }
    }
    let claim = try Claim.parse(node, defaults: defaults, edits: edits)
    return PreparedClaim(
      claim: claim, event: try Self.event(of: claim), place: place(of: "", in: node))
  }

  private static func event(of claim: Claim) throws(DecodingFailure) -> Event {
    let envelope = claim.envelope
    do {
      return try Event.decode(type: envelope.type, dataschema: envelope.dataschema, data: envelope.dataReader)
    } catch {
      throw error.within("data")
    }
  }

  private mutating func person(of account: String) throws -> PersonID {
    // By bytes: two spellings that only look the same are two accounts.
    let spelling = Array(account.utf8)
    if let person = known[spelling] { return person }
    let person = try people.person(of: account)
    known[spelling] = person
    return person
  }

  private mutating func personalPlaces(of type: EventType) -> PersonalPlaces {
    if let met = places[type] { return met }
    let description = EventCatalogue.description(of: type)
    let places = PersonalPlaces(
      persons: description.persons.map { $0.split(separator: "/") },
      texts: description.personalTexts.map { $0.split(separator: "/") }, ownVerb: description.ownVerb)
    self.places[type] = places
    return places
  }

  /// Replaces the account of who acts by a pseudonym.
  private mutating func actor(
    of node: JSONNode, _ defaults: inout [String: String], _ edits: inout JSONEdits
  ) throws -> PersonID? {
    if let given = node["authid"] {
      // What is no string is refused with the other attributes.
      guard let account = given.string else { return nil }
      let person = try person(of: account)
      edits.replace(given, with: Self.string(person.text))
      defaults["authtype"] = "user"
      return person
    }
    guard let defaultActor else { return nil }
    let person = try person(of: defaultActor)
    defaults["authid"] = person.text
    defaults["authtype"] = "user"
    return person
  }

  /// Replaces the account in the subject `person/<account>` by a pseudonym.
  private mutating func replaceSubject(of node: JSONNode, _ edits: inout JSONEdits) throws {
    let prefix = "person/"
    guard let given = node["subject"], let text = given.string, text.hasPrefix(prefix) else { return }
    let account = String(text.dropFirst(prefix.count))
    guard !account.isEmpty, UUIDText(account) == nil else { return }
    do {
      edits.replace(given, with: Self.string(Subject.person(try person(of: account)).text))
    } catch VaultError.badAccount(let account, let reason) {
      throw DecodingFailure(pointer: "/subject", reason: "'\(account)' is no account: \(reason)")
    }
  }

  private mutating func replacePersons(
    at pattern: [Substring], in data: JSONNode?, _ edits: inout JSONEdits
  ) throws {
    for (node, place) in data?.places(at: pattern) ?? [] {
      guard let account = node.string else { continue }
      do {
        edits.replace(node, with: Self.string(try person(of: account).text))
      } catch VaultError.badAccount(let account, let reason) {
        throw DecodingFailure(pointer: "/data" + place, reason: "'\(account)' is no account: \(reason)")
      }
    }
  }

  private mutating func sealTexts(
    at pattern: [Substring], in node: JSONNode, actor: PersonID?, _ edits: inout JSONEdits
  ) throws {
    for (text, place) in node["data"]?.places(at: pattern) ?? [] {
      guard let plain = text.string else { continue }
      guard let actor else {
        throw DecodingFailure(
          pointer: "/data" + place,
          reason: "is personal text, which is sealed under its author's key: name the author with authid")
      }
      guard let id = node["id"]?.string, let source = node["source"]?.string ?? defaultSource else {
        throw DecodingFailure(pointer: "/id", reason: "must be there, with the source, to seal personal text")
      }
      let sealed = try people.seal(
        plain, for: actor, at: SealedPlace(source: source, id: id, pointer: "/data" + place))
      edits.replace(text, with: sealed)
    }
  }

  private static func string(_ text: String) -> [UInt8] {
    var writer = CanonicalWriter()
    writer.string(text)
    return writer.bytes
  }

  private func refusal(_ pointer: String, _ reason: String, in node: JSONNode) -> IntakeRefusal {
    IntakeRefusal(
      place(of: pointer, in: node),
      Refusal(.badInput, at: pointer, reason, advice: "Correct the input" + fields(of: pointer, in: node)))
  }

  /// Where to read of the fields of an event whose data is wrong.
  private func fields(of pointer: String, in node: JSONNode) -> String {
    guard pointer.hasPrefix("/data/"), let type = node["type"]?.string.flatMap(EventType.named) else {
      return ""
    }
    return "; 'relm record --help \(EventType.short(type.rawValue))' tells of its fields"
  }

  func place(of pointer: String, in node: JSONNode) -> InputPlace {
    InputPlace(
      line: line(of: pointer, in: node), isActorDefault: node["authid"] == nil,
      isSourceDefault: node["source"] == nil)
  }

  /// The line of the deepest value on the way to the place.
  private func line(of pointer: String, in node: JSONNode) -> Int {
    var deepest = node
    for token in JSONPointer.tokens(of: pointer) ?? [] {
      let child = deepest.kind == .array ? Int(token).flatMap { deepest[$0] } : deepest[token]
      guard let child else { break }
      deepest = child
    }
    return deepest.line
  }
}

/// What the intake asks of a type's schema.
private struct PersonalPlaces {
  /// The tokens of each pointer; `*` stands for every element.
  let persons: [[Substring]]
  let texts: [[Substring]]
  let ownVerb: String?
}

/// A claim that the intake refuses, and where it stands.
package struct IntakeRefusal: Error, Sendable, CustomStringConvertible {
  package let place: InputPlace
  package let refusal: Refusal

  init(_ place: InputPlace, _ refusal: Refusal) {
    self.place = place
    self.refusal = refusal
  }

  package var description: String { (place.line.map { "line \($0): " } ?? "") + "\(refusal)" }
}

extension Ledger {
  /// Begins to take claims in.
  ///
  /// - Parameters:
  ///   - defaultSource: the `source` of claims that name none.
  ///   - defaultActor: who has made the claims that do not say so.
  ///   - verb: the command that takes them in, where it writes types that no other may.
  package func intake(
    defaultSource: String? = nil, defaultActor: String? = nil, verb: String? = nil
  ) -> Intake {
    Intake(vault: vault, defaultSource: defaultSource, defaultActor: defaultActor, verb: verb)
  }
}
