/// What a schema says about an event type, for help, for completion and for the intake, which replaces persons by
/// their pseudonyms and seals personal text before a claim is decoded.
package struct EventDescription: Sendable, Equatable {
  package let type: EventType
  /// The current version of the type's schema.
  package let version: Int
  /// A sentence without its stop: "A build began".
  package let title: String
  package let meaning: String
  /// Who or what usually records it, in words.
  package let recordedBy: String
  /// The kind of stream that it belongs to.
  package let stream: StreamKind
  /// The level of the skill that is expected; for an act, the level that is needed.
  package let level: Int
  /// Whether it has effect only by authority; otherwise it is a fact and is never refused for who says it.
  package let isAct: Bool
  /// For an act of a named party instead of a level: the field, in an earlier event, that names it.
  package let actOf: String?
  /// The only command that writes it, where there is one; `append` and `record` then refuse it.
  package let ownVerb: String?
  /// Whether it may be the first event of its stream.
  package let opensStream: Bool
  /// JSON pointers of persons below the data; `*` stands for each item of an array.
  package let persons: [String]
  /// JSON pointers of texts that are stored sealed.
  package let personalTexts: [String]
  /// The fields that do not go with the others of the example, and that a command in the help leaves out.
  package let helpOmits: [String]
  /// The fields without which, though each may be left out, the short command in the help would not do.
  package let helpAdds: [String]
  /// A full example of the data, in canonical JSON.
  package let example: String
  package let fields: [FieldDescription]
}

extension EventDescription {
  /// Reads what the generator wrote of a type's schema.
  init(_ type: EventType) {
    let text = SchemaDocument(SchemaText.event(type))
    let root = text.root
    self.type = type
    version = root.integer("version")
    title = root.text("title")
    meaning = root.text("meaning")
    recordedBy = root.text("recordedBy")
    stream = type.traits.stream
    level = root.integer("level")
    isAct = root.says("isAct")
    actOf = root["actOf"]?.string
    ownVerb = root["ownVerb"]?.string
    opensStream = type.traits.opensStream
    persons = root.texts("persons")
    personalTexts = root.texts("personalTexts")
    helpOmits = root.texts("helpOmits")
    helpAdds = root.texts("helpAdds")
    example = text.canonical(root["example"])
    fields = text.fields(of: root["fields"])
  }
}

/// Every event type of our own, described. Nothing is made before it is asked for: a command that records one type
/// pays for one.
package enum EventCatalogue {
  /// All descriptions, in the order of the wire names.
  package static var all: [EventDescription] { EventType.allCases.map(description(of:)) }

  /// The wire name nearest to one that is not known, for a remark to who misspelt it.
  package static func nearest(to name: String) -> String? {
    EditDistance.nearest(to: name, in: EventType.allCases.map(\.rawValue))
  }
}
