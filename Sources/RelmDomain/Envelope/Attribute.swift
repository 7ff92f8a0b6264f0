/// The members of an event that the ledger knows by name: the attributes of CloudEvents 1.0.2, of its documented
/// extensions that are used here, and the ledger's own.
enum Attribute: Int, CaseIterable, Sendable {
  case authID, authSignature, authType, causationID, correlationID, data, dataBase64, dataContentType,
    dataSchema
  case id, recordedTime, source, specVersion, streamPrevious, streamVersion, subject, time, type

  /// Their names, in the order of the cases.
  static let names = FieldNames(
    "authid", "authsignature", "authtype", "causationid", "correlationid", "data", "data_base64",
    "datacontenttype", "dataschema", "id", "recordedtime", "source", "specversion", "streamprevious",
    "streamversion", "subject", "time", "type")

  /// Those that only the ledger sets.
  static let ledgers = FieldNames("recordedtime", "streamprevious", "streamversion")

  static let required: [Attribute] = [.specVersion, .id, .source, .type]

  var name: String { Self.names[rawValue] }
}

/// Which of the known attributes an event has.
struct AttributeSet {
  private var bits: UInt32 = 0

  mutating func insert(_ attribute: Attribute) { bits |= 1 << UInt32(attribute.rawValue) }

  func contains(_ attribute: Attribute) -> Bool { bits & 1 << UInt32(attribute.rawValue) != 0 }
}
