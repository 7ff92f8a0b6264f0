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

/// Members of an event that nobody knows.
package enum StrangeAttribute {
  /// The attribute that a member of an event was probably to be; nil for one that is known, and for an extension of CloudEvents,
  /// which may be called what it likes but for that.
  ///
  /// - Parameter name: the member's.
  package static func slip(_ name: String) -> String? {
    guard !known.contains(name) else { return nil }
    return Attribute.allCases.map(\.name).first { NearNames.isSlip(name, for: $0) }
  }

  private static let known = Set(Attribute.allCases.map(\.name))
}

/// Which of the known attributes an event has.
struct AttributeSet {
  private var bits: UInt32 = 0

  mutating func insert(_ attribute: Attribute) { bits |= 1 << UInt32(attribute.rawValue) }

  func contains(_ attribute: Attribute) -> Bool { bits & 1 << UInt32(attribute.rawValue) != 0 }
}
