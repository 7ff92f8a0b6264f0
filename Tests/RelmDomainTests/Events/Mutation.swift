import RelmDomain

/// One way to spoil an event's data: the spoiled value, and the pointer that a refusal has to name.
struct Mutation {
  let what: String
  let pointer: String
  let value: Value

  /// Every way to spoil an example, at every depth, that its description lets one think of.
  static func all(of value: Value, fields: [FieldDescription]) -> [Mutation] {
    guard case .object(let members) = value else { return [] }
    var found = [
      Mutation(
        what: "unknown key", pointer: "/zzz", value: .object(members.merging(["zzz": .bool(true)]) { $1 }))
    ]
    for field in fields {
      guard let member = members[field.name] else { continue }
      func replaced(_ what: String, by new: Value?, at pointer: String = "") -> Mutation {
        var copy = members
        copy[field.name] = new
        return Mutation(what: what, pointer: "/\(field.name)\(pointer)", value: .object(copy))
      }
      if field.isRequired { found.append(replaced("missing", by: nil)) }
      found += spoiled(member, field, isItem: false).map { replaced($0.what, by: $0.value, at: $0.pointer) }
    }
    return found
  }

  private static func spoiled(_ value: Value, _ field: FieldDescription, isItem: Bool) -> [Mutation] {
    var found = [Mutation(what: "null", pointer: "", value: .null)]
    if field.isList, !isItem {
      guard case .array(let items) = value, let first = items.first else { return found }
      found.append(Mutation(what: "an empty list", pointer: "", value: .array([])))
      found.append(Mutation(what: "an item without its list", pointer: "", value: first))
      found += spoiled(first, field, isItem: true).map {
        Mutation(what: $0.what, pointer: "/\(items.count)\($0.pointer)", value: .array(items + [$0.value]))
      }
      return found
    }
    switch field.shape {
    case .string:
      found.append(Mutation(what: "a number for a string", pointer: "", value: .number("7")))
      found.append(Mutation(what: "an empty string", pointer: "", value: .string("")))
      if !field.kind.hasSuffix("words") {
        found.append(Mutation(what: "a control character", pointer: "", value: .string("a\u{7f}b")))
      }
    case .integer:
      for text in ["-1", "1.5", "9007199254740992", "1e400"] {
        found.append(Mutation(what: "the number \(text)", pointer: "", value: .number(text)))
      }
      found.append(Mutation(what: "a string for a number", pointer: "", value: .string("7")))
    case .number:
      for text in ["-1", "-0.5", "1e+30"] {
        found.append(Mutation(what: "the number \(text)", pointer: "", value: .number(text)))
      }
      found.append(Mutation(what: "a string for a number", pointer: "", value: .string("7")))
    case .boolean:
      found.append(Mutation(what: "a string for true", pointer: "", value: .string("true")))
    case .object:
      found.append(Mutation(what: "a string for an object", pointer: "", value: .string("x")))
      found += all(of: value, fields: field.fields)
    case .personalText:
      found.append(Mutation(what: "text in clear", pointer: "", value: .string("in clear")))
      found.append(Mutation(what: "nothing sealed", pointer: "/sealed", value: .object([:])))
    }
    return found
  }
}
