internal import RelmDomain
internal import RelmProof

// What many parts of a document have. Members are written in the order of canonical JSON.

extension CanonicalWriter {
  /// An object as an element, or as the value of the key that was written.
  mutating func object(_ body: (inout CanonicalWriter) -> Void) {
    beginObject()
    body(&self)
    endObject()
  }

  mutating func object(_ name: String, _ body: (inout CanonicalWriter) -> Void) {
    key(name)
    object(body)
  }

  /// A member that is text; left out where there is none.
  mutating func member(_ name: String, _ text: String?) {
    guard let text else { return }
    key(name)
    string(text)
  }

  mutating func member(_ name: String, _ uuid: UUIDText) { member(name, uuid.text) }

  /// A member that is a list; left out where it would be empty, which OSCAL forbids.
  mutating func list<Item>(_ name: String, _ items: [Item], _ write: (inout CanonicalWriter, Item) -> Void) {
    guard !items.isEmpty else { return }
    key(name)
    beginArray()
    for item in items { write(&self, item) }
    endArray()
  }
}

extension OSCAL {
  /// A name and a value, in the report's words.
  struct Property {
    private let name: String
    private let value: String
    private let remarks: String?

    init(_ name: String, _ value: String, remarks: String? = nil) {
      self.name = Text.token(name)
      self.value = Text.string(value)
      self.remarks = remarks.map(Text.line)
    }

    init(_ name: String, _ value: Int) { self.init(name, "\(value)") }
    init(_ name: String, _ value: Position) { self.init(name, "\(value.value)") }
    init(_ name: String, _ value: Instant) { self.init(name, value.rfc3339Microseconds) }

    func write(to writer: inout CanonicalWriter) {
      writer.object { writer in
        writer.member("name", name)
        writer.member("ns", OSCAL.namespace)
        writer.member("remarks", remarks)
        writer.member("value", value)
      }
    }
  }

  /// An event that is cited. Its `href` names a position of the ledger; `relm prove` has the proof.
  struct Evidence {
    let position: Position
    private let description: String
    private let properties: [Property]

    init(_ position: Position, _ description: String, _ properties: [Property] = []) {
      self.position = position
      self.description = "\(description), at position \(position.value)"
      self.properties = [Property("position", position)] + properties
    }

    /// - Parameters:
    ///   - record: as the report cites it.
    ///   - late: by how many seconds it was recorded late, where the report says so.
    init(_ record: ComplianceReport.Record, late: Int?) {
      var properties = [
        Property("type", record.type), Property("subject", record.subject),
        Property("happened", record.happened), Property("recorded", record.recorded),
        Property("leaf-hash", record.hash),
      ]
      if let person = record.by { properties.append(Property("by", person.text)) }
      if let late { properties.append(Property("recorded-late-seconds", late)) }
      if let annulled = record.annulled { properties.append(Property("annulled-by", annulled)) }
      self.init(record.position, "\(record.type) in \(record.subject), leaf hash \(record.hash)", properties)
    }

    static func href(_ position: Position) -> String { "relm:position/\(position.value)" }

    func write(to writer: inout CanonicalWriter) {
      writer.object { writer in
        writer.member("description", Text.line(description))
        writer.member("href", Self.href(position))
        writer.list("props", properties) { $1.write(to: &$0) }
      }
    }
  }

  /// Writes who says it: the program, on behalf of nobody.
  static func writeOrigins(_ ids: Identifiers, to writer: inout CanonicalWriter) {
    writer.list("origins", [ids.tool]) { writer, tool in
      writer.object { writer in
        writer.list("actors", [tool]) { writer, tool in
          writer.object { writer in
            writer.member("actor-uuid", tool)
            writer.member("type", "tool")
          }
        }
      }
    }
  }

  /// Writes which observations a risk or a finding rests on.
  static func writeRelated(observations: [UUIDText], to writer: inout CanonicalWriter) {
    writer.list("related-observations", observations) { writer, uuid in
      writer.object { $0.member("observation-uuid", uuid) }
    }
  }

  /// "1 deployment", "2 deployments".
  static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

  /// "payments-api 2026.11.3"; what is no subject of a release as it stands.
  static func name(ofRelease subject: String) -> String {
    guard case .release(let package, let version)? = Subject.named(subject) else { return subject }
    return "\(package) \(version)"
  }
}
