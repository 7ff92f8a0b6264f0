internal import RelmDomain

/// A claim that the ledger makes itself, of an event of its own stream.
struct OwnClaim {
  let event: Event
  let id: UUIDText
  let source: String
  /// Who has it made; nil where the ledger says it of its own accord.
  let actor: PersonID?

  /// - Throws: `DecodingFailure` where the source is no source.
  func claim() throws -> Claim {
    guard let type = event.type else { preconditionFailure("the ledger makes events of its own types") }
    var writer = CanonicalWriter()
    writer.beginObject()
    if let actor {
      writer.key("authid")
      writer.string(actor.text)
      writer.key("authtype")
      writer.string("user")
    }
    writer.key("data")
    event.write(to: &writer)
    for (name, value) in [
      ("datacontenttype", "application/json"), ("dataschema", type.schema), ("id", id.text), ("source", source),
      ("specversion", "1.0"), ("subject", Subject.ledger.text), ("type", type.rawValue),
    ] {
      writer.key(name)
      writer.string(value)
    }
    writer.endObject()
    return try Claim(canonical: writer.bytes)
  }
}
