internal import RelmBytes
internal import RelmDomain
internal import RelmProof

/// What stands in `people/<uuid>.json`: a person, or the tombstone of one, as canonical JSON (RFC 8785).
///
/// ```json
/// {"accounts":["ana@example.org"],"emails":["ana@example.org"],"key":"base64 of 32 bytes","mac":"…","names":["Ana"],"person":"person:…"}
/// {"erased":true,"mac":"…","person":"person:…"}
/// ```
/// `mac` is what ``VaultSeal`` makes of all the rest; what an earlier version wrote has none.
struct PersonFile: Sendable, Equatable {
  var person: PersonID
  var accounts: [String]
  var names: [String]
  var emails: [String]
  /// 32 random bytes; nil in a tombstone.
  var key: [UInt8]?
  /// What the file bears as its seal; nothing where it is not read from a file.
  var mac: [UInt8]?

  /// What is left of somebody who was erased: that there was somebody.
  static func tombstone(of person: PersonID) -> PersonFile {
    PersonFile(person: person, accounts: [], names: [], emails: [], key: nil)
  }

  /// Whether it is a tombstone.
  var isErased: Bool { key == nil }

  /// The key of the person's sealed text.
  /// - Throws: `erased`.
  func sealingKey() throws(VaultError) -> SealingKey {
    guard let key else { throw .erased(person) }
    return SealingKey(key)
  }

  /// The file's bytes, with what seals them.
  func sealed(by seal: VaultSeal) -> [UInt8] { canonical(mac: seal.code(of: self)) }

  /// The bytes that are sealed: the file without its seal.
  var canonical: [UInt8] { canonical(mac: nil) }

  private func canonical(mac: [UInt8]?) -> [UInt8] {
    var writer = CanonicalWriter()
    writer.beginObject()
    func write(mac: [UInt8]?) {
      guard let mac else { return }
      writer.key("mac")
      writer.string(Base64.encode(mac))
    }
    guard let key else {
      writer.key("erased")
      writer.bool(true)
      write(mac: mac)
      writer.key("person")
      writer.string(person.text)
      writer.endObject()
      return writer.bytes
    }
    Self.write("accounts", accounts, to: &writer)
    Self.write("emails", emails, to: &writer)
    writer.key("key")
    writer.string(Base64.encode(key))
    write(mac: mac)
    Self.write("names", names, to: &writer)
    writer.key("person")
    writer.string(person.text)
    writer.endObject()
    return writer.bytes
  }

  private static func write(_ name: String, _ values: [String], to writer: inout CanonicalWriter) {
    writer.key(name)
    writer.beginArray()
    for value in values { writer.string(value) }
    writer.endArray()
  }

  private static let fields = FieldNames(["accounts", "emails", "erased", "key", "mac", "names", "person"])

  init(person: PersonID, accounts: [String], names: [String], emails: [String], key: [UInt8]?) {
    self.person = person
    self.accounts = accounts
    self.names = names
    self.emails = emails
    self.key = key
  }

  /// Reads a file's bytes.
  ///
  /// - Throws: with the JSON pointer and the reason, where they are neither a person nor a tombstone. Bytes that are
  ///   no canonical JSON are refused too: only this program writes these files.
  init(canonical bytes: [UInt8]) throws(DecodingFailure) {
    var accounts: [String]?
    var emails: [String]?
    var isErased = false
    var key: [UInt8]?
    var mac: [UInt8]?
    var names: [String]?
    var person: PersonID?
    var reader = CanonicalReader(bytes)
    try reader.object(Self.fields) { (field, reader) throws(DecodingFailure) in
      switch field {
      case 0: accounts = try Self.strings(&reader)
      case 1: emails = try Self.strings(&reader)
      case 2: isErased = try reader.bool()
      case 3:
        key = Base64.decode(try reader.string())
        guard key?.count == SealingKey.byteCount else {
          throw DecodingFailure(reason: "the key is not \(SealingKey.byteCount) bytes in base64")
        }
      case 4:
        mac = Base64.decode(try reader.string())
        guard mac != nil else { throw DecodingFailure(reason: "the seal is not base64") }
      case 5: names = try Self.strings(&reader)
      case 6:
        person = PersonID(try reader.string())
        if person == nil { throw DecodingFailure(reason: "it is not a pseudonym") }
      default: preconditionFailure("the reader knows no other field")
      }
    }
    try reader.finish()
    guard let person else { throw DecodingFailure(pointer: "/person", reason: "it is missing") }
    if isErased, accounts == nil, emails == nil, key == nil, names == nil {
      self = .tombstone(of: person)
      self.mac = mac
      return
    }
    guard !isErased, let accounts, let emails, let key, let names else {
      throw DecodingFailure(reason: "it is neither whole nor the tombstone of someone erased")
    }
    self.init(person: person, accounts: accounts, names: names, emails: emails, key: key)
    self.mac = mac
  }

  private static func strings(_ reader: inout CanonicalReader) throws(DecodingFailure) -> [String] {
    var values: [String] = []
    try reader.array { (reader) throws(DecodingFailure) in values.append(try reader.string()) }
    return values
  }
}
