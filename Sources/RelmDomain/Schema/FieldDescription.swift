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
