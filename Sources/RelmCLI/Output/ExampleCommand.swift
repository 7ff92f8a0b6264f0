internal import RelmDomain

/// A `relm record` command made from a type's example: as a person would type it, and working as printed.
struct ExampleCommand {
  enum Extent {
    /// What is required, and one line of words.
    case short
    /// Everything that can be said, but what only history can fill in.
    case full
  }

  private let description: EventDescription
  private let today: Instant

  init(_ description: EventDescription, today: Instant) {
    self.description = description
    self.today = today
  }

  /// Whether the full command says more than the short one.
  var hasMore: Bool { words(.full).count > words(.short).count }

  /// The command in lines that a shell takes as one.
  func lines(_ extent: Extent, _ layout: TextLayout) -> [String] {
    var lines: [String] = []
    var line = "  relm record"
    for word in words(extent) {
      if line.count + word.count + 3 > layout.width {
        lines.append(line + " \\")
        line = "     "
      }
      line += " " + word
    }
    return lines + [line]
  }

  private func words(_ extent: Extent) -> [String] {
    let subject =
      switch description.stream {
      case .release: "release/payments-api/2026.11.3"
      case .service: "service/payments"
      case .environment: "environment/production/eu"
      case .policy: "policy/production-changes"
      case .procedure: "procedure/standard-deployment"
      case .capability: "capability/build-farm"
      case .person: "person/\(Self.accounts[1].account)"
      case .incident: "incident/INC-2201"
      case .ledger: "ledger"
      }
    var words = [
      EventType.short(description.type.rawValue), "--subject \(subject)",
      "--actor \(actor)",
    ]
    let example: JSONDocument
    do {
      example = try JSONDocument(Array(description.example.utf8))
    } catch {
      preconditionFailure("an example of the catalogue is JSON: \(error)")
    }
    let required = description.fields.filter(\.isRequired)
    let optional = description.fields.filter {
      !$0.isRequired && (extent == .full || description.helpAdds.contains($0.name))
        && !description.helpOmits.contains($0.name)
    }
    for field in required + optional {
      guard let value = example.root[field.name] else { continue }
      words += self.words(for: field, value, name: field.name)
    }
    return words
  }

  /// Who does it in the example: an act is Ana's, who has the authority, a fact Cyd's, and what a party does, Bo's. What
  /// nobody does who had a hand in the release is Gus's, who has the authority as well.
  private var actor: String {
    switch description.type {
    case .waiverGranted, .eventAnnulled: return "gus@example.org"
    case .releaseScopeChanged, .capabilityRegistered, .capabilityAssessed: return Self.accounts[0].account
    case .personLinkConfirmed: return Self.accounts[1].account
    default: break
    }
    if description.actOf != nil { return Self.accounts[1].account }
    return description.isAct ? Self.accounts[0].account : Self.accounts[2].account
  }

  private func words(for field: FieldDescription, _ value: JSONNode, name: String) -> [String] {
    switch field.shape {
    case .personalText:
      guard let plain = field.example.map({ Array($0.utf8) }) else { return [] }
      do {
        return [name + "=" + ShellWord.quoted(try JSONDocument(plain).root.string ?? "")]
      } catch {
        preconditionFailure("an example of the catalogue is JSON: \(error)")
      }
    // A file that nobody has attached is no example.
    case .object where field.name == "evidence" && !field.isRequired: return []
    // What only history can fill in is nobody's example, unless it must be there.
    case .integer where field.kind.hasSuffix(Self.position) && !field.isRequired: return []
    case .object where field.isList:
      return [name + ":=" + ShellWord.quoted(String(decoding: json(value), as: UTF8.self))]
    case .object:
      return field.fields.flatMap { part in
        value[part.name].map { words(for: part, $0, name: name + "." + part.name) } ?? []
      }
    case .string where field.isList:
      return value.elements.map { name + "=" + ShellWord.quoted(account($0.string ?? "")) }
    case .string: return [name + "=" + ShellWord.quoted(account(value.string ?? ""))]
    case .integer:
      return value.integer.map { ["\(name)=\($0)"] } ?? []
    case .number: return ["\(name)=\(String(decoding: json(value), as: UTF8.self))"]
    case .boolean: return value.bool == true || field.isRequired ? ["\(name)=\(value.bool ?? false)"] : []
    }
  }

  /// Canonical JSON with accounts for pseudonyms, without evidence that nobody has attached.
  private func json(_ value: JSONNode) -> [UInt8] {
    var writer = CanonicalWriter()
    write(value, &writer)
    return writer.bytes
  }

  private func write(_ value: JSONNode, _ writer: inout CanonicalWriter) {
    switch value.kind {
    case .string: writer.string(account(value.string ?? ""))
    case .object:
      writer.beginObject()
      for member in value.members where member.name != "evidence" {
        writer.key(member.name)
        write(member.value, &writer)
      }
      writer.endObject()
    case .array:
      writer.beginArray()
      for element in value.elements { write(element, &writer) }
      writer.endArray()
    case .number, .boolean, .null: writer.raw(value.document.canonicalBytes(of: value))
    }
  }

  /// How the catalogue calls a field that holds a position.
  private static let position = "a position in the log"

  /// The people of the schemas' examples.
  private static let accounts: [(person: String, account: String)] = [
    ("person:0193594e-1b1c-7d2e-8f00-c0ffee123456", "ana@example.org"),
    ("person:0193594e-2f00-7a11-9b3c-5eed00112233", "bo@example.org"),
    ("person:0193594e-3c4d-7e5f-8a6b-0badcafe4455", "cyd@example.org"),
  ]

  /// The day on which the schemas' examples stand.
  private static let exampleDay: Int64 = 1_795_305_600

  /// A word as a person of today would type it: an account for a pseudonym, and a time as far from today as it is from
  /// the day of the examples, so that what is to come is still to come.
  private func account(_ text: String) -> String {
    if text.utf8.count >= 20, let timestamp = Timestamp(text) {
      let days = (today.microseconds / 1_000_000 - Self.exampleDay) / 86_400
      return timestamp.instant.advanced(byMicroseconds: days * 86_400_000_000).rfc3339Milliseconds.prefix(19)
        + "Z"
    }
    guard text.hasPrefix("person:") else { return text }
    return Self.accounts.first { $0.person == text }?.account ?? "dee@example.org"
  }
}
