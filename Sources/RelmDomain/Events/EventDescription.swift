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

/// What a schema says about one field.
package struct FieldDescription: Sendable, Equatable {
  /// What JSON value the field, or each item of a list, has.
  package enum Shape: Sendable, Equatable {
    case string, integer, number, boolean, object
    /// Given as a string; stored sealed.
    case personalText
  }

  /// How the kind of every moment reads.
  private static let momentKind = "a time as in RFC 3339"

  /// Whether it is a moment, or a list of them.
  package var isMoment: Bool { shape == .string && kind == Self.momentKind }

  package let name: String
  package let shape: Shape
  package let isList: Bool
  package let isRequired: Bool
  /// What it may hold, in words: "a name", "one of manual, automatic".
  package let kind: String
  package let meaning: String
  /// An example in canonical JSON.
  package let example: String?
  /// The words of a closed list.
  package let choices: [String]
  /// The fields of an object, or of each object in a list.
  package let fields: [FieldDescription]

  package init(
    name: String, shape: Shape, isList: Bool = false, isRequired: Bool = false, kind: String, meaning: String,
    example: String? = nil, choices: [String] = [], fields: [FieldDescription] = []
  ) {
    self.name = name
    self.shape = shape
    self.isList = isList
    self.isRequired = isRequired
    self.kind = kind
    self.meaning = meaning
    self.example = example
    self.choices = choices
    self.fields = fields
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
