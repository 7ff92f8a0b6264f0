/// The table of a structure of `schemas/`: which members an object has, and what each of them may hold.
///
/// One interpreter goes by it: ``CanonicalReader/read(_:noting:)`` looks at an object strictly, and ``Fields`` gives the
/// values of what it has let pass. The generated accessors name a member by its place in the table, which is that of its
/// name in canonical order.
final class Structure: Sendable {
  /// The members' names, ascending.
  let names: FieldNames
  /// What they hold, in the same order.
  let members: [Member]
  /// The members that have to be there, in the order in which a message names the first that is not: lists, then the
  /// others as the schema has them.
  let required: [Int]

  struct Member: Sendable {
    let kind: Kind
    let isList: Bool
  }

  /// What a member, or each item of its list, may be.
  enum Kind: Sendable {
    case scalar(ScalarKind)
    /// One of some words.
    case choice(FieldNames)
    case object(Structure)
  }

  /// - Parameter fields: the members as the generator wrote them, in the schema's order.
  init(_ fields: [JSONNode]) {
    let sorted = fields.sorted { $0.text("name") < $1.text("name") }
    let names = FieldNames(sorted.map { $0.text("name") })
    precondition(names.count <= UInt64.bitWidth, "one bit says of each member whether it is there")
    self.names = names
    let members = sorted.map { Member(kind: Self.kind(of: $0), isList: $0.says("isList")) }
    self.members = members
    let asked = fields.filter { $0.says("isRequired") }.compactMap { names.index(of: $0.text("name")) }
    required = asked.filter { members[$0].isList }.sorted() + asked.filter { !members[$0].isList }
  }

  /// The table of an event type's data.
  convenience init(_ type: EventType) {
    self.init(SchemaDocument(SchemaText.event(type)).root.nodes("fields"))
  }

  /// The table of a structure that several types share.
  convenience init(block name: String) {
    self.init(Array(SchemaDocument(of: name).root.elements))
  }

  private static func kind(of node: JSONNode) -> Kind {
    let choices = node.texts("choices")
    if !choices.isEmpty { return .choice(FieldNames(choices.sorted())) }
    if let name = node["structure"]?.string { return .object(shared(name)) }
    guard let kind = node["kind"]?.string else { return .object(Structure(node.nodes("fields"))) }
    guard let scalar = ScalarKind(rawValue: kind) else { preconditionFailure("“\(kind)” is no scalar") }
    return scalar == .personalText ? .object(shared("PersonalText")) : .scalar(scalar)
  }

  private static func shared(_ name: String) -> Structure {
    guard let structure = named(name) else { preconditionFailure("“\(name)” is no structure") }
    return structure
  }
}
