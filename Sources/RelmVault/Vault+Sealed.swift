internal import RelmBytes
package import RelmDomain
internal import RelmProof

/// What a sealed text is to whoever asks now.
package enum Opened: Sendable, Equatable {
  /// The text.
  case text(String)
  /// It was somebody's who has been erased: nobody will read it again.
  case erased
  /// It does not open, and why: another vault, another place, a touched byte.
  case unreadable(reason: String)
}

extension Vault {
  /// Seals personal text under a person's key, for one field of one event.
  ///
  /// - Returns: the stored form, canonical JSON; the same for the same text, person and place.
  /// - Throws: `unknownPerson` where the vault has no key of theirs, `erased`, `damaged`, `exposed`, `file`.
  package func seal(
    _ text: String, for person: PersonID, at place: SealedPlace
  ) throws(VaultError) -> [UInt8] {
    guard let file = try load(person) else { throw .unknownPerson(person) }
    return try file.sealingKey().seal(text, of: person, at: place)
  }

  /// Opens what ``seal(_:for:at:)`` made.
  ///
  /// - Parameter sealed: the canonical JSON of the field, `{"sealed":{…}}`.
  /// - Throws: `file`, `exposed`. A person's file that is damaged only makes the text unreadable.
  package func open(_ sealed: [UInt8], at place: SealedPlace) throws(VaultError) -> Opened {
    let form: SealedForm
    do throws(DecodingFailure) {
      form = try SealedForm(canonical: sealed)
    } catch {
      return .unreadable(reason: "it is not a sealed text: \(error)")
    }
    guard form.algorithm == SealingKey.algorithm else {
      return .unreadable(reason: "it is sealed with \(form.algorithm), which this program does not know")
    }
    guard let nonce = Base64.decode(form.nonce), let ciphertext = Base64.decode(form.ciphertext) else {
      return .unreadable(reason: "its nonce or its ciphertext is not base64")
    }
    let file: PersonFile
    do throws(VaultError) {
      guard let found = try load(form.person) else {
        return .unreadable(reason: VaultError.unknownPerson(form.person).description)
      }
      file = found
    } catch .damaged(let path, let reason, let remedy) {
      return .unreadable(reason: VaultError.damaged(file: path, reason: reason, remedy: remedy).description)
    }
    if file.isErased { return .erased }
    guard let text = try file.sealingKey().open(nonce: nonce, ciphertext: ciphertext, at: place) else {
      return .unreadable(reason: "it was sealed for another event or field, or was changed since")
    }
    return .text(text)
  }
}

/// The members of the stored form.
private struct SealedForm {
  let algorithm: String
  let ciphertext: String
  let nonce: String
  let person: PersonID

  private static let outer = FieldNames(["sealed"])
  private static let inner = FieldNames(["alg", "ciphertext", "nonce", "person"])

  init(canonical bytes: [UInt8]) throws(DecodingFailure) {
    var values = [String](repeating: "", count: 4)
    var reader = CanonicalReader(bytes)
    try reader.object(Self.outer) { (_, reader) throws(DecodingFailure) in
      try reader.object(Self.inner) { (field, reader) throws(DecodingFailure) in
        values[field] = try reader.nonEmptyString()
      }
    }
    try reader.finish()
    guard let person = PersonID(values[3]) else {
      throw DecodingFailure(pointer: "/sealed/person", reason: "it is not a pseudonym")
    }
    algorithm = values[0]
    ciphertext = values[1]
    nonce = values[2]
    self.person = person
  }
}
